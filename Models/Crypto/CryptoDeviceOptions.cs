using CryptoSim.Models.Options;

namespace CryptoSim.Models.Crypto;

/// <summary>Something that encrypts, by whatever driver: what a dm-crypt target's <c>engine</c> names.</summary>
public abstract record CryptoDeviceOptions : DeviceOptions
{
    /// <summary>Brings the driver up on a machine.</summary>
    /// <param name="parts">The kernel, the name, and the streams that belong to it.</param>
    public abstract CryptoProvider Build(CryptoParts parts);

    /// <summary>Finds values that are well formed each by itself but from which no driver can be built.</summary>
    /// <param name="name">The name of the part.</param>
    /// <param name="cpus">Online CPUs of the machine.</param>
    /// <returns>The problems in the order of the keys; empty if there are none.</returns>
    public virtual IEnumerable<OptionProblem> FindProblems(string name, int cpus) => [];
}
