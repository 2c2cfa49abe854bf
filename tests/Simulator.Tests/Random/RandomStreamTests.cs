namespace CryptoSim.Simulator.Tests.Random;

/// <summary>Named streams: fixed numbers, right shapes.</summary>
public sealed class RandomStreamTests
{
    [Fact]
    public void The_numbers_of_a_seed_are_fixed_for_ever()
    {
        var stream = new RandomSource(42, 3).Stream("disk0.latency");
        ulong bits = stream.NextUInt64();
        double unit = stream.NextUnit();
        double exponential = stream.NextExponential();
        double normal = stream.NextNormal();
        Assert.Equal(
            "b64aaccec2b44820 3fc0a67ae62026ec 3ffbee554e170ce1 bfb57f38cb752f42",
            $"{bits:x} {BitConverter.DoubleToInt64Bits(unit):x} {BitConverter.DoubleToInt64Bits(exponential):x} {BitConverter.DoubleToInt64Bits(normal):x}");
    }

    [Fact]
    public void Name_seed_and_replication_each_make_another_stream()
    {
        ulong First(ulong seed, int replication, string name) => new RandomSource(seed, replication).Stream(name).NextUInt64();
        ulong[] values = [First(1, 0, "a"), First(2, 0, "a"), First(1, 1, "a"), First(1, 0, "b"), First(1, 0, "ab"), First(1, 0, "ba"), First(1, 0, "")];
        Assert.Equal(values.Length, values.Distinct().Count());
        Assert.Equal(values[0], First(1, 0, "a"));
    }

    [Fact]
    public void A_bounded_number_is_unbiased()
    {
        var stream = new RandomStream(7, "dice");
        var counts = new int[6];
        for (int i = 0; i < 600_000; i++)
        {
            counts[stream.NextInt(6)]++;
        }

        double chiSquare = counts.Sum(count => (count - 100_000.0) * (count - 100_000.0) / 100_000.0);
        Assert.InRange(chiSquare, 0.4, 15.1);   // 0.5 % and 99 % of five degrees of freedom
        Assert.Equal(0, stream.NextInt(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextInt(0));
    }

    [Fact]
    public void Logarithm_and_exponential_agree_with_the_library_to_the_last_places()
    {
        var stream = new RandomStream(3, "arguments");
        for (int i = 0; i < 100_000; i++)
        {
            double x = ExactMath.Exp(600.0 * (stream.NextUnit() - 0.5));
            Assert.True(RelativeError(ExactMath.Log(x), Math.Log(x)) < 4e-16, $"log {x:R}");
            double y = 60.0 * (stream.NextUnit() - 0.5);
            Assert.True(RelativeError(ExactMath.Exp(y), Math.Exp(y)) < 2e-15, $"exp {y:R}");
        }

        Assert.Equal(0.0, ExactMath.Log(1.0));
        Assert.Equal(1.0, ExactMath.Exp(0.0));
        Assert.True(RelativeError(ExactMath.Log(double.Epsilon), Math.Log(double.Epsilon)) < 4e-16);
        Assert.Equal(double.PositiveInfinity, ExactMath.Exp(1000));
        Assert.Equal(0.0, ExactMath.Exp(-1000));
    }

    [Fact]
    public void Exponential_and_normal_have_their_moments()
    {
        var stream = new RandomStream(9, "moments");
        double sum = 0, squares = 0, exponential = 0;
        const int N = 400_000;
        for (int i = 0; i < N; i++)
        {
            double normal = stream.Normal(2.0, 3.0);
            sum += normal;
            squares += (normal - 2.0) * (normal - 2.0);
            exponential += stream.NextExponential();
        }

        Assert.Equal(2.0, sum / N, 0.02);
        Assert.Equal(9.0, squares / N, 0.08);
        Assert.Equal(1.0, exponential / N, 0.007);
    }

    [Fact]
    public void A_reset_stream_begins_again()
    {
        var stream = new RandomStream(9, "again");
        double[] first = [stream.NextNormal(), stream.NextNormal(), stream.NextNormal()];
        stream.Reset();
        double[] second = [stream.NextNormal(), stream.NextNormal(), stream.NextNormal()];
        Assert.Equal(first, second);
    }

    private static double RelativeError(double value, double reference) =>
        Math.Abs(value - reference) / Math.Max(Math.Abs(reference), 1e-3);
}
