using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>The toy host, on which programming the key of a name always fails.</summary>
internal sealed record FailingKeyslotOptions : InlineCryptoHostOptions
{
    public required char Fails { get; init; }

    public override int Keyslots { get; init; } = 1;

    public override int QueueDepth { get; init; } = 32;

    public override DurationDistribution Latency { get; init; } = KeyslotScene.Toy.Latency;

    public static FailingKeyslotOptions Toy(NoKeyslot design, char fails) =>
        new() { NoKeyslot = design, Fails = fails, Wakeup = Duration.Zero };

    internal override KeyslotOps CreateOps(LinuxKernel kernel, string name) => new Ops(kernel, KeyslotScene.Toy.ProgramKey, "key " + Fails);

    private sealed class Ops(LinuxKernel kernel, Duration cost, string fails) : KeyslotOps
    {
        private readonly LinuxKernel _kernel = kernel;
        private readonly Duration _cost = cost;
        [NotState]
        private readonly string _fails = fails;

        public override async Operation<BlkStatus> ProgramAsync(Keyslot slot, BlkCryptoKey key)
        {
            await _kernel.Cpus.RunAsync(_cost);
            return key.Label == _fails ? BlkStatus.IoError : BlkStatus.Ok;
        }

        public override Operation<BlkStatus> EvictAsync(Keyslot slot, BlkCryptoKey key) => new(BlkStatus.Ok);
    }
}
