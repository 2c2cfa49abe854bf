using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.DmCrypt;

/// <summary>What the write path of 2.6.32 and 3.6 needs of its target: the io pool, clones of fragments, the wait queue (DM-S1, DM-S10).</summary>
[KernelSource("drivers/md/dm-crypt.c", "crypt_io_alloc, crypt_map", Version = "v2.6.32", Rules = "DM-S1 DM-S10 DM-S11")]
public sealed partial class DmCryptTarget
{
    private readonly FreeList<FragmentClone> _freeClones = new();   // clones not in use
    private int _belowZero;                                         // contexts whose counter has fallen below zero

    /// <summary>Clones of writes allocated so far; more than writes where they were split.</summary>
    [field: NotState]
    internal long ClonesAllocated { get; private set; }

    /// <summary>cc->writeq.</summary>
    internal WriteWait WriteWait { get; }

    /// <summary>cc->io_pool; null on a machine that is never short of memory, and in releases whose ios are part of the bio.</summary>
    internal MemoryPool? Ios { get; }

    /// <summary>Why conversions of this target never finish: the broken rule and a sentence; null if that is not known. Reads state alone.</summary>
    internal (string Rule, string Sentence)? BlameForHang() => _belowZero == 0
        ? null
        : ("DM-S4", $"cc_pending of a write to {Name} fell below 0: it had been set to 1 for the next fragment while requests of the one before were outstanding, so nobody sees it reach 0 and a clone is never written");

    /// <summary>An io from the pool, as <c>crypt_io_alloc</c>. Context: process.</summary>
    internal async Operation<DmCryptIo> AllocateIoAsync()
    {
        DmCryptIo io = TakeIo();
        if (Ios is not null)
        {
            await Ios.AllocateAsync(Gfp.NoIo, io);
        }

        return io;
    }

    /// <summary>A clone without pages.</summary>
    internal FragmentClone TakeClone()
    {
        ClonesAllocated++;
        return _freeClones.TryTake(out FragmentClone? reused) ? reused : new FragmentClone();
    }

    /// <summary>A clone ended or failed. One that a shared context may still point to is not used again.</summary>
    internal void Free(FragmentClone clone)
    {
        Clones?.Free(clone);
        if (Options.Fragments == DmCrypt.Fragments.OwnContext)
        {
            _freeClones.Put(clone);
        }
    }

    internal void OnPendingBelowZero() => _belowZero++;

    internal void OnFragment(string function, FragmentClone clone) => Kernel.Tracer?.Emit(TraceKind.Step, function, target: Name, subject: clone.Label);

    internal void OnSplit(DmCryptIo first, int pending) =>
        Kernel.Tracer?.Emit(TraceKind.Step, "crypt_io_alloc", target: Name, subject: first.Label, detail: $"the rest of it gets an io of its own; base_io->pending is {pending}");

    internal void OnFragmentEnd(DmCryptIo first, int pending) =>
        Kernel.Tracer?.Emit(TraceKind.Step, "crypt_dec_pending", target: Name, subject: first.Label, detail: $"a fragment of it has ended; base_io->pending is {pending}");

    private async Operation MapWithPoolAsync(Bio bio, long sector, DataSize size) =>
        await BeginAsync(await AllocateIoAsync(), bio, sector, size);
}
