using System.Runtime.CompilerServices;
using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
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
    private static readonly Duration SoftLockup = Duration.FromSeconds(20);   // twice watchdog_thresh

    private readonly DmCryptTarget _target;
    private readonly List<DmCryptIo> _tree = [];               // write_tree, leftmost first; a sorted list, so that no node is allocated for each bio
    private readonly Queue<DmCryptIo> _batch = new();          // taken from the tree, not yet submitted, leftmost first
    [NotState]
    private readonly Process _process;                         // for diagnosis

    public WriteThread(DmCryptTarget target, string name)
        : base(target.Kernel.Simulation, name, "dmcrypt_write")
    {
        Idle = true;
        _target = target;
        _process = target.Kernel.Simulation.Spawn(name, Write(), daemon: true);
    }

    public string Label => Name;

    /// <summary>Bios that left after one with a higher sector of the same batch: a broken write tree (DM-B19).</summary>
    [field: NotState]
    public long Missorted { get; private set; }

    /// <summary>Longest time on the CPU without letting others run.</summary>
    [field: NotState]
    public Duration StretchMax { get; private set; }

    /// <summary>Most bios in one batch.</summary>
    [field: NotState]
    public int BatchMax { get; private set; }

    public string? WhyNobody => null;

    protected override string? WorkLeft => _tree.Count > 0 ? $"its write tree holds {_tree.Count} bio{(_tree.Count == 1 ? "" : "s")}" : null;

    /// <summary>Inserts a converted write and wakes the thread. Context: process or softirq.</summary>
    public void Add(DmCryptIo io)
    {
        _tree.Insert(PlaceOf(io.Sector), io);
        io.Enter(BioStage.Writer);
        io.CountHop();
        if (HasWaiters)
        {
            Duration wakeup = _target.Kernel.Cpus.AfterWakeup(FirstWaiter, _target.Options.Wakeup, nice: _target.Settings.WriterNice);
            _ = WakeFirstAfter(wakeup);
        }
    }

    public void Owners(OwnerList owners) => owners.Add(_process);

    private async Process Write()
    {
        _target.Kernel.Enter(CpuContext.Process);
        while (true)
        {
            while (_tree.Count == 0)
            {
                await WaitForWritesAsync();
            }

            TakeTree();
            await SubmitBatchAsync();
        }
    }

    private async Operation SubmitBatchAsync()
    {
        Duration cost = _target.Options.WriteCost;
        if (cost > Duration.Zero && _target.Settings.WriterYield == WriterYield.Never)
        {
            await RunWithoutYieldAsync(cost * _batch.Count);
            cost = Duration.Zero;
        }

        StretchMax = cost > StretchMax ? cost : StretchMax;
        while (_batch.Count > 0)
        {
            if (cost > Duration.Zero)
            {
                await _target.Kernel.Cpus.RunAsync(cost);
            }

            await _batch.Dequeue().SubmitBelowAsync();
        }
    }

    /// <summary>The whole batch in one stretch: nobody else gets the CPU, and after 20 s the watchdog reports it (DM-B25).</summary>
    private async Operation RunWithoutYieldAsync(Duration stretch)
    {
        if (stretch > SoftLockup)
        {
            await _target.Kernel.Cpus.RunAsync(SoftLockup);
            _target.Kernel.Simulation.Fail("DM-B25", $"BUG: soft lockup: {Name} has not let others run for {SoftLockup.ToExactString()}, in dmcrypt_write with {_batch.Count} bios in its batch");
            return;
        }

        StretchMax = stretch > StretchMax ? stretch : StretchMax;
        await _target.Kernel.Cpus.RunAsync(stretch);
    }

    private void TakeTree()
    {
        long last = long.MinValue;
        foreach (DmCryptIo io in _tree)
        {
            Missorted += io.Clone.Sector < last ? 1 : 0;
            last = io.Clone.Sector;
            _batch.Enqueue(io);
        }

        BatchMax = Math.Max(BatchMax, _tree.Count);
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
