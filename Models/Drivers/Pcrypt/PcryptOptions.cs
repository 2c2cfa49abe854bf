using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Ciphers;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>pcrypt: spreads requests over all CPUs by padata, and gives them back in their order. A CPU that comes or goes resets padata.</summary>
[Model("pcrypt")]
[KernelSource("crypto/pcrypt.c", "pcrypt_aead_encrypt", Version = "v6.18", Rules = "DM-P13 DM-B13")]
[KernelSource("kernel/padata.c", "padata_do_parallel, padata_do_serial", Version = "v6.18", Rules = "DM-P13")]
public sealed record PcryptOptions : CryptoDeviceOptions
{
    /// <summary>The synchronous cipher that does the work.</summary>
    [NamesPart(typeof(SoftwareCipherOptions))]
    public required string Child { get; init; }

    /// <summary>What a request hears that comes while padata is being reset.</summary>
    [ByKernel]
    [DefaultFrom("kernel: busy before 6.9 (8f4f68e788c3, its release not recorded), try-again in 6.9, run-child in 6.18 (662f2f13e66d, 6.13)")]
    public WhenReset? WhenReset { get; init; }

    /// <summary>CPU hotplug events: how often padata is reset.</summary>
    [Range(0, 1_000_000)]
    [DefaultFrom("assumed: CPUs neither come nor go")]
    public int Resets { get; init; }

    /// <summary>Time before each reset.</summary>
    [DefaultFrom("assumed: for a scenario to set")]
    public Duration ResetAfter { get; init; } = Duration.FromMilliseconds(1);

    /// <summary>How long a reset takes.</summary>
    [DefaultFrom("assumed: for a scenario to set")]
    public Duration ResetFor { get; init; } = Duration.FromMicroseconds(100);

    /// <summary>From queueing a work item until its worker runs.</summary>
    [DefaultFrom("one thread hop: ME-A4 minus ME-A5, 11.77us - 6.10us")]
    public Duration Wakeup { get; init; } = new(5_670_000);

    /// <inheritdoc/>
    public override IEnumerable<string> BuiltOn => [Child];

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new PcryptDriver(parts, (SoftwareCipher)parts.Find(Child), this);
    }

    /// <inheritdoc/>
    public override CryptoAlgorithm Register(string name, KernelVersion kernel, IReadOnlyList<NamedPart<DeviceOptions>> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        CryptoAlgorithm child = ((CryptoDeviceOptions)devices.First(part => part.Name == Child).Options).Register(Child, kernel, devices);
        return child with { Driver = $"pcrypt({child.Driver})", Priority = child.Priority + 100, IsAsync = true };
    }

    /// <summary>What pcrypt of a release does, if it is not said.</summary>
    internal WhenReset WhenResetIn(KernelVersion version) => WhenReset
        ?? (version < KernelVersion.V69 ? Drivers.WhenReset.Busy
            : version < KernelVersion.V618 ? Drivers.WhenReset.TryAgain : Drivers.WhenReset.RunChild);
}

/// <summary>What a request hears that comes while padata is being reset.</summary>
public enum WhenReset
{
    /// <summary>EBUSY, as padata said, though nobody has kept the request: with MAY_BACKLOG the caller waits for ever.</summary>
    [KernelSource("crypto/pcrypt.c", "pcrypt_aead_encrypt", Version = "v4.1", Rules = "DM-B13 DM-C5")]
    Busy,

    /// <summary>EAGAIN: the caller takes it for an error.</summary>
    [KernelSource("crypto/pcrypt.c", "pcrypt_aead_encrypt", Commit = "8f4f68e788c3", Rules = "DM-B13")]
    TryAgain,

    /// <summary>What the child answers, which is called without padata.</summary>
    [KernelSource("crypto/pcrypt.c", "pcrypt_aead_encrypt", Commit = "662f2f13e66d", Rules = "DM-B13")]
    RunChild,
}
