using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Drivers;

/// <summary>A driver whose queue is run by whoever finds the hardware idle: a submitter, or the tasklet after a job.</summary>
/// <remarks>
/// <code>
///   submit: enqueue ──► busy? answer : notify, start ──► engine ──► tasklet: callback, then notify, start the next
/// </code>
/// No time passes here. A notification may come in the context of another submitter.
/// </remarks>
[KernelSource("drivers/crypto/omap-aes.c", "omap_aes_handle_queue, omap_aes_done_task", Version = "v4.1", Rules = "DM-Q5 DM-P5 DM-P10")]
public sealed class CryptoQueueTaskletDriver : CryptoQueueDriver
{
    private bool _isBusy;   // FLAGS_BUSY

    internal CryptoQueueTaskletDriver(CryptoParts parts, CryptoQueueDriverOptions options, QueueProfile profile)
        : base(parts, options, profile)
    {
    }

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        SubmitResult result = Enqueue(request);
        HandleQueue();
        return result;
    }

    /// <inheritdoc/>
    protected override void OnJobEnded(CryptoRequest request)
    {
        _isBusy = false;
        CallBack(request, Errno.Success, Profile.Run);
        HandleQueue();
    }

    private void HandleQueue()
    {
        if (_isBusy)
        {
            return;
        }

        (CryptoRequest? backlog, CryptoRequest? request) = Dequeue();
        if (request is null)
        {
            return;
        }

        _isBusy = true;
        if (backlog is not null)
        {
            CallBack(backlog, Errno.EINPROGRESS, Profile.Run);
        }

        Start(request);
    }
}
