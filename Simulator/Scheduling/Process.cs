using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator;

/// <summary>
/// A handle to a simulated process: an async method whose return type is this. Calling the method puts its first step
/// at the end of the current instant. The handle carries a generation, so a kept one never means a later process.
/// </summary>
/// <threadsafety>Belongs to the thread that runs its simulation.</threadsafety>
[AsyncMethodBuilder(typeof(ProcessBuilder))]
public readonly struct Process : IEquatable<Process>
{
    private readonly Simulation? _simulation;
    private readonly int _slot;
    private readonly int _generation;

    internal Process(Simulation simulation, int slot, int generation)
    {
        _simulation = simulation;
        _slot = slot;
        _generation = generation;
    }

    /// <summary>False for the default handle, which means no process at all.</summary>
    public bool Exists => _simulation is not null;

    /// <summary>True until the process has returned.</summary>
    public bool IsAlive => _simulation is not null && _simulation.Generation(_slot) == _generation;

    /// <summary>Its place in the engine's tables [0..2^20-1]; given to another process once this one has ended.</summary>
    public int Slot => _slot;

    /// <summary>True while it sleeps until somebody wakes it; false while it runs, is about to, or waits for a delay to pass.</summary>
    public bool IsWaiting => Frame is { WaitingOn: not null };

    /// <summary>The name it was spawned with, or its method's name; empty once it has ended.</summary>
    public string Name => Frame is { } frame ? ProcessNames.Of(frame) : "";

    internal ProcessFrame? Frame => IsAlive ? _simulation!.FrameAt(_slot) : null;

    internal Simulation? Simulation => _simulation;

    /// <inheritdoc/>
    public bool Equals(Process other) => ReferenceEquals(_simulation, other._simulation) && _slot == other._slot && _generation == other._generation;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Process other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => unchecked((_slot * 397) ^ _generation);

    /// <summary>The same process.</summary>
    public static bool operator ==(Process left, Process right) => left.Equals(right);

    /// <summary>Another process.</summary>
    public static bool operator !=(Process left, Process right) => !left.Equals(right);

    /// <inheritdoc/>
    public override string ToString() => Exists ? IsAlive ? Name : "(ended)" : "(none)";
}
