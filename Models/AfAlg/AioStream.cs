using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>What the tasks of one operation socket share: the socket, and how much of its stream is left to submit.</summary>
[KernelSource("crypto/af_alg.c", "af_alg_accept", Version = "v4.14", Rules = "AA-1 AA-7")]
internal sealed class AioStream(OperationSocket socket, AfAlgOptions options)
{
    private readonly AfAlgOptions _options = options;
    private int _tasks = options.Numjobs;   // that have not ended
    private long _messages;   // sendmsg with an IV so far
    private long _reserved;   // [B] of the stream, for tasks to send

    /// <summary>The socket.</summary>
    public OperationSocket Socket { get; } = socket;

    /// <summary>Where what is read comes to lie, in the order of the stream; null where nobody looks at it.</summary>
    [field: NotState]
    public OutputBuffer? Output { get; init; }

    /// <summary>Data that no task has taken upon itself [B].</summary>
    public long Left { get; private set; } = options.StreamBytes;

    /// <summary>All its tasks have ended.</summary>
    public bool IsFinished => _tasks == 0;

    /// <summary>A task has ended.</summary>
    public void OnTaskFinished() => _tasks--;

    /// <summary>A task takes some upon itself, or what there is.</summary>
    public long Take(long bytes)
    {
        long taken = Math.Min(bytes, Left);
        Left -= taken;
        return taken;
    }

    /// <summary>It did not come to some.</summary>
    public void GiveBack(long bytes) => Left += bytes;

    /// <summary>A task gets the next of the stream to send.</summary>
    public TxRun Reserve(long bytes)
    {
        TxRun run = new(_reserved, bytes);
        _reserved += bytes;
        return run;
    }

    /// <summary>sendmsg() of a run of the stream, with the IV if it is that one's turn.</summary>
    public Operation<Sent> SendAsync(TxRun run)
    {
        bool sets = _messages == 0 || _options.SetIv == SetIv.Each;
        SendMessage message = Message(run);
        return Socket.SendAsync(sets ? message with { Op = _options.Op, Iv = _options.InlineIvOf(_messages++) } : message);
    }

    /// <summary>MSG_MORE on all of them, but for the end of a stream that ends within a block.</summary>
    private SendMessage Message(TxRun run) =>
        new(run.Bytes, More: run.Position + run.Bytes < _options.StreamBytes || _options.StreamBytes % Skcipher.BlockSize == 0) { Position = run.Position };
}
