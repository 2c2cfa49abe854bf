using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>The write path of 2.6.32 and 3.6: a write is encrypted in as many fragments as its pages come in (DM-D20, DM-S7, DM-S8).</summary>
/// <remarks>
/// <code>
///   clone with the pages there are ──► crypt_convert ─┬─ finished: submit it, go on with the same io
///        ▲                                            └─ not yet:  a new io with a context of its own (393b47ef23bb)
///        └──── rest of the write ◄── congestion_wait if pages ran out ◄─┘     before it: wait on cc->writeq, same io
/// </code>
/// Time passes in waiting for pages, for an io and for the queue. congestion_wait() takes its full 10 ms: no queue becomes uncongested here.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_write_convert", Version = "v2.6.32", Commit = "393b47ef23bb", Mail = "003_b607b29a8b8f132c", Rules = "DM-D20 DM-S7 DM-S8 DM-S9")]
public sealed partial class DmCryptIo
{
    private static readonly Duration CongestionWait = Duration.FromMilliseconds(10);   // HZ / 100

    private DmCryptIo? _baseIo;       // base_io: the first io of the write; null in that one
    private FragmentClone? _out;      // ctx->bio_out
    private FragmentClone? _queued;   // the clone whose conversion ended when io->work was queued; null when it is not
    private long _end;                // [512-byte sectors] end of the write
    private int _clones;              // clones of the write so far, counted in the first io
    private long _written;            // [B] that clones have written, counted in the first io

    /// <summary>A new life without fragments.</summary>
    private void BeginFragments()
    {
        (_baseIo, _out, _queued) = (null, null, null);
        (_end, _clones, _written) = (Sector + (Size.Bytes / 512), 0, 0);
        _context.BeginFragments();
    }

    /// <summary>Encrypts the write in fragments. Context: process.</summary>
    private async Operation ConvertFragmentsAsync()
    {
        Enter(BioStage.Conversion);
        Hold();   // until this function is through
        BeginConverting();
        DmCryptIo io = this;
        long left = Size.Bytes;
        Conversion last = Conversion.Submitted;
        while (left > 0 && last != Conversion.Failed)
        {
            FragmentClone clone = await io.AllocateCloneAsync(left);
            bool isOutOfPages = clone.IsOutOfPages;
            left -= clone.Data.Size.Bytes;
            last = await io.ConvertCloneAsync(clone);
            if (isOutOfPages && last != Conversion.Failed)
            {
                await _target.Kernel.Simulation.Delay(CongestionWait);
            }

            io = left > 0 ? await io.NextAsync(last, left) : io;
        }

        io.EndConverting();
        io.Release();
    }

    /// <summary>A clone with as many pages as there are, as <c>crypt_alloc_buffer</c>.</summary>
    private async Operation<FragmentClone> AllocateCloneAsync(long left)
    {
        FragmentClone clone = _target.TakeClone();
        clone.Begin(this, ++(_baseIo ?? this)._clones);
        if (_target.Clones is { } clones)
        {
            await clones.AllocateAsync(Gfp.NoIo, clone);
        }

        int pages = await _target.Pages.AllocateSomeAsync(clone, (int)((left + PageAllocator.PageBytes - 1) / PageAllocator.PageBytes));
        DataSize size = new(Math.Min(left, pages * (long)PageAllocator.PageBytes));
        clone.Data.Begin(_end - (left / 512), size, _target.Options.SectorSize);
        return clone;
    }

    /// <summary>Encrypts into a clone, and submits it if that is finished when the last request has been submitted.</summary>
    private async Operation<Conversion> ConvertCloneAsync(FragmentClone clone)
    {
        _out = clone;
        Hold();   // the clone
        _isConverting = true;
        _target.OnFragment("kcryptd_crypt_write_convert", clone);
        _conversionBegan = _target.Kernel.Simulation.Now;
        _context.BeginFragment(clone.Data);
        BlkStatus status = await _context.ConvertAsync(resetPending: true);
        SetError(status);
        if (!_context.ReleaseConverter())
        {
            return Conversion.Outstanding;
        }

        if (!IsFragmentReady())
        {
            return Conversion.Failed;
        }

        await SubmitFragmentAsync(clone);
        return Conversion.Submitted;
    }

    /// <summary>The io that encrypts the rest of the write.</summary>
    private async Operation<DmCryptIo> NextAsync(Conversion last, long left)
    {
        if (last == Conversion.Outstanding)
        {
            switch (_target.Options.Fragments)
            {
                case Fragments.OwnContext:
                    return await SplitAsync(left);
                case Fragments.SharedContext:
                    await _target.WriteWait.WaitAsync(_context);
                    break;
            }
        }

        Enter(BioStage.Conversion);
        Sector = _end - (left / 512);
        return this;
    }

    /// <summary>A new io for the rest, counted in the first one (DM-S8).</summary>
    private async Operation<DmCryptIo> SplitAsync(long left)
    {
        DmCryptIo next = await _target.AllocateIoAsync();
        next.Begin(_base, _end - (left / 512), new DataSize(left));
        next.Clone.Stages = Clone.Stages;   // they have come the same way
        next.Enter(BioStage.Conversion);
        next.Cpu = Cpu;
        next.Hold();
        next.BeginConverting();
        EndConverting();
        next._baseIo = _baseIo ?? this;
        if (_baseIo is not null)
        {
            _baseIo.Hold();   // the second io took over the reference of this function
            Release();
        }

        _target.OnSplit(next._baseIo, next._baseIo._pending);

        return next;
    }

    /// <summary>The write has ended: what it says of itself is true.</summary>
    private void AssertWritten() => Invariant.Holds(
        Error != Errno.Success || !_target.Settings.HasFragments || !IsWrite || _written == Size.Bytes,
        "a write ends with success only if every sector of it was written");

    /// <summary>A further fragment's io is free: the first one goes on without it.</summary>
    /// <param name="error">Its first error.</param>
    /// <param name="stages">Where its time went: the last fragment to end is the one that the bio waited for.</param>
    private void OnFragmentEnd(Errno error, in StageClock stages)
    {
        Clone.Stages = _pending == 1 ? stages : Clone.Stages;
        Error = Error == Errno.Success ? error : Error;
        _target.OnFragmentEnd(this, _pending - 1);
        Release();
    }

    /// <summary>How the conversion of a fragment stands when its last request has been submitted.</summary>
    private enum Conversion : byte
    {
        Submitted,
        Outstanding,
        Failed,
    }
}
