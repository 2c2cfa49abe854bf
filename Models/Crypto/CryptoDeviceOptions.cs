using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace CryptoSim.Models.Crypto;

/// <summary>Something that encrypts, by whatever driver: what a dm-crypt target's <c>engine</c> names.</summary>
public abstract record CryptoDeviceOptions : DeviceOptions
{
    /// <summary>Brings the driver up on a machine.</summary>
    /// <param name="parts">The kernel, the name, and the streams that belong to it.</param>
    public abstract CryptoProvider Build(CryptoParts parts);

    /// <summary>Names of the crypto devices that it is built on, which stand before it in the scenario.</summary>
    public virtual IEnumerable<string> BuiltOn => [];

    /// <summary>What the driver registers with the crypto API: a hardware driver is asynchronous and allocates memory (a flag since 5.9).</summary>
    /// <param name="name">The name of the part.</param>
    /// <param name="kernel">The release.</param>
    /// <param name="devices">The devices that stand before it.</param>
    public virtual CryptoAlgorithm Register(string name, KernelVersion kernel, IReadOnlyList<NamedPart<DeviceOptions>> devices) =>
        new("xts-aes-" + name, CryptoAlgorithm.HardwarePriority, IsAsync: true, AllocatesMemory: kernel >= KernelVersion.V59);

    /// <summary>What <c>check --all</c> says about it besides its keys; null for nothing.</summary>
    /// <param name="name">The name of the part.</param>
    /// <param name="kernel">The release.</param>
    /// <param name="devices">The devices that stand before it.</param>
    public virtual string? Note(string name, KernelVersion kernel, IReadOnlyList<NamedPart<DeviceOptions>> devices) => null;

    /// <summary>Finds what does not fit the devices before it.</summary>
    /// <param name="name">The name of the part.</param>
    /// <param name="kernel">The release.</param>
    /// <param name="devices">The devices that stand before it in the scenario.</param>
    /// <returns>The problems; empty if there are none.</returns>
    public virtual IEnumerable<OptionProblem> FindProblemsAmong(string name, KernelVersion kernel, IReadOnlyList<NamedPart<DeviceOptions>> devices)
    {
        foreach (string needed in BuiltOn)
        {
            if (!devices.Any(part => part.Name == needed && part.Options is CryptoDeviceOptions))
            {
                yield return new OptionProblem(name, $"is built on {needed}, which does not stand before it");
            }
        }
    }

    /// <summary>Finds values that are well formed each by itself but from which no driver can be built.</summary>
    /// <param name="name">The name of the part.</param>
    /// <param name="cpus">Online CPUs of the machine.</param>
    /// <returns>The problems in the order of the keys; empty if there are none.</returns>
    public virtual IEnumerable<OptionProblem> FindProblems(string name, int cpus) => [];
}
