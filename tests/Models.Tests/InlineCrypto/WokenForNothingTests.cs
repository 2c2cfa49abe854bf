using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Hosts;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>What a sleeper does whom a slot woke that another has taken.</summary>
public sealed class WokenForNothingTests
{
    /// <summary>
    /// a holds the only slot until 10; b and c sleep, after one look each under the lock. The put wakes both. b programs in no time
    /// and has the slot; c finds the list empty, and wait_event() has it sleep on until 20, without runtime PM and without the lock.
    /// </summary>
    [Fact]
    public void Who_is_woken_for_nothing_sleeps_on_and_enters_no_hardware()
    {
        Counter entries = new();
        using KeyslotScene scene = KeyslotScene.Ran(new CountingOptions { Entries = entries, Wakeup = Duration.Zero }, new("a"), new("b"), new("c"));

        Assert.Equal([10, 20, 30], scene.Ends);
        Assert.Equal(5, entries.Count);   // a; b and c in vain; b; c
        Assert.Equal(3, scene.Host.Profile.Meter.WakeUps);
    }

    private sealed class Counter
    {
        public int Count { get; set; }
    }

    private sealed record CountingOptions : InlineCryptoHostOptions
    {
        public required Counter Entries { get; init; }

        public override int Keyslots { get; init; } = 1;

        public override int QueueDepth { get; init; } = 32;

        public override DurationDistribution Latency { get; init; } = KeyslotScene.Toy.Latency;

        internal override KeyslotOps CreateOps(LinuxKernel kernel, string name) => new Ops(Entries);
    }

    private sealed class Ops(Counter entries) : KeyslotOps
    {
        [NotState]
        private readonly Counter _entries = entries;

        public override Operation ResumeAsync(HardwareUse use)
        {
            _entries.Count++;
            return Operation.Completed;
        }

        public override Operation<BlkStatus> ProgramAsync(Keyslot slot, BlkCryptoKey key) => new(BlkStatus.Ok);

        public override Operation<BlkStatus> EvictAsync(Keyslot slot, BlkCryptoKey key) => new(BlkStatus.Ok);
    }
}
