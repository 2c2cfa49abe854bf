using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>A task that does nothing but sendmsg() with ALG_SET_IV on an operation socket that another one reads from.</summary>
[KernelSource("crypto/af_alg.c", "af_alg_sendmsg", Version = "v6.6", Rules = "AA-21")]
public sealed record IvSetterOptions
{
    /// <summary>From one sendmsg to the next.</summary>
    [DefaultFrom("assumed: exponential(1ms)")]
    public DurationDistribution Every { get; init; } = new ExponentialDuration(Duration.FromMilliseconds(1));

    /// <summary>How many of them; no end if left out.</summary>
    [Range(1, int.MaxValue)]
    public int? Number { get; init; }
}
