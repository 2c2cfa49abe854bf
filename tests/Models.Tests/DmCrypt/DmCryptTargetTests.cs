using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.DmCrypt;

public sealed class DmCryptTargetTests
{
    private static readonly Scene Base = new();   // 2us a job, 0.5us a submission

    [Fact]
    public void A_write_is_encrypted_and_then_written()
    {
        using TargetBench bench = new(Base.Ring, Base.Target, latency: Scene.Us * 10);
        bench.Write("a", 0, 16, 1024);
        bench.Run();

        Assert.Equal(["W 16+2@4.5"], bench.Below.Log);
        Assert.Equal(["a 0@14.5"], bench.Ended);
    }

    [Fact]
    public void A_read_is_read_and_then_decrypted()
    {
        using TargetBench bench = new(Base.Ring, Base.Target, latency: Scene.Us * 10);
        bench.Read("a", 0, 16, 1024);
        bench.Run();

        Assert.Equal(["R 16+2@0"], bench.Below.Log);
        Assert.Equal(["a 0@14.5"], bench.Ended);
        Assert.Equal((0, 1), (bench.Target.Meter.Writes, bench.Target.Meter.Reads));
    }

    [Fact]
    public void A_read_that_fails_below_is_not_decrypted()
    {
        using TargetBench bench = new(Base.Ring, Base.Target, latency: Scene.Us * 10);
        bench.Below.Errors[16] = Errno.EIO;
        bench.Read("a", 0, 16, 1024);
        bench.Run();

        Assert.Equal(["a EIO@10"], bench.Ended);
        Assert.Equal(0, bench.Cipher.Submitted);
    }

    [Fact]
    public void A_write_that_fails_below_ends_with_the_error()
    {
        using TargetBench bench = new(Base.Ring, Base.Target, latency: Scene.Us * 10);
        bench.Below.Errors[16] = Errno.EIO;
        bench.Write("a", 0, 16, 512);
        bench.Write("b", 0, 24, 512);
        bench.Run();

        Assert.Equal(["a EIO@12.5", "b 0@14.5"], bench.Ended);
    }

    [Theory]
    [InlineData(Submit.WaitOnBusy)]
    [InlineData(Submit.WaitEveryRequest)]
    public void A_read_whose_decryption_is_rejected_ends_with_EIO(Submit submit)
    {
        using TargetBench bench = new(
            Base.Ring with { Usable = 1, WhenFull = WhenFull.Reject }, Base.Target with { Submit = submit });
        bench.Read("a", 0, 16, 1024);
        bench.Read("b", 0, 24, 1024);
        bench.Run();

        Assert.Equal(2, bench.Ended.Count);
        Assert.Contains(bench.Ended, e => e.Contains(" EIO@", StringComparison.Ordinal));
    }

    [Fact]
    public void A_write_larger_than_max_write_size_goes_down_in_parts_and_ends_once()
    {
        using TargetBench bench = new(Base.Ring, Base.Target with { MaxWriteSize = new DataSize(4096), MaxActive = 1 }, latency: Scene.Us * 10);
        bench.Write("a", 0, 100, 10 * 1024);
        bench.Run();

        Assert.Equal(["W 100+8@16.5", "W 108+8@32.5", "W 116+4@40.5"], bench.Below.Log);
        Assert.Equal(["a 0@50.5"], bench.Ended);
        Assert.Equal(3, bench.Target.Meter.Writes);
    }

    [Fact]
    public void The_parts_of_a_write_are_converted_at_the_same_time()
    {
        using TargetBench bench = new(Base.Ring, Base.Target with { MaxWriteSize = new DataSize(4096) });
        bench.Write("a", 0, 0, 16 * 1024);
        bench.Run();

        Assert.Equal(4, bench.Target.Kcryptd.ActiveMax);
        Assert.Single(bench.Ended);
    }

    [Fact]
    public void An_error_of_any_part_is_the_error_of_the_bio()
    {
        foreach (long failing in new[] { 0, 8, 16 })
        {
            using TargetBench bench = new(Base.Ring, Base.Target with { MaxWriteSize = new DataSize(4096) });
            bench.Below.Errors[failing] = Errno.EIO;
            bench.Write("a", 0, 0, 12 * 1024);
            bench.Run();

            Assert.Contains("a EIO@", Assert.Single(bench.Ended), StringComparison.Ordinal);
            Assert.Equal(3, bench.Below.Log.Count);
        }
    }

