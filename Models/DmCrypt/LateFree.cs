using System.Runtime.CompilerServices;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>The rest of crypt_dec_pending after bio_endio, where that came first: the io goes to its pool, in a step of its own, because others may run between the two (DM-B23).</summary>
/// <remarks>
/// <code>
///   bio_endio(base) ──► (others may run) ──► mempool_free(io)
/// </code>
/// No time passes. Not modelled: that it runs on the CPU and in the context of the caller.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "crypt_dec_pending", Mail = "003_b607b29a8b8f132c", Rules = "DM-B23")]
internal sealed class LateFree : Waitable
{
    private readonly DmCryptTarget _target;
    private readonly Queue<DmCryptIo> _ended = new();   // their bios have ended, oldest first

    public LateFree(DmCryptTarget target)
        : base(target.Kernel.Simulation, "bio_endio", "crypt_dec_pending")
    {
        (Idle, _target) = (true, target);
        target.Kernel.Simulation.Spawn("crypt_dec_pending", Free(), daemon: true);
    }

    protected override string? WorkLeft => _ended.Count > 0 ? $"{_ended.Count} ios are to be freed" : null;

    /// <summary>The base bio of an io has ended. Context: any.</summary>
    public void Add(DmCryptIo io)
    {
        _ended.Enqueue(io);
        if (HasWaiters)
        {
            WakeFirst();
        }
    }

    private async Process Free()
    {
        _target.Kernel.Enter(CpuContext.Softirq);
        while (true)
        {
            while (_ended.Count == 0)
            {
                await WaitForEndsAsync();
            }

            _target.Free(_ended.Dequeue());
        }
    }

    private Suspension WaitForEndsAsync([CallerLineNumber] int line = 0) => Block(line);
}
