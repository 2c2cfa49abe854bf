using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Drivers;

/// <summary>The driver of a talitos channel: counts descriptors in flight, and answers EAGAIN when the FIFO is full.</summary>
/// <remarks>
/// <code>
///   talitos_submit: submit_count + 1 unless it is 0 ──► FIFO ──► engine ──► talitos_done: flush_channel, submit_count - 1, callback
///        └─ 0: EAGAIN, with or without MAY_BACKLOG
/// </code>
/// EAGAIN is a refusal like any other (DM-C1): dm-crypt ends the bio with EIO. Nothing hangs, and data are not written.
/// Time passes in the engine and in the handlers. Not modelled: several channels, of which a tfm gets one.
/// </remarks>
[KernelSource("drivers/crypto/talitos.c", "talitos_submit, flush_channel", Version = "v4.1", Rules = "DM-P11 DM-B32")]
public sealed class TalitosDriver : AcceleratorDriver
{
    private int _submitCount;   // from -(chfifo_len - 1); 0 is full

    /// <summary>Brings the channel up.</summary>
    public TalitosDriver(CryptoParts parts, TalitosOptions options)
        : base(parts, options, (options?.ChannelFifoLen ?? 1) - 1, "talitos_interrupt")
    {
        _submitCount = -Capacity;
    }

    /// <inheritdoc/>
    public override int Kept => 0;

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Kernel.Tracer?.Calling("talitos_submit", Name, request);
        if (_submitCount == 0)
        {
            return Answer(request, SubmitResult.Error(Errno.EAGAIN), "rejected", "talitos_submit");
        }

        _submitCount++;
        Start(request);
        return Answer(request, SubmitResult.InProgress, function: "talitos_submit");
    }

    /// <inheritdoc/>
    protected override void OnJobEnded(CryptoRequest request)
    {
        _submitCount--;
        CallBack(request, Errno.Success, "flush_channel");
    }
}
