using CryptoSim.Models;
using CryptoSim.Models.Options;

namespace CryptoSim.Scenarios.Running;

/// <summary>A machine as an experiment drives it; tests put a fake in its place.</summary>
internal interface IRunningMachine : IDisposable
{
    long NowPicoseconds { get; }

    long Events { get; }

    /// <summary>Runs about so many more events; true when the run has ended.</summary>
    bool Run(long maxEvents);

    MachineResult Result();
}

/// <summary>Builds machines.</summary>
internal delegate IRunningMachine MachineFactory(MachineOptions options, MachineRunOptions run);

/// <summary>The real machine.</summary>
internal sealed class RealMachine(Machine machine) : IRunningMachine
{
    public long NowPicoseconds => machine.NowPicoseconds;

    public long Events => machine.Events;

    public static IRunningMachine Build(MachineOptions options, MachineRunOptions run) => new RealMachine(Machine.Build(options, run));

    public bool Run(long maxEvents) => machine.Run(maxEvents);

    public MachineResult Result() => machine.Result();

    public void Dispose() => machine.Dispose();
}
