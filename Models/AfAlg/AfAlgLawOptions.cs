using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>IOCBs on one operation socket that chain ctx->iv, and an engine of their own: the least in which the race of AA-15 can happen. A driver that reads a stale IV ends the run. Needs no hardware and no stack.</summary>
/// <remarks>
/// <code>
///   io_submit, IOCB 1..K: areq, pull ──► build_map ──► IV read, ring ──► submit_cost ──► the next
///   engine 0..E-1: service ──► interrupt: IV written back, callback
/// </code>
/// One task submits, so the order of the IOCBs is that of the program and says which IV each is to start from. Each arrow of
/// the submission is a point at which an engine or the interrupt may come. Data are symbolic: a block for each IOCB.
/// </remarks>
[Model("af-alg-law")]
[KernelSource("crypto/algif_skcipher.c", "_skcipher_recvmsg", Version = "v4.14", Rules = "AA-13 AA-14 AA-15 AA-16")]
public sealed record AfAlgLawOptions : WorkloadOptions, IBringsHardware
{
    /// <summary>Name of the engine.</summary>
    internal const string EngineName = "eng0";

    /// <summary>K, IOCBs of one io_submit: all of them may be in flight.</summary>
    [Range(1, 64)]
    [DefaultFrom("the least with which two can be in flight")]
    public int Iocbs { get; init; } = 2;

    /// <summary>E, jobs processed at the same time.</summary>
    [Range(1, 64)]
    [DefaultFrom("the least")]
    public int Engines { get; init; } = 1;

    /// <summary>Which IV each IOCB in flight gets, and who waits.</summary>
    [DefaultFrom("4.14 to 6.7, where the race is (AA-V2)")]
    public Serialize Serialize { get; init; } = Serialize.None;

    /// <summary>What keeps a request back until the one before it has left its IV.</summary>
    [DefaultFrom("drivers that do not care, as the report of mail 004 found one")]
    public Dependency Dependency { get; init; } = Dependency.None;

    /// <summary>When the IV that a request points to is read.</summary>
    [DefaultFrom("what most drivers do (AA-19)")]
    public Latch Latch { get; init; } = Latch.AtSubmission;

    /// <summary>What the user does with an IOCB that is refused with EBUSY.</summary>
    [DefaultFrom("what libkcapi does: the call has failed")]
    public OnRefused OnEbusy { get; init; } = OnRefused.Fail;

    /// <summary>CPU time of building and mapping the descriptors of one request.</summary>
    [DefaultFrom("assumed: no figure is known for one block")]
    public Duration BuildMap { get; init; } = Duration.FromMicroseconds(1);

    /// <summary>CPU time of io_submit from one IOCB to the next.</summary>
    [DefaultFrom("assumed: less than service, so that submission outruns service")]
    public Duration SubmitCost { get; init; } = Duration.FromNanoseconds(100);

    /// <summary>Time of one job in an engine.</summary>
    [DefaultFrom("assumed: longer than build_map and submit_cost, so that the IV of the next is read before this one's is left")]
    public Duration Service { get; init; } = Duration.FromMicroseconds(4);

    /// <inheritdoc/>
    string IBringsHardware.Standing => $"is an af-alg-law, which brings its own engine {EngineName} and stands alone";

    internal override Duration? RunsFor => null;

    /// <summary>The engine of the law: no interrupt latency, no handler.</summary>
    internal CbcEngineOptions Device => new()
    {
        Depth = Iocbs,
        Engines = Engines,
        BuildMap = BuildMap,
        Latch = Latch,
        Dependency = Dependency,
        Setup = new ConstantDuration(Service),
        Bandwidth = new Bandwidth(16_000_000_000_000),   // its block in 1 ps
        Interrupt = new InterruptOptions { Latency = Duration.Zero, Hardirq = Duration.Zero, Tasklet = Duration.Zero },
    };

    /// <summary>The user of the law: nothing but what the race needs.</summary>
    internal AfAlgOptions Aio => new()
    {
        Engine = EngineName,
        Bs = new DataSize(Skcipher.BlockSize),
        Iodepth = Iocbs,
        IodepthBatch = Iocbs,
        NumberIos = Iocbs,
        Serialize = Serialize,
        OnEbusy = OnEbusy,
        Content = Content.Symbolic,
        StaleIv = StaleIv.ReportAtOnce,
        SocketWork = Duration.Zero,
        Wakeup = Duration.Zero,
        SubmitCost = SubmitCost,
    };
}