    [Fact]
    public void A_large_read_is_not_split()
    {
        using TargetBench bench = new(Base.Ring, Base.Target with { MaxWriteSize = new DataSize(4096) });
        bench.Read("a", 0, 0, 12 * 1024);
        bench.Run();

        Assert.Equal(["R 0+24@0"], bench.Below.Log);
        Assert.Single(bench.Ended);
    }

    [Fact]
    public void Kcryptd_takes_max_active_bios_at_a_time_by_default_one_for_each_CPU()
    {
        foreach ((int? maxActive, int cpus, int expected) in new (int?, int, int)[] { (null, 3, 3), (2, 3, 2), (5, 3, 5) })
        {
            using TargetBench bench = new(Base.Ring, Base.Target with { MaxActive = maxActive }, cpus);
            for (int i = 0; i < 10; i++)
            {
                bench.Write("w" + i, 0, i * 8, 4096);
            }

            bench.Run();

            Assert.Equal(expected, bench.Target.Kcryptd.ActiveMax);
            Assert.Equal(10, bench.Ended.Count);
        }
    }

    [Fact]
    public void With_same_cpu_crypt_a_bio_is_encrypted_on_the_CPU_that_submitted_it_one_at_a_time()
    {
        using TargetBench bench = new(Base.Ring, Base.Target with { SameCpuCrypt = true }, cpus: 4);
        bench.Write("a", 0, 0, 1024, cpu: 3);
        bench.Write("b", 0, 8, 1024, cpu: 3);
        bench.Write("c", 0, 16, 1024, cpu: 1);
        bench.Run();

        Assert.Equal(
            ["kcryptd/3", "kcryptd/1", "kcryptd/3", "kcryptd/1", "kcryptd/3", "kcryptd/3"],
            bench.Trace.Where(e => e.Function == "caam_jr_enqueue" && e.Kind == Simulator.Recording.TraceKind.Call).Select(e => e.Process));
        Assert.Equal(4, bench.Target.Kcryptd.Workers);
        Assert.Equal(3, bench.Ended.Count);
    }

    [Fact]
    public void With_same_cpu_crypt_an_idle_CPU_does_not_help()
    {
        // Submissions of a on CPU 0 until 4us, then those of b; spread over two CPUs both would be through at 4us.
        using TargetBench bench = new(Base.Ring with { Setup = Scene.Service(Duration.FromNanoseconds(100)) }, Base.Target with { SameCpuCrypt = true }, cpus: 2);
        bench.Write("a", 0, 0, 4096);
        bench.Write("b", 0, 8, 4096);
        bench.Run();

        Assert.Equal(["a 0@4.1", "b 0@8.1"], bench.Ended);
    }

    [Fact]
    public void Dmcrypt_write_submits_a_batch_in_order_of_sectors()
    {
        // All five are converted within the 100us that the thread takes to wake up (DM-D13).
        using TargetBench bench = new(Base.Ring, Base.Target with { Wakeup = Scene.Us * 100, MaxActive = 1 });
        foreach (long sector in new[] { 40, 8, 32, 0, 24 })
        {
            bench.Write("s" + sector, 0, sector, 512);
        }

        bench.Run();

        Assert.Equal(["W 0+1", "W 8+1", "W 24+1", "W 32+1", "W 40+1"], bench.Below.Log.Select(l => l[..l.IndexOf('@', StringComparison.Ordinal)]));
    }

    [Fact]
    public void Equal_sectors_are_written_in_order_of_arrival()
    {
        using TargetBench bench = new(Base.Ring, Base.Target with { Wakeup = Scene.Us * 100, MaxActive = 1 });
        foreach ((string name, long sector) in new[] { ("a", 8L), ("b", 0L), ("c", 8L), ("d", 0L), ("e", 8L) })
        {
            bench.Write(name, 0, sector, 512);
        }

        bench.Run();

        Assert.Equal("bdace", string.Concat(bench.Ended.Select(e => e[0])));
    }

    [Fact]
    public void A_batch_is_what_arrived_while_the_last_one_was_submitted()
    {
        // The thread wakes 50us after the first arrival and takes what is there; a sector from the left comes too late for it.
        using TargetBench bench = new(Base.Ring, Base.Target with { Wakeup = Scene.Us * 50 });
        bench.Write("a", 0, 80, 512);
        bench.Write("b", 30_000, 40, 512);
        bench.Write("c", 100_000, 0, 512);
        bench.Run();

        Assert.Equal(["W 40+1", "W 80+1", "W 0+1"], bench.Below.Log.Select(l => l[..l.IndexOf('@', StringComparison.Ordinal)]));
    }
}
