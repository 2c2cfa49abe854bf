namespace CryptoSim.Simulator;

/// <summary>Why a process goes on after a wait.</summary>
public enum Wake : byte
{
    /// <summary>What it waited for came: the signal, the turn, or the end of the delay.</summary>
    Signalled,

    /// <summary>The timeout given with the wait passed first; the process has left the queue.</summary>
    TimedOut,

    /// <summary><see cref="Simulation.Interrupt"/> took it out of its wait.</summary>
    Interrupted,
}
