using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>A process that runs interrupts or softirqs, and can run more in the same context.</summary>
internal interface IAtomicRunner : IHolder
{
    /// <summary>True if it is this process that runs.</summary>
    bool Runs(Process process);

    /// <summary>Runs work in the same context and on the same CPU, once what runs now has returned.</summary>
    void RunNext(SoftirqWork work);
}
