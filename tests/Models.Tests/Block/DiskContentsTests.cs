using CryptoSim.Models.Block;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.Block;

public sealed class DiskContentsTests
{
    private const int Sectors = 40;

    [Fact]
    public void A_later_write_replaces_the_middle_of_an_earlier_one()
    {
        DiskContents disk = new();
        disk.Write(new SectorRun(0, 10, 1, 0, 0));
        disk.Write(new SectorRun(4, 6, 2, 4, 4));

        Assert.Equal(
            [new SectorRun(0, 4, 1, 0, 0), new SectorRun(4, 6, 2, 4, 4), new SectorRun(6, 10, 1, 6, 6)],
            disk.Runs);
    }

    [Fact]
    public void A_read_sees_in_each_sector_the_write_that_was_last() => Prop.ForAll(
        Writes.ToArbitrary(),
        writes =>
        {
            DiskContents disk = new();
            long[] last = new long[Sectors];
            for (int i = 0; i < writes.Length; i++)
            {
                (int first, int count) = writes[i];
                disk.Write(new SectorRun(first, first + count, i + 1, first, first));
                Array.Fill(last, i + 1, first, count);
            }

            List<SectorRun> all = [];
            disk.Read(3, Sectors - 2, all);
            return Enumerable.Range(3, Sectors - 5).All(s => all.SingleOrDefault(r => r.First <= s && s < r.End).Version == last[s])
                && all.All(r => r.Plain == r.First && r.Iv == r.First && r.First >= 3 && r.End <= Sectors - 2);
        }).QuickCheckThrowOnFailure();

    private static Gen<(int First, int Count)[]> Writes =>
        (from first in Gen.Choose(0, Sectors - 10) from count in Gen.Choose(1, 10) select (first, count)).ArrayOf();
}
