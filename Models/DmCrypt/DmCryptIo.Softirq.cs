using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.DmCrypt;

/// <summary>Where a read is decrypted, and what of an io runs in softirq: DM-D40's table.</summary>
[KernelSource("drivers/md/dm-crypt.c", "kcryptd_queue_crypt, kcryptd_crypt_tasklet", Version = "v6.18", Rules = "DM-D40 DM-B05 DM-B07")]
public sealed partial class DmCryptIo
{
    private IoTasklet? _tasklet;   // io->tasklet; null until the io first needs it
    private IoBhWork? _bhWork;     // the same in a BH work item, or the rest of what runs already
    private bool _decrypts;        // the softirq is to decrypt; else it submits a write
    private bool _isInTasklet;     // io->in_tasklet

    /// <summary>Decrypts in kcryptd, or by no_read_workqueue where the clone ended.</summary>
    private void QueueDecryption()
    {
        _isConverting = true;
        CpuContext context = _target.Kernel.Context;
        if (!_target.Options.NoReadWorkqueue || _isRecheck)
        {
            QueueWork(IoWork.Convert, _target.Kcryptd);
        }
        else if (context == CpuContext.Process && _submission == ReadSubmission.Pending)
        {
            _submission = ReadSubmission.Ended;
        }
        else if (_target.Kernel.IrqsDisabled)
        {
            DecryptFromInterrupt(context);
        }
        else
        {
            RunHere(decrypts: true);
        }
    }

    private void DecryptFromInterrupt(CpuContext context)
    {
        switch (_target.Settings.DecryptFromInterrupt)
        {
            case DmCrypt.DecryptFromInterrupt.Kcryptd:
                QueueWork(IoWork.Convert, _target.Kcryptd);
                break;

            case DmCrypt.DecryptFromInterrupt.BhWork:
                (_decrypts, _bhWork) = (true, _bhWork ?? new IoBhWork(this));
                Raise(_bhWork);
                break;

            case DmCrypt.DecryptFromInterrupt.TaskletInHardirq when context == CpuContext.IrqsOff:
                _target.Kernel.Simulation.Fail(
                    "DM-B05", $"inconsistent lock state: {Label} is decrypted with interrupts disabled, and the crypto API and its locks enable them");
                break;

            default:
                (_decrypts, _isInTasklet, _tasklet) = (true, true, _tasklet ?? new IoTasklet(this));
                _tasklet.Initialize();
                Raise(_tasklet);
                break;
        }
    }

    /// <summary>Goes on in the softirq that runs now, once that has returned; from elsewhere in one of its own.</summary>
    private void RunHere(bool decrypts)
    {
        (_decrypts, _bhWork) = (decrypts, _bhWork ?? new IoBhWork(this));
        Enter(BioStage.Interrupt);
        if (!_target.Kernel.RunNext(_bhWork))
        {
            Raise(_bhWork);
        }
    }

    private void Raise(SoftirqWork work)
    {
        Enter(BioStage.Interrupt);
        _target.Kernel.Softirqs.Raise(_target.Kernel.CpuOr(_base.Cpu), work);
    }

    /// <summary>The bio has ended, and with it the memory of the io and its tasklet.</summary>
    internal void LoseMemory() => _tasklet?.LoseMemory();

    private Operation RunInSoftirqAsync() => _decrypts ? ConvertReadAsync() : SubmitBelowAsync();

    /// <summary>The tasklet of an io, which lies in the io's own memory.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt_tasklet", Version = "v5.11", Rules = "DM-D40 DM-B07")]
    private sealed class IoTasklet(DmCryptIo io) : Tasklet
    {
        private readonly DmCryptIo _io = io;

        /// <inheritdoc/>
        public override string Label => "the tasklet of " + _io.Label;

        /// <inheritdoc/>
        public override Operation RunAsync() => _io.RunInSoftirqAsync();
    }

    /// <summary>The work item of an io on system_bh_wq, or what goes on in the softirq that runs already.</summary>
    [KernelSource("drivers/md/dm-crypt.c", "kcryptd_crypt", Version = "v6.9", Rules = "DM-D40 DM-B07")]
    private sealed class IoBhWork(DmCryptIo io) : BhWork
    {
        private readonly DmCryptIo _io = io;

        /// <inheritdoc/>
        public override Operation RunAsync() => _io.RunInSoftirqAsync();
    }
}
