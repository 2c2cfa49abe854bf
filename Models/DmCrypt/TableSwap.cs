using System.Runtime.CompilerServices;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>Somebody who loads a new table: waits until no bio is in the target, and then destroys it with its pools (DM-B23).</summary>
/// <remarks>
/// <code>
///   dm_suspend ──► asleep on md->wait until the last bio has ended ──► crypt_dtr: io_pool is gone; bios from now on are the new table's
/// </code>
/// What ends bios is the end of the base bio, not the free of its io: between the two the pool may go. Time passes in waiting.
/// Not modelled: that bios which come while the table is suspended wait; the swap is over at once. It happens once.
/// </remarks>
[KernelSource("drivers/md/dm.c", "dm_suspend, dm_wait_for_completion, dm_swap_table", Version = "v6.18", Rules = "DM-B23 DM-D6")]
internal sealed class TableSwap : Waitable, IHolder
{
    private static readonly KernelType Pool = new("io_pool", "DM-B23");

    private readonly LinuxKernel _kernel;
    private int _inFlight;           // bios in the target
    private bool _hasBegun;          // a bio has come
    private bool _isSwapped;
    private ObjectLifetime _pool;    // of the first table

    public TableSwap(LinuxKernel kernel)
        : base(kernel.Simulation, "md->wait", "dm_wait_for_completion")
    {
        (Idle, _kernel) = (true, kernel);
        kernel.Simulation.Spawn("dmsetup", Swap(), daemon: true);
    }

    public string Label => "the old table";

    public string? WhyNobody => null;

    /// <summary>A bio comes into the target.</summary>
    public void OnBegin() => (_hasBegun, _inFlight) = (true, _inFlight + 1);

    /// <summary>A bio has ended.</summary>
    public void OnEnd()
    {
        if (--_inFlight == 0 && HasWaiters)
        {
            WakeFirst();
        }
    }

    /// <summary>True as long as an io that begins comes from the old table's pool.</summary>
    public bool IsOldTable => !_isSwapped;

    /// <summary>An io of the old table is freed to its pool: a fault if that is gone.</summary>
    public void Touch() => _pool.Touch(_kernel, "crypt_dec_pending", Pool, this);

    public void Owners(OwnerList owners)
    {
        if (HasWaiters)
        {
            owners.Add(FirstWaiter);
        }
    }

    private async Process Swap()
    {
        _kernel.Enter(CpuContext.Process);
        while (!_hasBegun || _inFlight > 0)
        {
            await WaitForBiosAsync();
        }

        _isSwapped = true;
        _pool.Free(_kernel, "crypt_dtr", Pool, this);
    }

    private Suspension WaitForBiosAsync([CallerLineNumber] int line = 0) => Block(line);
}
