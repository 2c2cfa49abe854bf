using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Caam;

/// <summary>A CAAM-like job ring: input and output ring, engines, interrupt, and what its driver does when the ring is full.</summary>
[Model("caam-jr")]
[KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue, caam_jr_dequeue", Version = "v4.1", Rules = "DM-J1-DM-J12")]
public sealed record JobRingOptions : CryptoDeviceOptions
{
    /// <summary>JOBR_DEPTH, a power of two; one entry stays free, so depth - 1 jobs fit.</summary>
    [Range(4, 512)]
    [PowerOfTwo]
    [DefaultFrom("CONFIG_CRYPTO_DEV_FSL_CAAM_RINGSIZE 9 (DM-J1)")]
    public int Depth { get; init; } = 512;

    /// <summary>Usable entries set directly instead of depth - 1, for laws about small rings.</summary>
    [Range(1, 65535)]
    [DefaultFrom("depth - 1 (DM-J3)")]
    public int? Usable { get; init; }

    /// <summary>What the driver does with a request that finds the ring full.</summary>
    [DefaultFrom("backlog for front: none; reject behind an engine, which is the only answer it can use (DM-J16)")]
    public WhenFull? WhenFull { get; init; }

    /// <summary>Which entry of the ring a retired job gives back.</summary>
    [DefaultFrom("what caam_jr_dequeue does (DM-J10)")]
    public Freed Freed { get; init; } = Freed.InRingOrder;

    /// <summary>Whether crypto_engine stands in front of the ring for requests with MAY_BACKLOG.</summary>
    [DefaultFrom("the driver of 4.1 has none (DM-J6)")]
    public Front Front { get; init; } = Front.None;

    /// <summary>Queue limit of the crypto_engine: beyond it a request is kept and answered EBUSY.</summary>
    [Range(1, 65535)]
    [DefaultFrom("10 for front: engine (DM-E1), JOBR_DEPTH - 15 for front: engine-retry (CRYPTO_ENGINE_MAX_QLEN)")]
    public int? EngineQlen { get; init; }

    /// <summary>Jobs processed at the same time.</summary>
    [Range(1, 64)]
    [DefaultFrom("assumed: DECO counts per SoC were not researched; one is the least")]
    public int Engines { get; init; } = 1;

    /// <summary>Time an engine spends on a job besides moving its data.</summary>
    public required DurationDistribution Setup { get; init; }

    /// <summary>Rate at which one engine moves data.</summary>
    public required Bandwidth Bandwidth { get; init; }

    /// <summary>How a finished job reaches the CPU.</summary>
    public InterruptOptions Interrupt { get; init; } = new();

    /// <summary>Interrupt coalescing; none if left out.</summary>
    [DefaultFrom("CONFIG_CRYPTO_DEV_FSL_CAAM_INTC is off (DM-J4)")]
    public CoalesceOptions? Coalesce { get; init; }

    /// <summary>Time from queueing the engine's pump until its kthread runs.</summary>
    [DefaultFrom("one thread hop: ME-A4 minus ME-A5, 11.77us - 6.10us")]
    public Duration EngineWakeup { get; init; } = new(5_670_000);

    /// <summary>CPU time of one attempt of the engine's pump that the full ring answers ENOSPC.</summary>
    [DefaultFrom("assumed: no figure was published; above zero so that the retry cannot spin at zero time (DM-E4)")]
    public Duration EngineRetry { get; init; } = Duration.FromNanoseconds(500);

    /// <summary>Whether the kernel release decides what the scenario leaves open.</summary>
    [DefaultFrom("the driver that the mail asks for, which no kernel had in this form")]
    public Driver Driver { get; init; } = Driver.Configured;

    /// <summary>When the crypto_engine tells a backlogged caller that its request has left the backlog.</summary>
    [ByKernel(Needs = "driver=by-kernel")]
    [DefaultFrom("after-dispatch, as since 6.4 (DM-E3); by the kernel release with driver: by-kernel")]
    public Notify? Notify { get; init; }

    /// <summary>What a request that bounces back to the front of the engine's queue does to the backlog mark.</summary>
    [DefaultFrom("what came with notify: steps-back with after-dispatch, stays with before-dispatch (DM-Q7)")]
    public BacklogMark? BacklogMark { get; init; }

    /// <summary>What the crypto_engine does with a request that the ring did not take.</summary>
    [DefaultFrom("finalize for front: engine (DM-E2), retry-when-full for front: engine-retry (DM-E3)")]
    public FailedDispatch? FailedDispatch { get; init; }

    /// <summary>What becomes of the descriptor of a request that the full ring refused and the engine will bring again.</summary>
    [ByKernel(Needs = "driver=by-kernel")]
    [DefaultFrom("kept, as since 5.17 (DM-J16); by the kernel release with driver: by-kernel")]
    public EdescOnEnospc? EdescOnEnospc { get; init; }

    /// <summary>When the completion reads the descriptor's flag.</summary>
    [DefaultFrom("what skcipher_crypt_done does in 6.18")]
    public EdescAtDone EdescAtDone { get; init; } = EdescAtDone.FlagReadBeforeFree;

    /// <summary>Which flag of a request lets the allocation of its descriptor sleep.</summary>
    [ByKernel(Needs = "driver=by-kernel")]
    [DefaultFrom("may-sleep, as since 4.11 (DM-J7); by the kernel release with driver: by-kernel")]
    public EdescGfp? EdescGfp { get; init; }

    /// <summary>Bounce buffers in slots of 2 KiB: each request takes them for its source and for its destination while the driver has it. Not needed if left out.</summary>
    [Range(1, 1 << 20)]
    [DefaultFrom("assumed: the device reaches all memory; with swiotlb the kernel has 64 MiB, 32768 slots")]
    public int? Swiotlb { get; init; }

    /// <summary>Requests that fail whenever they are submitted; none if left out.</summary>
    [DefaultFrom("assumed: the hardware works")]
    public FailsOptions? Fails { get; init; }

    /// <summary>Entries of the hardware's own input ring, free again when a job is fetched.</summary>
    [Range(1, 65535)]
    [DefaultFrom("JOBR_DEPTH, so that it never refuses what the driver's entries take (DM-J3)")]
    public int? InputRing { get; init; }

    /// <summary>How the driver knows its room; matters with an input_ring smaller than the driver's.</summary>
    [ByKernel(Needs = "driver=by-kernel")]
    [DefaultFrom("cached, as in 6.18 (DM-J17); by the kernel release with driver: by-kernel")]
    public InputRoom? InputRoom { get; init; }

    /// <summary>What stands between writing an entry and telling the hardware of it.</summary>
    [DefaultFrom("what caam_jr_enqueue does in 6.18 (DM-J18)")]
    public WriteBarrier WriteBarrier { get; init; } = WriteBarrier.Full;

    /// <summary>With write_barrier: weak, from telling the hardware of a job until its entry is visible to it.</summary>
    [DefaultFrom("assumed: nothing on an idle bus; heavy memory load makes it long (DM-B29)")]
    public Duration StoreDelay { get; init; } = Duration.Zero;

    /// <summary>With write_barrier: weak, from hearing of a job until the hardware has read its entry; otherwise part of setup.</summary>
    [DefaultFrom("assumed: one DMA read; no figure was published")]
    public Duration Fetch { get; init; } = Duration.FromNanoseconds(200);

    /// <summary>With when_full: sleep-and-retry, the sleep before the next attempt.</summary>
    [DefaultFrom("msleep(100) of the posted workaround (DM-J14)")]
    public Duration RetrySleep { get; init; } = Duration.FromMilliseconds(100);

    /// <summary>Jobs that fit: usable, or depth - 1.</summary>
    public int Capacity => Usable ?? Depth - 1;

    /// <summary>Whether finished jobs can be on their way to the CPU; a ring without interrupt latency can do without the process that carries them.</summary>
    internal bool HasCompletionLine { get; init; } = true;

    /// <summary>What its engines need to know.</summary>
    internal EngineTiming Timing => new(Engines, Setup, Bandwidth, Interrupt.Latency, HasCompletionLine, "deco")
    {
        StoreDelay = WriteBarrier == WriteBarrier.Weak ? StoreDelay : null,
        Fetch = Fetch,
    };

    /// <summary>The answer of a full ring after defaults.</summary>
    public WhenFull EffectiveWhenFull => WhenFull ?? (Front == Front.None ? Caam.WhenFull.Backlog : Caam.WhenFull.Reject);

    /// <summary>The engine's queue limit after defaults; below 1 is an error of the scenario.</summary>
    public int EffectiveEngineQlen => EngineQlen ?? (Front == Front.EngineRetry ? Capacity + 1 - 15 : 10);

    /// <summary>What the pump does after defaults.</summary>
    public FailedDispatch EffectiveFailedDispatch => FailedDispatch ?? (Front == Front.EngineRetry ? Crypto.FailedDispatch.RetryWhenFull : Crypto.FailedDispatch.Finalize);

    /// <summary>What a bounced request does to the backlog mark after defaults.</summary>
    public BacklogMark EffectiveBacklogMark => BacklogMark ?? (Notify == Crypto.Notify.BeforeDispatch ? Crypto.BacklogMark.Stays : Crypto.BacklogMark.StepsBack);

    /// <summary>True if the kernel release may choose the driver.</summary>
    internal bool LeavesDriverOpen => Front == Front.None && WhenFull is null;

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        JobRingOptions options = JobRingHistory.Fill(this, parts.Kernel.Version);
        JobRing ring = new(parts.Kernel, parts.Name, options, parts.Stream("setup"));
        CryptoEngine? engine = options.Front == Front.None ? null : new CryptoEngine(parts.Kernel, parts.Name + "-engine", ring, options);
        parts.Kernel.Tracer?.AddRing(parts.Name, Capacity);
        return new CaamCipher(ring, engine);
    }

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> FindProblems(string name, int cpus) =>
        [.. FindEngineProblems(name), .. FindRingProblems(name), .. FindInterruptProblems(name, cpus)];

    private IEnumerable<OptionProblem> FindEngineProblems(string name)
    {
        int qlen = Driver == Driver.ByKernel && LeavesDriverOpen ? EngineQlen ?? Capacity + 1 - 15 : EffectiveEngineQlen;
        if ((Front != Front.None || (Driver == Driver.ByKernel && LeavesDriverOpen)) && qlen < 1)
        {
            yield return new OptionProblem(
                name + (EngineQlen is null ? ".front" : ".engine_qlen"),
                $"leaves a crypto_engine queue of {qlen} for {Capacity} ring entries (JOBR_DEPTH - 15); set engine_qlen to 1 or more");
        }

        if (Front != Front.None && EffectiveWhenFull != Caam.WhenFull.Reject)
        {
            yield return new OptionProblem(
                name + ".when_full",
                $"is {(EffectiveWhenFull == Caam.WhenFull.Backlog ? "backlog" : EffectiveWhenFull == Caam.WhenFull.DropRequest ? "drop-request" : "sleep-and-retry")}, but the crypto_engine in front keeps the requests itself and understands only ENOSPC; use reject");
        }

        if (Front == Front.EngineRetry && EngineRetry == Duration.Zero)
        {
            yield return new OptionProblem(name + ".engine_retry", "is 0: the pump would retry for ever at one instant; give an attempt some CPU time");
        }

        if (Front == Front.Engine && EffectiveFailedDispatch != Crypto.FailedDispatch.Finalize)
        {
            yield return new OptionProblem(name + ".failed_dispatch", "brings requests back, but front: engine has no retry; use engine-retry");
        }
    }

    private IEnumerable<OptionProblem> FindRingProblems(string name)
    {
        if (Fails is { } fails && fails.Every is null == fails.Job is null)
        {
            yield return new OptionProblem(name + ".fails", "says which requests fail by exactly one of every and job");
        }

        if (WhenFull == Caam.WhenFull.SleepAndRetry && RetrySleep == Duration.Zero)
        {
            yield return new OptionProblem(name + ".retry_sleep", "is 0: a caller would retry for ever at one instant");
        }
    }

    private IEnumerable<OptionProblem> FindInterruptProblems(string name, int cpus)
    {
        if (Interrupt.Cpu >= cpus)
        {
            yield return new OptionProblem(name + ".interrupt.cpu", $"is {Interrupt.Cpu}, but the machine has {cpus} CPUs, numbered from 0");
        }

        if (Coalesce is { } coalesce && coalesce.Timer == Duration.Zero)
        {
            yield return new OptionProblem(name + ".coalesce.timer", "is 0; coalescing always has a count and a timer above zero");
        }
    }
}

