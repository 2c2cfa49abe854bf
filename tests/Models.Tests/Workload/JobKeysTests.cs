using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using Noted = CryptoSim.Models.Tests.TestKit.JobBench.Noted;

namespace CryptoSim.Models.Tests.Workload;

/// <summary>Which key and which data unit number each I/O of a job has.</summary>
public sealed class JobKeysTests
{
    private static readonly Duration Us = Duration.FromMicroseconds(1);

    private static JobOptions Files(int count, decimal zipf = 0, KeyScope scope = KeyScope.File, int ios = 400) => new()
    {
        Device = "sda",
        Rw = Rw.Randread,
        Bs = DataSize.FromKibibytes(16),
        NumberIos = ios,
        Iodepth = 4,
        Keys = new KeysOptions { Count = count, Zipf = zipf, Scope = scope },
    };

    private static List<Noted> Run(JobOptions job) => new JobBench(job, Us).Bios;

    /// <summary>Two files of 64 KiB, again and again.</summary>
    private static JobOptions Sequential(JobOptions job) =>
        job with { Rw = Rw.Read, Size = DataSize.FromKibibytes(128), NumberIos = null, Runtime = Us * 100 };

    private static bool IsContiguous(Noted first, Noted second) =>
        first.Key == second.Key && first.Dun.IsContiguous(first.Units, second.Dun);

    [Fact]
    public void Each_file_has_a_key_of_its_own_and_numbers_its_blocks_from_0()
    {
        const long FileBytes = (1L << 30) / 8;
        List<Noted> bios = Run(Files(8));

        Assert.Equal(8, bios.Select(b => b.Key).Distinct().Count());
        Assert.All(bios, b => Assert.Equal((ulong)(b.Sector * 512 % FileBytes / 4096), b.Dun.Limb0));
        Assert.All(bios.GroupBy(b => b.Sector * 512 / FileBytes), file => Assert.Single(file.Select(b => b.Key).Distinct()));
    }

    [Fact]
    public void One_key_for_the_policy_numbers_by_inode_and_block()
    {
        const long FileBytes = (1L << 30) / 8;
        List<Noted> perFile = Run(Files(8));
        List<Noted> perPolicy = Run(Files(8, scope: KeyScope.Policy));

        Assert.Equal(perFile.Select(b => b.Sector), perPolicy.Select(b => b.Sector));
        Assert.Single(perPolicy.Select(b => b.Key).Distinct());
        Assert.All(perPolicy, b => Assert.Equal(((ulong)(b.Sector * 512 / FileBytes) << 32) | (ulong)(b.Sector * 512 % FileBytes / 4096), b.Dun.Limb0));
    }

    [Theory]
    [InlineData(KeyScope.File)]
    [InlineData(KeyScope.Policy)]
    public void The_end_of_a_file_is_not_contiguous_with_the_beginning_of_the_next_although_the_disk_is(KeyScope scope)
    {
        JobOptions job = Sequential(Files(2, scope: scope));
        List<Noted> bios = Run(job);
        Noted last = bios.First(b => b.Sector == (64 - 16) * 2);
        Noted beforeIt = bios.First(b => b.Sector == (64 - 32) * 2);
        Noted next = bios.First(b => b.Sector == 64 * 2);

        Assert.True(IsContiguous(beforeIt, last));
        Assert.False(IsContiguous(last, next));
    }

    [Fact]
    public void Sequential_IO_goes_on_in_each_file_where_its_last_ended()
    {
        List<Noted> bios = Run(Sequential(Files(2)));

        Assert.True(bios.Count > 100);
        foreach (IGrouping<BlkCryptoKey?, Noted> file in bios.GroupBy(b => b.Key))
        {
            Assert.Equal(file.Select((_, i) => (ulong)(i % 4 * 4)), file.Select(b => b.Dun.Limb0));
        }
    }

    [Fact]
    public void Hot_files_have_the_share_of_IO_that_Zipf_s_law_gives_them()
    {
        List<Noted> bios = Run(Files(100, zipf: 1.0m, ios: 20_000));
        double hottest = bios.GroupBy(b => b.Key).Select(g => g.Count()).OrderDescending().Take(10).Sum() / 20_000.0;

        Assert.Equal(new ZipfDistribution(100, 1.0).ShareOf(10), hottest, 0.01);
    }

    [Fact]
    public void Clones_share_the_keys_of_the_files_and_choose_for_themselves()
    {
        List<Noted> bios = Run(Files(8) with { Numjobs = 2 });
        Noted[] first = [.. bios.Where(b => b.Process == "fio/0")];
        Noted[] second = [.. bios.Where(b => b.Process == "fio/1")];

        Assert.Equal(8, bios.Select(b => b.Key).Distinct().Count());
        Assert.NotEqual(first.Select(b => b.Key), second.Select(b => b.Key));
    }

    [Fact]
    public void Per_IO_no_key_comes_twice()
    {
        List<Noted> bios = Run(Files(1) with { Keys = new KeysOptions { PerIo = true } });

        Assert.Equal(400, bios.Select(b => b.Key).Distinct().Count());
        Assert.Equal(400, bios.Select(b => b.Key!.Number).Distinct().Count());
    }

    [Fact]
    public void Jobs_that_name_the_same_key_share_it_and_its_numbers()
    {
        JobOptions job = Files(1) with { Keys = null, Key = "a", Rw = Rw.Read, NumberIos = 3 };

        Assert.Equal([0UL, 4, 8], Run(job).Select(b => b.Dun.Limb0));
    }

    [Fact]
    public void More_files_than_the_region_holds_are_one_IO_each()
    {
        List<Noted> bios = Run(Files(1_000_000, ios: 50));

        Assert.All(bios, b => Assert.Equal(0UL, b.Dun.Limb0));
        Assert.All(bios, b => Assert.Equal(0, b.Sector % 32));
        Assert.True(bios.Max(b => b.Sector) > (1L << 30) / 512);
    }
}
