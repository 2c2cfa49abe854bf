using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto.Hosts;

/// <summary>Resets of a host by its error handler.</summary>
[KernelSource("drivers/ufs/core/ufshcd.c", "ufshcd_host_reset_and_restore, ufshcd_hba_enable", Version = "v6.18", Rules = "KS-22")]
public sealed record HostResetOptions
{
    /// <summary>From the end of one reset until the error handler is asked for the next.</summary>
    public required Duration Every { get; init; }

    /// <summary>Resets; without end if left out.</summary>
    [Range(1, int.MaxValue)]
    public int? Times { get; init; }
}
