using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Checks;

public sealed class DataTests
{
    private static (End End, string? Rule, string? Message) AfterWork(Errno status, params long[] ivs)
    {
        TestRequest request = new("r") { OwnIv = 8 };
        HandDriver driver = new(SubmitResult.InProgress);
        return HandRun.Of(() =>
        {
            driver.Submit(request);
            Array.ForEach(ivs, request.Encrypt);
            request.Complete(status);
        });
    }

    [Fact]
    public void Status_0_asks_for_data_that_were_encrypted_once_under_their_own_IV()
    {
        Assert.Equal(End.Completed, AfterWork(Errno.Success, 8).End);
        Assert.Equal((End.Fault, "DM-K1", "req#1 got its final status 0, but its data were never encrypted"), AfterWork(Errno.Success));
        Assert.Equal((End.Fault, "DM-K1", "req#1 got its final status 0, but its data were encrypted twice"), AfterWork(Errno.Success, 8, 8));
        Assert.Equal((End.Fault, "DM-K1", "req#1 got its final status 0, but its data were encrypted under the IV of something else"), AfterWork(Errno.Success, 9));
    }

    [Fact]
    public void An_error_says_nothing_about_data() => Assert.Equal(End.Completed, AfterWork(Errno.EIO).End);

    [Fact]
    public void A_new_submission_begins_with_new_data()
    {
        TestRequest request = new("r");
        HandDriver driver = new(SubmitResult.InProgress, SubmitResult.InProgress);
        var outcome = HandRun.Of(() =>
        {
            driver.Submit(request);
            request.Encrypt(0);
            request.Complete(Errno.Success);
            driver.Submit(request);
            request.Complete(Errno.Success);
        });

        Assert.Equal("DM-K1", outcome.Rule);
    }

    /// <summary>A driver that finishes a request at once without having encrypted it, unless it is told to.</summary>
    private sealed class Lazy(bool works) : CryptoProvider
    {
        public override string Name => "lazy";

        public override void Owners(OwnerList owners)
        {
        }

        protected override SubmitResult SubmitCore(CryptoRequest request)
        {
            if (works)
            {
                request.Encrypt(request.Iv);
            }

            request.Complete(Errno.Success);
            return SubmitResult.InProgress;
        }
    }

    [Theory]
    [InlineData(true, null, 1)]
    [InlineData(false, "DM-K1", 0)]
    public void Plain_text_never_reaches_the_disk(bool works, string? rule, int writes)
    {
        using TargetBench bench = new(new Scene().Ring, new Scene().Target, driver: new Lazy(works));
        bench.Write("a", 0, sector: 64, bytes: 4096);

        Assert.Equal(rule, bench.Run().Rule);
        Assert.Equal(writes, bench.Below.Log.Count);
    }

    [Fact]
    public void Each_sector_counts_once()
    {
        EncryptedSectors sectors = new();
        sectors.Begin(100);

        Assert.True(sectors.Mark(0));
        Assert.True(sectors.Mark(99));
        Assert.False(sectors.Mark(99));
        Assert.False(sectors.Mark(-1));
        Assert.False(sectors.Mark(128));
        Assert.Equal(2, sectors.Count);
        sectors.Begin(100);
        Assert.True(sectors.Mark(99));
        Assert.Equal(1, sectors.Count);
    }

    [Fact]
    public void A_machine_that_breaks_the_rule_ends_in_corruption()
    {
        using Machine machine = new Scene().With("writer", Scene.Write("4KiB")).Build();
        machine.Simulation.Spawn("vandal", Vandal(machine));
        Assert.True(machine.Run());

        Assert.Equal(("corruption", "DM-K1"), (machine.DescribeEnd().Ends, machine.DescribeEnd().Rule));
    }

    private static async Process Vandal(Machine machine)
    {
        TestRequest request = new("r");
        machine.Ciphers[0].Submit(request);
        request.Encrypt(1);
        await machine.Simulation.Delay(Scene.Us);
    }
}
