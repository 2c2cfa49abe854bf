using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace CryptoSim.Models.Ciphers;

/// <summary>crypto_alloc_skcipher: stands for the implementation that name, mask and priority choose among the devices before it.</summary>
[Model("crypto-api")]
[KernelSource("crypto/api.c", "crypto_alg_lookup, crypto_alloc_tfm", Version = "v6.18", Rules = "DM-C2 SC-10")]
public sealed record CryptoApiOptions : CryptoDeviceOptions
{
    /// <summary>xts(aes), of which the best implementation is taken, or a driver's name; dm-crypt's <c>capi:NAME-IVMODE</c> too.</summary>
    [DefaultFrom("dm-crypt's aes-xts-plain64")]
    public string Name { get; init; } = AlgorithmTable.XtsAes;

    /// <summary>Flags that the implementation must not have.</summary>
    [ByKernel]
    [DefaultFrom("what dm-crypt passes: allocates-memory since 5.9 (DM-C2), nothing before")]
    public IReadOnlyList<AlgorithmMask>? Mask { get; init; }

    /// <summary>The devices that are registered.</summary>
    [NamesPart(typeof(CryptoDeviceOptions))]
    [DefaultFrom("every crypto device before this one")]
    public IReadOnlyList<string>? Devices { get; init; }

    /// <summary>cra_priority of hardware drivers.</summary>
    [Range(0, 100_000)]
    [DefaultFrom("CAAM_CRA_PRIORITY 3000")]
    public int HardwarePriority { get; init; } = CryptoAlgorithm.HardwarePriority;

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        AlgorithmTable table = Table(parts.Kernel.Version, parts.Devices);
        (string device, CryptoAlgorithm algorithm) = table.Select(Name)!.Value;
        parts.Kernel.Tracer?.Emit(Simulator.Recording.TraceKind.Step, "crypto_alloc_skcipher", parts.Name, Name, algorithm.Driver, table.Describe(Name));
        return parts.Find(device);
    }

    /// <summary>What it stands for is registered already.</summary>
    public override CryptoAlgorithm Register(string name, KernelVersion kernel, IReadOnlyList<NamedPart<DeviceOptions>> devices) =>
        Table(kernel, devices).Select(Name) is { } selected ? selected.Algorithm : new CryptoAlgorithm("", 0, IsAsync: false, IsInternal: true);

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> FindProblemsAmong(string name, KernelVersion kernel, IReadOnlyList<NamedPart<DeviceOptions>> devices)
    {
        foreach (string device in Devices ?? [])
        {
            if (!devices.Any(part => part.Name == device))
            {
                yield return new OptionProblem(name + ".devices", $"has {device}, which does not stand before it");
            }
        }

        AlgorithmTable table = Table(kernel, devices);
        if (table.Select(Name) is null)
        {
            yield return new OptionProblem(name + ".name", $"is {Name}, and no implementation fits: {table.Describe(Name)}");
        }
    }

    /// <summary>What is chosen and among what, in one line.</summary>
    public override string? Note(string name, KernelVersion kernel, IReadOnlyList<NamedPart<DeviceOptions>> devices)
    {
        AlgorithmTable table = Table(kernel, devices);
        return table.Select(Name) is { } selected ? $"selected: {selected.Algorithm.Driver} of {selected.Device}; {table.Describe(Name)}" : null;
    }

    private AlgorithmTable Table(KernelVersion kernel, IReadOnlyList<NamedPart<DeviceOptions>> devices)
    {
        AlgorithmMask[] mask = [.. Mask ?? (kernel >= KernelVersion.V59 ? [AlgorithmMask.AllocatesMemory] : [])];
        return AlgorithmTable.Of(devices, Devices, kernel, HardwarePriority, mask);
    }
}

/// <summary>A flag that an implementation must not have to be chosen: of the mask, with type 0.</summary>
public enum AlgorithmMask
{
    /// <summary>CRYPTO_ALG_ASYNC: synchronous implementations only.</summary>
    [KernelSource("include/linux/crypto.h", "CRYPTO_ALG_ASYNC", Version = "v6.18", Mail = "002_e236514fb5a11c88", Rules = "DM-C2 SC-1")]
    Async,

    /// <summary>CRYPTO_ALG_ALLOCATES_MEMORY: none that may allocate while memory is short.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "crypt_alloc_tfms_skcipher", Commit = "cd74693870fb", Rules = "DM-C2 DM-B10")]
    AllocatesMemory,
}