/// <summary>What the driver does with a request that finds the ring full.</summary>
public enum WhenFull
{
    /// <summary>Keeps it, answers EBUSY, and later calls back with EINPROGRESS and then the final status: what MAY_BACKLOG asks for. Without MAY_BACKLOG the answer is ENOSPC.</summary>
    [KernelSource("include/linux/crypto.h", "CRYPTO_TFM_REQ_MAY_BACKLOG", Mail = "000_3c7679767576e472", Rules = "DM-C1 DM-C5")]
    Backlog,

    /// <summary>Answers EBUSY and keeps nothing, whatever the flags say.</summary>
    [KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Version = "v4.1", Mail = "000_3c7679767576e472", Rules = "DM-J6 DM-B01")]
    DropRequest,

    /// <summary>Answers ENOSPC and keeps nothing.</summary>
    [KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Commit = "4d370a103695", Rules = "DM-C3")]
    Reject,

    /// <summary>Drops its lock, sleeps inside the submission and tries again: a workaround that was posted, against what callers in softirq can bear.</summary>
    [KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Version = "v5.2", Rules = "DM-J14 DM-X2")]
    SleepAndRetry,
}

/// <summary>Which entry of the ring becomes free when a job is retired.</summary>
public enum Freed
{
    /// <summary>Those from the oldest up to the first unfinished job: a finished job behind an unfinished one keeps its entry.</summary>
    [KernelSource("drivers/crypto/caam/jr.c", "caam_jr_dequeue", Version = "v4.1", Rules = "DM-J10")]
    InRingOrder,

