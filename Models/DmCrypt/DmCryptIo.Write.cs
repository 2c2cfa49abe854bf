using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>The write path of an io: pages, conversion, and on to the device below (DM-D11 to DM-D14).</summary>
[KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_write_convert, kcryptd_crypt_write_io_submit", Version = "v6.18", Rules = "DM-D11 DM-D12 DM-D40 DM-D42")]
public sealed partial class DmCryptIo
{
    /// <summary>Encrypts in kcryptd, or at once where the target writes inline. Context: process.</summary>
    internal Operation WriteAsync()
    {
        if (_target.Settings.WritesInline)
        {
            Cpu = _base.Cpu;
            return ConvertWriteAsync();
        }

        _isConverting = true;
        QueueWork(IoWork.Convert, _target.Kcryptd);
        return Operation.Completed;
    }

    private Operation ConvertWriteAsync() => _target.Settings.HasFragments ? ConvertFragmentsAsync() : ConvertWholeAsync();

    private async Operation ConvertWholeAsync()
    {
        Enter(BioStage.Conversion);
        Hold();
        BeginConverting();
        Data.Begin(Sector, Size, _target.Options.Unit);
        if (!await _target.Pages.AllocateAsync(Data, this))
        {
            SetError(BlkStatus.IoError);
            EndConverting();
            Release();
            return;
        }

        Hold();   // the clone
        _target.OnConvert(this, isWrite: true);
        _context.Begin(Data);
        _conversionBegan = _target.Kernel.Simulation.Now;
        await FinishWriteAsync(await _context.ConvertAsync(resetPending: true));
    }

    private async Operation FinishWriteAsync(BlkStatus status)
    {
        if (status == BlkStatus.DevResource)
        {
            QueueContinue();
            return;
        }

        SetError(status);
        EndConverting();
        bool isFinished = _context.ReleaseConverter();
        if (!isFinished && _target.Options.Zoned)
        {
            await _context.WaitUntilDoneAsync();
            isFinished = true;
        }

        if (isFinished)
        {
            await SubmitWriteAsync();
        }

        Release();
    }

    /// <summary>The conversion ended in its converter (async == 0). Context: process.</summary>
    private Operation SubmitWriteAsync()
    {
        if (!IsReadyForBelow())
        {
            return Operation.Completed;
        }

        if (_target.Settings.WritesInline || _target.Options.SubmitFromCryptCpus || _target.Settings.WriteOrder == WriteOrder.AsConverted)
        {
            return SubmitBelowAsync();
        }

        _target.Writer.Add(this);
        if (_target.Settings.SectorInTree == SectorInTree.Advanced)
        {
            Sector += Size.Bytes / 512;   // the key of a node that stands in the tree (DM-B19)
        }

        return Operation.Completed;
    }

    /// <summary>The conversion ended in its last callback (async == 1). Context: softirq.</summary>
    private void SubmitWriteFromCallback()
    {
        if (_target.Settings.HasFragments)
        {
            QueueFragment();
            return;
        }

        if (!IsReadyForBelow())
        {
            return;
        }

        if (_target.Settings.WritesInline)
        {
            RunHere(decrypts: false);
        }
        else if (_target.Settings.WriteOrder == WriteOrder.AsConverted)
        {
            QueueWork(IoWork.SubmitWrite, _target.KcryptdIo);
        }
        else
        {
            _target.Writer.Add(this);
        }
    }

    /// <summary>False if the conversion failed: the clone's pages and reference are gone then.</summary>
    private bool IsReadyForBelow()
    {
        _isConverting = false;
        _target.OnConverted(IsWrite, _target.Kernel.Simulation.Now - _conversionBegan);
        if (Error != Errno.Success)
        {
            _target.Pages.Free(Data, this);
            Release();
            return false;
        }

        return CheckConverted();
    }

    /// <summary>The clone goes to the device below, as <c>dm_submit_bio_remap</c>.</summary>
    internal Operation SubmitBelowAsync()
    {
        Carry(Clone, Data);
        return _target.Below.SubmitAsync(Clone);
    }

    /// <summary>A clone brings what was encrypted into its pages, where a job verifies that.</summary>
    private void Carry(Bio clone, ConvertData data)
    {
        if (_base.Content.Version > 0)
        {
            clone.CarryEncrypted(_base, data.FirstSector);
        }
    }

    /// <summary>False, with the run ended, if data leave the target of which a unit was not encrypted.</summary>
    private bool CheckConverted()
    {
        if (Data.Done == Data.Units)
        {
            return true;
        }

        _target.Kernel.Simulation.Fail(Crypto.DataRule.Id, $"{Label} leaves with {Data.Done} of its {Data.Units} sectors encrypted");
        return false;
    }
}
