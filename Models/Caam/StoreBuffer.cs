using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Caam;

/// <summary>Entries of the input ring that are written but not yet visible to the hardware, which has been told of them: what a weak barrier lets happen (DM-J18).</summary>
/// <remarks>Writes become visible in their order, each a while after the one before. Only a ring with <see cref="WriteBarrier.Weak"/> has one.</remarks>
[KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Version = "v4.1", Rules = "DM-J18 DM-B29")]
internal sealed class StoreBuffer
{
    private readonly LinuxKernel _kernel;
    private readonly Duration _delay;                  // [ps] until a write is visible
    private readonly Store<CryptoRequest> _written;

    public StoreBuffer(LinuxKernel kernel, string name, Duration delay)
    {
        (_kernel, _delay) = (kernel, delay);
        _written = new Store<CryptoRequest>(kernel.Simulation, name: name + ".stores") { Idle = true };
        kernel.Simulation.Spawn(name + "/stores", Drain(), daemon: true);
    }

    /// <summary>An entry is written.</summary>
    public void Add(CryptoRequest job)
    {
        job.Edesc.IsUnwritten = true;
        _written.TryPut(job);
    }

    private async Process Drain()
    {
        _kernel.Enter(CpuContext.Hardware);
        while (true)
        {
            CryptoRequest job = await _written.GetAsync();
            await _kernel.Simulation.Delay(_delay);
            job.Edesc.IsUnwritten = false;
        }
    }
}