    /// <summary>Its own: a driver that does no more than count jobs in flight against the room of its hardware, as qat's watermark and talitos' submit_count.</summary>
    [KernelSource("drivers/crypto/talitos.c", "talitos_submit, flush_channel", Version = "v4.1", Rules = "DM-P6 DM-P11")]
    AnyOrder,
}

/// <summary>What stands between the crypto API and the ring for requests with MAY_BACKLOG.</summary>
public enum Front
{
    /// <summary>Nothing: the algorithm calls the ring.</summary>
    [KernelSource("drivers/crypto/caam/caamalg.c", "ablkcipher_encrypt", Version = "v4.1", Rules = "DM-J6")]
    None,

    /// <summary>crypto_engine without retry: one request in flight.</summary>
    [KernelSource("crypto/crypto_engine.c", "crypto_pump_requests", Commit = "ee38767f152a", Rules = "DM-E2 DM-J19")]
    Engine,

    /// <summary>crypto_engine with retry: requests in flight until the ring answers ENOSPC.</summary>
    [KernelSource("crypto/crypto_engine.c", "crypto_pump_requests", Commit = "6a89f492f8e5", Rules = "DM-E3 DM-J15 DM-J16")]
    [KernelSource("crypto/crypto_engine.c", "crypto_pump_requests", Commit = "4140aafcff16", Rules = "DM-B08 DM-Q7")]
    EngineRetry,
}

