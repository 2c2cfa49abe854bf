namespace CryptoSim.Models.Tests.Exploration;

/// <summary>What is wrong with a <see cref="FaultyDriver"/>: one thing, or nothing.</summary>
internal enum Fault
{
    /// <summary>Nothing: the correct sibling of all others.</summary>
    None,

    // ── what it answers ─────────────────────────────────────────────────

    /// <summary>Answers EBUSY and keeps nothing, as CAAM in v4.1 (DM-B01): the promised EINPROGRESS never comes (DM-C5).</summary>
    BusyWithoutKeeping,

    /// <summary>Keeps the request, but answers ENOSPC: the caller has it back and is called back nevertheless (DM-C1).</summary>
    KeptAndAnsweredNoSpace,

    /// <summary>Keeps the request, but answers 0: the caller takes it for done and is called back nevertheless (DM-C1).</summary>
    KeptAndAnsweredDone,

    /// <summary>Backlogs the request, but answers EINPROGRESS, as mxs-dcp did (DM-B20): its notification is not owed (DM-C5).</summary>
    BackloggedAndAnsweredInProgress,

    /// <summary>Sends a request that fills the ring to the hardware, answers EBUSY and backlogs it as well: it is processed twice (DM-K1).</summary>
    SentAndBacklogged,

    // ── how it keeps ────────────────────────────────────────────────────

    /// <summary>Takes the newest request from the backlog instead of the oldest (DM-Q10).</summary>
    BacklogLifo,

    /// <summary>Finds the ring full under the lock and appends to the backlog after it, as qat did (DM-B11): all jobs may have ended in between, and nobody drains the backlog (DM-C5).</summary>
    AppendsOutsideLock,

    /// <summary>Looks at the backlog only when the next request is submitted: a lost wake-up when none is (DM-C5).</summary>
    DrainedBySubmissionOnly,

    /// <summary>Drains the backlog by submitting its requests to the crypto API again: they are in flight (DM-C4).</summary>
    ResubmitsInFlight,

    /// <summary>Takes one job more than there are entries: the oldest entry is overwritten, and its job ends the wrong request (DM-K1).</summary>
    OverrunsRing,

    /// <summary>Unlocks after freeing an entry, then fills it without looking again whether it is still free (DM-K1).</summary>
    UnlocksEarly,

    /// <summary>Frees an entry only by filling it from the backlog; with none there the entry is lost (DM-J10).</summary>
    LeaksEntry,

    // ── how it notifies ─────────────────────────────────────────────────

    /// <summary>Never notifies (DM-C5).</summary>
    NotificationMissing,

    /// <summary>Notifies twice (DM-C5).</summary>
    NotifiesTwice,

    /// <summary>Notifies every request, backlogged or not (DM-C5).</summary>
    NotifiesAll,

    /// <summary>Notifies the request whose job ended instead of the one that takes its entry (DM-C5).</summary>
    NotifiesTheFinished,

    /// <summary>Notifies the next request of the backlog instead of the one that left it (DM-Q10).</summary>
    NotifiesTheNext,

    /// <summary>Notifies from a work item, which may run after the final callback (DM-C5).</summary>
    NotifiesFromWork,

    /// <summary>Notifies before it sends the request to the ring, as crypto_engine did (DM-B08): if the ring is full again, it notifies once more (DM-C5).</summary>
    NotifiesBeforeDispatch,

    /// <summary>Notifies the ended request a while after its final callback: its memory is its owner's again (DM-C9).</summary>
    TouchesAfterFinal,

    // ── how it completes ────────────────────────────────────────────────

    /// <summary>Frees the entry, but does not call back if another finished job waits behind it (DM-C1).</summary>
    LosesCompletion,

    /// <summary>Calls back twice with the final status if another finished job waits behind it (DM-C9).</summary>
    CompletesTwice,

    /// <summary>Leaves a finished entry in the output ring when it was filled from the backlog: the new job ends with the status of the old one, unprocessed (DM-K1).</summary>
    ReadsStaleOutput,

    /// <summary>The tasklet sleeps for a lock before it drains the backlog (DM-X2).</summary>
    SleepsInTasklet,

    // ── what its hardware does ──────────────────────────────────────────

    /// <summary>Writes the output ring before the data: a fast tasklet completes what is not yet encrypted (DM-K1).</summary>
    CompletesBeforeProcessing,

    /// <summary>The doorbell is rung twice, and the same job is fetched and processed twice (DM-K1).</summary>
    ProcessesTwice,

    /// <summary>The engines share one IV register, written when a job is sent (DM-K1).</summary>
    SharesIvRegister,

    /// <summary>The line is taken for an edge: a job that ends while the interrupt is masked raises nothing after the unmask (DM-C1).</summary>
    LineTakenForEdge,

    /// <summary>The interrupt is raised before the output ring is written: the tasklet may find nothing and nobody comes back (DM-C1).</summary>
    RaisesBeforeOutput,

    /// <summary>The tasklet retires one job for each interrupt, though one interrupt may stand for several (DM-C1).</summary>
    RetiresOneForEachInterrupt,

    // ── what is bad and breaks no rule ──────────────────────────────────

    /// <summary>Unlocks after freeing an entry and lets a new request have it before those of the backlog.</summary>
    LetsNewRequestsOvertake,

    /// <summary>Ends every request that was backlogged with EIO.</summary>
    EndsBackloggedInError,
}
