using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>An engine that reads an IV and an interrupt that writes it, with nothing in common but the place where it lies.</summary>
internal sealed class IvOrderScene : IExplorable
{
    private readonly Request _reader;
    private readonly bool _wantsNew;

    private IvOrderScene(bool wantsNew)
    {
        _wantsNew = wantsNew;
        SymbolicSkcipher cipher = new(BlockMode.Cbc, new Payload());
        IvCell cell = new();
        cell.Set(new IvValue(7, 7));
        _reader = new Request(cipher, cell, 16);
        Request writer = new(cipher, cell, 0);
        writer.Encrypt(0);
        Simulation.Spawn("engine", Engine(_reader));
        Simulation.Spawn("irq", Interrupt(writer));
        Simulation.Spawn("keeper", Keep(new Store<int>(Simulation, name: "never") { Idle = true }), daemon: true);
    }

    public Simulation Simulation { get; } = new();

    public IReadOnlyList<TraceEvent> Trace => [];

    public EndProblem? CheckEnd() => _reader.LatchedIv == new IvValue(7, 7) == _wantsNew ? new EndProblem("corruption", "AA-16", "the other IV") : null;

    public RunEnd DescribeEnd()
    {
        string ends = CheckEnd() is { } problem ? problem.Found : "completed";
        return new() { Ends = ends, AtPicoseconds = 0, Events = Simulation.Events, Fingerprint = Simulation.Fingerprint, Blocked = [] };
    }

    public void Dispose() => Simulation.Dispose();

    private static async Process Engine(Request request)
    {
        await Simulation.Current.Delay(Duration.FromMicroseconds(1));
        request.LatchIv();
        await Simulation.Current.Delay(Duration.FromMicroseconds(1));
    }

    private static async Process Interrupt(Request request)
    {
        await Simulation.Current.Delay(Duration.FromMicroseconds(1));
        request.WriteBackIv();
        await Simulation.Current.Delay(Duration.FromMicroseconds(1));
    }

    /// <summary>Keeps what is asked about at the end a part of the state.</summary>
    private async Process Keep(Store<int> never)
    {
        _ = await never.GetAsync();
        _ = _reader;
    }

    public sealed class Factory(bool wantsNew) : IExplorableFactory
    {
        public IExplorable Build(bool traced) => new IvOrderScene(wantsNew);
    }

    private sealed class Request : SkcipherRequest
    {
        public Request(Skcipher cipher, IvCell cell, long position)
            : base(mayBacklog: false) => Begin(cipher, cell, position, new DataSize(16));

        public override string CallbackName => "";

        private protected override Span<byte> Output => [];

        protected override void OnComplete(Errno status)
        {
        }

        private protected override void OnLatched()
        {
        }

        private protected override void OnWritten()
        {
        }

        private protected override void OnStalePart()
        {
        }
    }
}