/// <summary>How a finished job reaches the CPU.</summary>
[KernelSource("drivers/crypto/caam/jr.c", "caam_jr_interrupt, caam_jr_dequeue", Version = "v4.1", Rules = "DM-J8 DM-J9")]
public sealed record InterruptOptions
{
    /// <summary>From the end of a job until its output-ring entry is written and the interrupt reaches the CPU; jobs overlap in it.</summary>
    [DefaultFrom("assumed: hard-IRQ entry is commonly put at about 1us; no measurement of a job ring was published")]
    public Duration Latency { get; init; } = Duration.FromMicroseconds(1);

    /// <summary>CPU time of the hardirq handler.</summary>
    [DefaultFrom("assumed: contained in latency")]
    public Duration Hardirq { get; init; } = Duration.Zero;

    /// <summary>CPU time of the tasklet for each retired job, callback included.</summary>
    [DefaultFrom("computed from ME-D20 and ME-D21: 780ns of CPU time a request, of which callback, collection and freeing are 12.2 of 23.8 parts")]
    public Duration Tasklet { get; init; } = Duration.FromNanoseconds(400);

    /// <summary>CPU that takes the interrupt and runs the tasklet.</summary>
    [Range(0, 1023)]
    [DefaultFrom("assumed: without irqbalance the first CPU")]
    public int Cpu { get; init; }
}

/// <summary>Interrupt coalescing: an interrupt after so many finished jobs or so long after the first, whichever is first.</summary>
[KernelSource("drivers/crypto/caam/regs.h", "JRCFG_ICDCT, JRCFG_ICTT", Version = "v4.1", Rules = "DM-J4")]
public sealed record CoalesceOptions
{
    /// <summary>Finished jobs that raise the interrupt.</summary>
    [Range(1, 255)]
    [DefaultFrom("CONFIG_CRYPTO_DEV_FSL_CAAM_INTC_COUNT_THLD 255 (DM-J4)")]
    public int Count { get; init; } = 255;

    /// <summary>Time after the first finished job that raises the interrupt.</summary>
    [DefaultFrom("CONFIG_CRYPTO_DEV_FSL_CAAM_INTC_TIME_THLD 2048 units of 64 bus clocks at 133 MHz (DM-J4)")]
    public Duration Timer { get; init; } = Duration.FromMicroseconds(985);
}
