using System.Numerics;
using CryptoSim.Models.BlkMq;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.BlkMq;

/// <summary>Data unit numbers against arithmetic on integers without limbs (KS-31).</summary>
public sealed class DataUnitNumberTests
{
    private static readonly Gen<ulong> Limb = Gen.OneOf(
        Gen.Elements(0UL, 1UL, 2UL, ulong.MaxValue, ulong.MaxValue - 1, ulong.MaxValue - 7),
        Gen.Choose(0, int.MaxValue).Select(value => (ulong)value));

    private static readonly Gen<DataUnitNumber> Number =
        from a in Limb from b in Limb from c in Limb from d in Limb select new DataUnitNumber(a, b, c, d);

    private static readonly Gen<ulong> Units = Gen.OneOf(Gen.Choose(0, 256).Select(value => (ulong)value), Limb);

    [Fact]
    public void A_sum_carries_through_all_limbs_and_is_cut_off_beyond_the_last() =>
        Properties.Check(
            (from number in Number from units in Units select (number, units)).ToArbitrary(),
            (input) => Value(input.number.Plus(input.units)) == (Value(input.number) + input.units) % BigInteger.Pow(2, 256));

    [Fact]
    public void Numbers_are_contiguous_exactly_if_the_second_is_the_sum_and_nothing_wrapped() =>
        Properties.Check(
            (from number in Number from units in Units from next in Gen.OneOf(Number, Gen.Constant(number.Plus(units)), Gen.Constant(number.Plus(unchecked(units + 1)))) select (number, units, next)).ToArbitrary(),
            (input) => input.number.IsContiguous(input.units, input.next) == (Value(input.number) + input.units == Value(input.next)),
            tests: 500);

    [Fact]
    public void Contexts_merge_exactly_if_key_and_units_fit()
    {
        BlkCryptoKey[] keys = [new("a", 0, DataSize.FromKibibytes(4)), new("b", 1, DataSize.FromKibibytes(4))];
        Gen<BioCryptContext?> context = from key in Gen.Choose(0, 2) from dun in Gen.Choose(0, 3) select key == 2 ? null : new BioCryptContext(keys[key], new DataUnitNumber((ulong)dun));
        Properties.Check(
            (from first in context from second in context from units in Gen.Choose(1, 3) select (first, second, units)).ToArbitrary(),
            (input) => CryptMerge.AreMergeable(input.first, DataSize.FromKibibytes(4 * input.units), input.second)
                == (input.first is null || input.second is null
                    ? input.first == input.second
                    : input.first.Key == input.second.Key && input.first.Dun.Limb0 + (ulong)input.units == input.second.Dun.Limb0),
            tests: 500);
    }

    private static BigInteger Value(DataUnitNumber number) =>
        number.Limb0 + ((BigInteger)number.Limb1 << 64) + ((BigInteger)number.Limb2 << 128) + ((BigInteger)number.Limb3 << 192);
}
