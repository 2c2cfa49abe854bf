namespace CryptoSim.Models.Recording;

/// <summary>Where a request of the crypto API is between a system call and its callback, in the words of the two timelines of mail 004. It is in exactly one of them at any instant.</summary>
public enum TimelinePhase : byte
{
    /// <summary>The system call's work on the socket.</summary>
    Socket,

    /// <summary>Asleep on the mutex that a proposal has in front of the submission.</summary>
    Mutex,

    /// <summary>In the driver: building descriptors and mapping for DMA. Whatever a driver does that does not say more.</summary>
    BuildMap,

    /// <summary>Kept back by the driver because its ring or queue is full.</summary>
    Backlog,

    /// <summary>Kept back by the driver until another request has left its IV.</summary>
    SoftwareQueue,

    /// <summary>In the ring; no engine has taken it.</summary>
    Ring,

    /// <summary>An engine works on it, or the CPU does if it is synchronous.</summary>
    Process,

    /// <summary>Its data are done: completion latency, coalescing, hardirq, tasklets of others before it.</summary>
    Interrupt,

    /// <summary>The tasklet's turn: IV written back, callback.</summary>
    Respond,
}

/// <summary>The names of phases.</summary>
public static class TimelinePhases
{
    /// <summary>Phases that there are.</summary>
    public const int Count = 9;

    /// <summary>The words of mail 004, e.g. <c>BUILD / MAP HW DESCS</c>.</summary>
    public static string Word(this TimelinePhase phase) => phase switch
    {
        TimelinePhase.Socket => "AF_ALG/SOCKET",
        TimelinePhase.Mutex => "Queued on Mutex",
        TimelinePhase.BuildMap => "BUILD / MAP HW DESCS",
        TimelinePhase.Backlog => "HW Queue full (backlog)",
        TimelinePhase.SoftwareQueue => "IV in flight (enqueue sw queue)",
        TimelinePhase.Ring => "Place in HW Queue",
        TimelinePhase.Process => "Process",
        TimelinePhase.Interrupt => "Interrupt",
        _ => "Respond and update IV",
    };
}
