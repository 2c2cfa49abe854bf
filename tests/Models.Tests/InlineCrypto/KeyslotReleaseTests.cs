using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>The order of keyslot and bio_endio, before 6.4 and since (KS-28, KS-29, KS-K7).</summary>
public sealed class KeyslotReleaseTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Theory]
    [InlineData(KernelVersion.V58, KeyslotRelease.AtRequestFree, FailedEvict.Keep)]
    [InlineData(KernelVersion.V511, KeyslotRelease.AtRequestFree, FailedEvict.Keep)]
    [InlineData(KernelVersion.V65, KeyslotRelease.BeforeBioEndio, FailedEvict.Unlink)]
    [InlineData(KernelVersion.V618, KeyslotRelease.BeforeBioEndio, FailedEvict.Unlink)]
    public void Both_halves_of_the_fix_of_6_4_count_from_the_era_6_5_and_a_value_that_is_set_is_the_same_in_every_era(KernelVersion era, KeyslotRelease release, FailedEvict evict)
    {
        Assert.Equal((release, evict), (KeyslotScene.Toy.KeyslotReleaseIn(era), KeyslotScene.Toy.FailedEvictIn(era)));
        foreach (KeyslotRelease set in Enum.GetValues<KeyslotRelease>())
        {
            Assert.Equal(set, (KeyslotScene.Toy with { KeyslotRelease = set }).KeyslotReleaseIn(era));
        }

        foreach (FailedEvict set in Enum.GetValues<FailedEvict>())
        {
            Assert.Equal(set, (KeyslotScene.Toy with { FailedEvict = set }).FailedEvictIn(era));
        }
    }

    [Theory]
    [InlineData(KernelVersion.V618, 0, Errno.Success)]
    [InlineData(KernelVersion.V511, 1, Errno.EBUSY)]
    public void Whoever_hears_of_the_end_of_a_bio_finds_its_slot_in_use_only_before_6_4(KernelVersion era, int references, Errno evicted)
    {
        using EvictorAtEnd bench = new(KeyslotScene.Toy, era);
        bench.Run();

        Assert.Equal((references, evicted), (bench.ReferencesAtEnd, bench.Answer));
        Assert.Equal((0, 0, 0), (bench.Host.Profile.Table.InUse, bench.Host.Queue.InUse, bench.Host.Queue.Ended));
    }

    [Theory]
    [InlineData(NoKeyslot.SleepAtRequest)]
    [InlineData(NoKeyslot.Requeue)]
    [InlineData(NoKeyslot.Park)]
    public void No_order_loses_a_wake_up_where_slot_and_tag_come_back_after_the_bios(NoKeyslot design)
    {
        InlineCryptoOptions host = KeyslotScene.Toy with { NoKeyslot = design, KeyslotRelease = KeyslotRelease.AtRequestFree, QueueDepth = 2 };
        ExplorationResult result = KeyslotScene.Explore(host, new KeyslotTask("a"), new KeyslotTask("b", Cpu: 1), new KeyslotTask("a-", Cpu: 2));
        output.WriteLine($"{design}: {result.Counts.States} states {result.Message}");

        Assert.Equal((ExplorationVerdict.Proved, null), (result.Verdict, result.Found));
    }

    [Fact]
    public void A_request_without_a_slot_is_freed_at_once_in_either_order()
    {
        KeyslotTask plain = new("--");
        using KeyslotScene late = KeyslotScene.Ran(KeyslotScene.Toy with { KeyslotRelease = KeyslotRelease.AtRequestFree }, plain);
        using KeyslotScene early = KeyslotScene.Ran(KeyslotScene.Toy, plain);

        Assert.Equal((early.Simulation.Fingerprint, early.Simulation.Events), (late.Simulation.Fingerprint, late.Simulation.Events));
    }

    /// <summary>A task that does one I/O, is told of its end and evicts the key without a sleep in between.</summary>
    private sealed class EvictorAtEnd : IBioOwner, IDisposable
    {
        private readonly Simulation _simulation = new();
        private readonly LinuxKernel _kernel;
        private readonly BlkCryptoKey _key = new("a", 0, DataSize.FromKibibytes(4));

        public EvictorAtEnd(InlineCryptoHostOptions options, KernelVersion era)
        {
            _kernel = new LinuxKernel(_simulation, 2, version: era);
            Host = new InlineCryptoHost(_kernel, "ufs0", options, new RandomSource(1).Stream("ufs0.latency"));
        }

        public InlineCryptoHost Host { get; }

        public int ReferencesAtEnd { get; private set; } = -1;

        public Errno Answer { get; private set; }

        public string EndIo => "mpage_end_io";

        public void Run()
        {
            _simulation.Spawn("reader", ReadAsync());
            _simulation.Spawn("end", EndAsync());
            Assert.Equal(RunState.Ended, _simulation.Run(new RunLimits { EventsPerInstantLimit = 1000 }));
        }

        public void OnBioEnd(Bio bio)
        {
            ReferencesAtEnd = Host.Profile.Table[0].References;
            _simulation.Spawn("evictor", EvictAsync());
        }

        public void Dispose() => _simulation.Dispose();

        private async Process ReadAsync()
        {
            _kernel.Enter(CpuContext.Process);
            Bio bio = new(this);
            bio.Begin(0, DataSize.FromKibibytes(4), isWrite: false, 0, VirtualTime.Zero);
            bio.Crypt = new BioCryptContext(_key, default);
            await Host.SubmitAsync(bio);
        }

        private async Process EvictAsync()
        {
            _kernel.Enter(CpuContext.Process);
            Answer = await Host.EvictKeyAsync(_key);
        }

        private async Process EndAsync() => await _simulation.Delay(Duration.FromMilliseconds(1));
    }
}
