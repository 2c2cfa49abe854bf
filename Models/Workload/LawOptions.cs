using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Conversions that run straight against a job ring of their own, each one round of requests: the least in which a full ring can hang dm-crypt. Needs no hardware and no stack.</summary>
[Model("ring-law")]
[KernelSource("drivers/md/dm-crypt.c", "crypt_convert, kcryptd_async_done", Version = "v4.1", Rules = "DM-C4 DM-C5 DM-O7")]
public sealed record LawOptions : WorkloadOptions, IBringsHardware
{
    /// <summary>W, conversions: bios in flight.</summary>
    [Range(1, 64)]
    [DefaultFrom("the least")]
    public int Contexts { get; init; } = 1;

    /// <summary>R, requests of one conversion: sectors of a bio.</summary>
    [Range(1, 1024)]
    [DefaultFrom("the least with which one conversion can hang")]
    public int Requests { get; init; } = 2;

    /// <summary>D, jobs that fit into the ring.</summary>
    [Range(1, 512)]
    [DefaultFrom("the least")]
    public int Usable { get; init; } = 1;

    /// <summary>E, jobs processed at the same time.</summary>
    [Range(1, 64)]
    [DefaultFrom("the least")]
    public int Engines { get; init; } = 1;

    /// <summary>What the driver does with a request that finds the ring full.</summary>
    [DefaultFrom("the correct driver")]
    public WhenFull WhenFull { get; init; } = WhenFull.Backlog;

    /// <summary>Which answers of the crypto API a conversion waits on before its next request.</summary>
    [DefaultFrom("the original form, restored by c0403ec0bb5a")]
    public Submit Submit { get; init; } = Submit.WaitOnBusy;

    /// <summary>Which entry of the ring a retired job gives back.</summary>
    [DefaultFrom("the law counts jobs in flight, not entries kept by finished jobs; in-ring-order is what CAAM does (DM-J10)")]
    public Freed Freed { get; init; } = Freed.AnyOrder;

    /// <summary>Time from one submission of a conversion to the next.</summary>
    [DefaultFrom("computed from ME-D20 and ME-D21: 780ns of CPU time a request, of which dispatch, lookup, loop and allocation are 11.6 of 23.8 parts")]
    public Duration SubmitCost { get; init; } = Duration.FromNanoseconds(380);

    /// <summary>Time of one job in an engine.</summary>
    [DefaultFrom("assumed: longer than submit_cost, so that submission outruns service (DM-O7)")]
    public Duration Service { get; init; } = Duration.FromMicroseconds(2);

    /// <inheritdoc/>
    string IBringsHardware.Standing => $"is a ring-law, which brings its own job ring {RingLaw.RingName} and stands alone";

    internal override Duration? RunsFor => null;

    /// <summary>The ring of the law: no interrupt latency, no handler.</summary>
    internal JobRingOptions Ring => new()
    {
        Usable = Usable,
        Engines = Engines,
        WhenFull = WhenFull,
        Freed = Freed,
        Setup = new ConstantDuration(Service),
        Bandwidth = new Bandwidth(1),   // requests carry no data
        HasCompletionLine = false,
        Interrupt = new InterruptOptions { Latency = Duration.Zero, Hardirq = Duration.Zero, Tasklet = Duration.Zero },
    };
}
