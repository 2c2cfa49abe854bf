using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Crypto;

/// <summary>What a driver is built from.</summary>
public sealed class CryptoParts
{
    [NotState]
    private readonly RandomSource _random;
    [NotState]
    private readonly IReadOnlyList<CryptoProvider> _earlier;

    /// <summary>Collects it.</summary>
    /// <param name="kernel">The kernel the driver lives in.</param>
    /// <param name="name">Its name in the scenario, e.g. <c>jr0</c>.</param>
    /// <param name="random">The machine's streams.</param>
    /// <param name="earlier">The crypto devices that stand before it in the scenario.</param>
    public CryptoParts(LinuxKernel kernel, string name, RandomSource random, IReadOnlyList<CryptoProvider> earlier) =>
        (Kernel, Name, _random, _earlier) = (kernel, name, random, earlier);

    /// <summary>The kernel it lives in.</summary>
    public LinuxKernel Kernel { get; }

    /// <summary>Its name in the scenario.</summary>
    public string Name { get; }

    /// <summary>Options of the devices that stand before it in the scenario.</summary>
    [field: NotState]
    public IReadOnlyList<NamedPart<DeviceOptions>> Devices { get; init; } = [];

    /// <summary>A stream of its own for one purpose, e.g. <c>setup</c>.</summary>
    public RandomStream Stream(string purpose) => _random.Stream(Name + "." + purpose);

    /// <summary>A crypto device that stands before this one in the scenario; the validator has seen that it exists.</summary>
    public CryptoProvider Find(string device)
    {
        foreach (CryptoProvider provider in _earlier)
        {
            if (provider.Name == device)
            {
                return provider;
            }
        }

        throw new ArgumentException($"no crypto device before {Name} is called {device}");
    }
}
