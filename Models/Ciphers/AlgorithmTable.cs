using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace CryptoSim.Models.Ciphers;

/// <summary>The implementations of xts(aes) that the devices of a scenario register, and the choice among them.</summary>
/// <remarks>
/// An implementation that is internal or has a masked flag is passed over. Of the others a driver's name takes that driver,
/// and xts(aes) the highest priority, among equals the one registered last, which stands first in the list.
/// </remarks>
[KernelSource("crypto/api.c", "__crypto_alg_lookup", Version = "v6.18", Rules = "DM-C2 SC-10")]
internal sealed record AlgorithmTable(IReadOnlyList<(string Device, CryptoAlgorithm Algorithm)> Registered, AlgorithmMask[] Mask)
{
    /// <summary>The name of the algorithm, cra_name.</summary>
    public const string XtsAes = "xts(aes)";

    private const string Capi = "capi:";

    /// <summary>What the devices register.</summary>
    /// <param name="devices">Those before the choice.</param>
    /// <param name="names">Those that count; null for all.</param>
    /// <param name="kernel">The release.</param>
    /// <param name="hardwarePriority">cra_priority of a driver that takes the default of hardware.</param>
    /// <param name="mask">Flags to pass over.</param>
    public static AlgorithmTable Of(
        IReadOnlyList<NamedPart<DeviceOptions>> devices, IReadOnlyList<string>? names, KernelVersion kernel, int hardwarePriority, AlgorithmMask[] mask)
    {
        List<(string, CryptoAlgorithm)> registered = [];
        for (int i = 0; i < devices.Count; i++)
        {
            NamedPart<DeviceOptions> part = devices[i];
            if (part.Options is CryptoDeviceOptions options and not CryptoApiOptions && names?.Contains(part.Name) != false)
            {
                CryptoAlgorithm own = options.Register(part.Name, kernel, [.. devices.Take(i)]);
                registered.Add((part.Name, own.Priority == CryptoAlgorithm.HardwarePriority ? own with { Priority = hardwarePriority } : own));
            }
        }

        return new AlgorithmTable(registered, mask);
    }

    /// <summary>The choice; null if there is none.</summary>
    /// <param name="name">As the scenario has it.</param>
    public (string Device, CryptoAlgorithm Algorithm)? Select(string name)
    {
        string wanted = Plain(name);
        (string Device, CryptoAlgorithm Algorithm)? best = null;
        foreach ((string device, CryptoAlgorithm algorithm) in Registered)
        {
            bool isNamed = algorithm.Driver == wanted;
            if (WhyNot(algorithm) is null && (isNamed || (wanted == XtsAes && algorithm.Priority >= (best?.Algorithm.Priority ?? 0))))
            {
                best = (device, algorithm);
            }
        }

        return best;
    }

    /// <summary>Everything that is registered, and why it is or is not a candidate.</summary>
    public string Describe(string name)
    {
        string wanted = Plain(name);
        List<string> words = [];
        foreach ((_, CryptoAlgorithm algorithm) in Registered)
        {
            bool isMeant = wanted == XtsAes || wanted == algorithm.Driver;
            words.Add(Word(algorithm) + (WhyNot(algorithm) ?? (isMeant ? "" : " (another name)")));
        }

        return string.Join(", ", words);
    }

    private static string Word(CryptoAlgorithm algorithm) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{algorithm.Driver} {algorithm.Priority}");

    /// <summary>Without dm-crypt's prefix, and then without the IV mode, which stands after the last hyphen.</summary>
    private static string Plain(string name)
    {
        if (!name.StartsWith(Capi, StringComparison.Ordinal))
        {
            return name;
        }

        string rest = name[Capi.Length..];
        int hyphen = rest.LastIndexOf('-');
        return hyphen < 0 ? rest : rest[..hyphen];
    }

    private string? WhyNot(CryptoAlgorithm algorithm) =>
        algorithm.IsInternal ? " (internal)"
        : algorithm.IsAsync && Mask.Contains(AlgorithmMask.Async) ? " (masked: async)"
        : algorithm.AllocatesMemory && Mask.Contains(AlgorithmMask.AllocatesMemory) ? " (masked: allocates-memory)" : null;
}
