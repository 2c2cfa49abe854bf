namespace CryptoSim.Cli;

/// <summary>What the command returns to the shell. The numbers are fixed: scripts rely on them.</summary>
public enum ExitCode
{
    /// <summary>Every claim holds, or there is none and every run completed; of an exploration, every variant is as the scenario says.</summary>
    Success = 0,

    /// <summary>A claim is broken, or a run without claims did not complete, or some schedule fails although nothing says so.</summary>
    ClaimBroken = 1,

    /// <summary>The command line is wrong: a flag, an unknown <c>--variant</c>, a <c>--set</c> path that does not exist.</summary>
    Usage = 2,

    /// <summary>A scenario or record cannot be read or is not valid.</summary>
    InvalidInput = 3,

    /// <summary>A replay did something else than its record.</summary>
    ReplayDiverged = 4,

    /// <summary>An exploration found no failure, and a limit came before it had visited every state.</summary>
    Bounded = 5,

    /// <summary>A file, or standard output, could not be written.</summary>
    OutputFailed = 6,

    /// <summary>A fault of CryptoSim itself, told in one line: <c>EX_SOFTWARE</c> of sysexits.h.</summary>
    InternalError = 70,

    /// <summary>Cancelled by Ctrl-C: 128 + SIGINT.</summary>
    Cancelled = 130,
}
