using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Caam;

/// <summary>The timer threshold of interrupt coalescing: runs from the first finished job that did not raise the interrupt.</summary>
[KernelSource("drivers/crypto/caam/regs.h", "JRCFG_ICTT", Version = "v4.1", Rules = "DM-J4")]
internal sealed class CoalesceTimer(Simulation simulation, string name, JobRingInterrupt interrupt, Duration timeout) : Simulator.Timer(simulation, name + ".coalesce")
{
    private readonly JobRingInterrupt _interrupt = interrupt;
    private readonly Duration _timeout = timeout;   // [ps] JRCFG_ICTT

    /// <summary>Starts the timer unless it runs.</summary>
    public void Start()
    {
        if (!IsArmed)
        {
            Arm(_timeout);
        }
    }

    /// <summary>While armed it will raise the interrupt.</summary>
    public void Owners(OwnerList owners)
    {
        if (IsArmed)
        {
            owners.Add(this);
        }
    }

    /// <inheritdoc/>
    protected override void OnExpired() => _interrupt.OnCoalesceTimeout();
}
