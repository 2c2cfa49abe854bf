using CryptoSim.Models.Block;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>How the clone of a fragment goes below, and what is wrong with it if the context has moved on meanwhile (DM-S3 to DM-S6).</summary>
/// <remarks>
/// <code>
///   last callback: pending is 0 ──► io->work on kcryptd_io ─ ─ later ─ ─► reads ctx->bio_out and io->sector ──► device below
/// </code>
/// With a context for each fragment nobody touches either in between. With a shared one the converter does.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_write_io_submit, kcryptd_io_write, crypt_endio", Version = "v2.6.32", Mail = "003_b607b29a8b8f132c", Rules = "DM-S3 DM-S4 DM-S5 DM-S6")]
public sealed partial class DmCryptIo
{
    [NotState]
    private FragmentClone? _below;   // the clone that went below last, for diagnosis

    /// <summary>The last callback queues the submission, as <c>kcryptd_queue_io</c>. Context: softirq.</summary>
    private void QueueFragment()
    {
        if (!IsFragmentReady())
        {
            return;
        }

        if (IsPending)
        {
            _target.Kernel.Simulation.Fail("DM-S6", $"io->work of {Label} is initialised again while it is queued on kcryptd_io for {_queued!.Label}: the list of that queue is broken, and {_queued.Label} is not written");
            return;
        }

        _queued = _out;
        _target.OnFragment("kcryptd_queue_io", _out!);
        QueueWork(IoWork.SubmitWrite, _target.KcryptdIo);
    }

    /// <summary>False if the conversion failed: the clone, its pages and its reference are gone then.</summary>
    private bool IsFragmentReady()
    {
        _isConverting = false;
        _target.OnConverted(isWrite: true, _target.Kernel.Simulation.Now - _conversionBegan);
        if (Error == Errno.Success)
        {
            return true;
        }

        EndClone(_out!);
        _target.WriteWait.WakeUp();
        return false;
    }

    /// <summary>The work item of kcryptd_io. Context: process.</summary>
    private Operation SubmitQueuedAsync()
    {
        FragmentClone converted = _queued!;
        _queued = null;
        _target.OnFragment("kcryptd_io_write", _out!);
        return SubmitFragmentAsync(converted);
    }

    /// <summary>Submits what ctx->bio_out is now to the sector that io->sector is now. Context: process.</summary>
    /// <param name="converted">The clone whose conversion ended: not what is submitted, if the context has moved on.</param>
    private async Operation SubmitFragmentAsync(FragmentClone converted)
    {
        FragmentClone clone = _out!;
        if (FindCorruption(clone, converted) is { } found)
        {
            _target.Kernel.Simulation.Fail(found.Rule, found.Sentence);
            return;
        }

        if (_target.Options.Fragments == Fragments.OwnContext)
        {
            _out = null;
        }

        _below = clone;
        clone.BeginBelow(Sector, _base, _target.Kernel.Simulation.Now);
        clone.Bio.Stages = Clone.Stages;
        Carry(clone.Bio, clone.Data);
        await _target.Below.SubmitAsync(clone.Bio);
        _target.WriteWait.WakeUp();
    }

    /// <summary>What a disk would be given: an unencrypted sector, a clone for the second time, data of another sector.</summary>
    private (string Rule, string Sentence)? FindCorruption(FragmentClone clone, FragmentClone converted)
    {
        ConvertData data = clone.Data;
        bool isOther = converted != clone;
        if (clone.IsSubmitted)
        {
            return ("DM-S3", $"{clone.Label} is submitted a second time{(isOther ? $", and {converted.Label} never: ctx->bio_out has moved on" : "")}");
        }

        if (data.Done < data.Units)
        {
            string leaves = $"{clone.Label} leaves with {data.Done} of its {data.Units} sectors encrypted";
            return isOther ? ("DM-S3", $"{leaves}, and {converted.Label}, whose turn it is, never: ctx->bio_out has moved on")
                : _context.WasReset ? ("DM-S4", $"{leaves}: cc_pending was set to 1 for it while requests of the clone before were outstanding, and their callbacks counted it down")
                : (DataRule.Id, leaves);
        }

        return data.FirstSector == Sector
            ? null
            : ("DM-S5", $"{clone.Label}, encrypted for sector {data.FirstSector}, goes to sector {Sector}: io->sector has moved on to the next fragment");
    }

    /// <summary>A clone is written, as <c>crypt_endio</c>. Context: softirq, or what the device's interrupt runs in.</summary>
    internal void OnCloneEnd(FragmentClone clone)
    {
        Error = Error == Errno.Success ? clone.Bio.Error : Error;
        (_baseIo ?? this)._written += clone.Data.Size.Bytes;
        Clone.Stages = _pending == 1 ? clone.Bio.Stages : Clone.Stages;
        EndClone(clone);
    }

    private void EndClone(FragmentClone clone)
    {
        _target.Pages.Free(clone.Data, clone);
        _target.Free(clone);
        Release();
    }

    /// <summary>The device has the clone, kcryptd_io is to submit it, or the provider still works on it; then further fragments.</summary>
    private void FragmentOwners(OwnerList owners)
    {
        if (_previousPart is not null)
        {
            owners.Add(_previousPart);
        }

        if (IsPending)
        {
            (_work == IoWork.SubmitWrite ? _target.KcryptdIo : _target.Kcryptd).Owners(owners);
        }
        else if (_isConverting)
        {
            _target.ConvertingOwners(owners, inProvider: true);
        }
        else if ((_out ?? _below) is { } clone)
        {
            owners.Add(clone);
        }
    }
}
