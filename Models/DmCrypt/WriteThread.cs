using System.Runtime.CompilerServices;
using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>The dmcrypt_write thread: takes all converted writes at once and submits them in order of their sector (DM-D12, DM-D13).</summary>
/// <remarks>
/// <code>
///   Add ──► write tree (by sector; equal sectors in order of arrival) ──► dmcrypt_write takes the whole tree ──► Below, leftmost first
/// </code>
/// A batch is what arrived while the last one was submitted. Time passes in the wake-up and in the device below.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "dmcrypt_write, kcryptd_crypt_write_io_submit", Version = "v4.1", Rules = "DM-D12 DM-D13 DM-B26")]
internal sealed class WriteThread : Waitable, IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly IBlockDevice _below;
    private readonly Duration _wakeup;                         // [ps] from waking the thread until it runs
    private readonly List<DmCryptIo> _tree = [];               // write_tree, leftmost first; a sorted list, so that no node is allocated for each bio
    private readonly Queue<DmCryptIo> _batch = new();          // taken from the tree, not yet submitted, leftmost first
    [NotState]
    private readonly Process _process;                         // for diagnosis

    public WriteThread(LinuxKernel kernel, string name, IBlockDevice below, Duration wakeup)
        : base(kernel.Simulation, name, "dmcrypt_write")
    {
        Idle = true;
        (_kernel, _below, _wakeup) = (kernel, below, wakeup);
        _process = kernel.Simulation.Spawn(name, Write(), daemon: true);
    }

    public string Label => Name;

    public string? WhyNobody => null;

    protected override string? WorkLeft => _tree.Count > 0 ? $"its write tree holds {_tree.Count} bio{(_tree.Count == 1 ? "" : "s")}" : null;

    /// <summary>Inserts a converted write and wakes the thread. Context: process or softirq.</summary>
    public void Add(DmCryptIo io)
    {
        _tree.Insert(PlaceOf(io.Sector), io);
        if (HasWaiters)
        {
            _ = _wakeup == Duration.Zero ? WakeFirst() : WakeFirstAfter(_wakeup);
        }
    }

    public void Owners(OwnerList owners) => owners.Add(_process);

    private async Process Write()
    {
        _kernel.Enter(CpuContext.Process);
        while (true)
        {
            while (_tree.Count == 0)
            {
                await WaitForWritesAsync();
            }

            TakeTree();
            while (_batch.Count > 0)
            {
                await _below.SubmitAsync(_batch.Dequeue().Clone);
            }
        }
    }

    private void TakeTree()
    {
        foreach (DmCryptIo io in _tree)
        {
            _batch.Enqueue(io);
        }

        _tree.Clear();
    }

    /// <summary>Right of every io with a sector not above this one: equal keys go right.</summary>
    private int PlaceOf(long sector)
    {
        (int low, int high) = (0, _tree.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _tree[middle].Sector <= sector ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private Suspension WaitForWritesAsync([CallerLineNumber] int line = 0) => Block(line);
}
