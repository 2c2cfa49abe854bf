using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers.CbcEngine;

/// <summary>An engine for chained modes in the phases of mail 004: build and map, place in the ring, process, interrupt, respond and write the IV back.</summary>
[Model("cbc-engine")]
[KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_alg_skcipher_crypto, sec_skcipher_alg_callback", Version = "v4.19", Mail = "004_6baa3db2e19eea6a", Rules = "AA-14 AA-19 AA-25 AA-27")]
public sealed record CbcEngineOptions : AcceleratorOptions
{
    /// <summary>Requests that fit into the ring.</summary>
    [Range(1, 65536)]
    [DefaultFrom("SEC_QUEUE_LEN 512 of hip07 (AA-24)")]
    public int Depth { get; init; } = 512;

    /// <summary>CPU time of building and mapping descriptors, besides that for each page.</summary>
    [DefaultFrom("assumed: 0; the mail gives a share of the whole, see Scenarios/Library/af-alg-iv-chaining.yaml")]
    public Duration BuildMap { get; init; } = Duration.Zero;

    /// <summary>CPU time of building and mapping for each page of 4 KiB.</summary>
    [DefaultFrom("assumed: 0, as build_map")]
    public Duration BuildMapPerPage { get; init; } = Duration.Zero;

    /// <summary>When the IV that a request points to is read.</summary>
    [DefaultFrom("what most drivers do (AA-19)")]
    public Latch Latch { get; init; } = Latch.AtSubmission;

    /// <summary>What keeps a request back until the one before it has left its IV.</summary>
    [DefaultFrom("drivers that do not care, as the report of mail 004 found one")]
    public Dependency Dependency { get; init; } = Dependency.None;

    /// <summary>Which requests are taken to depend on each other.</summary>
    [DefaultFrom("hip07's driver has a queue for each tfm and looks at nothing else (AA-29)")]
    public Dependent Dependent { get; init; } = Dependent.SameTfm;

    /// <summary>The driver sets the flag that it serialises by itself, whether it does or not.</summary>
    [DefaultFrom("true if dependency is anything but none")]
    public bool? SerializesIv { get; init; }

    /// <summary>Interrupt coalescing; none if left out.</summary>
    [DefaultFrom("assumed: as little as possible is hidden")]
    public CoalesceOptions? Coalesce { get; init; }

    internal override CoalesceOptions? Coalescing => Coalesce;

    /// <summary>CPU time of building and mapping a request.</summary>
    internal Duration BuildTime(DataSize length) => BuildMap + new Duration(BuildMapPerPage.Picoseconds * ((length.Bytes + 4095) / 4096));

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts) => new CbcEngineDriver(parts, this);

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> FindProblems(string name, int cpus)
    {
        foreach (OptionProblem problem in base.FindProblems(name, cpus))
        {
            yield return problem;
        }

        if (Dependency == Dependency.Hardware && Latch != Latch.AtEngineStart)
        {
            yield return new OptionProblem(name + ".dependency", "is hardware, which hands the IV from one job to the next, but latch is one that reads it before; set latch: at-engine-start");
        }

        if (Coalesce is { } coalesce && coalesce.Timer == Duration.Zero)
        {
            yield return new OptionProblem(name + ".coalesce.timer", "is 0; coalescing always has a count and a timer above zero");
        }
    }
}
