using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>The hardware queue of one transformation with what stands in front of it: <c>struct sec_queue</c>, and the backlog of <c>struct sec_alg_tfm_ctx</c>.</summary>
/// <remarks>
/// <code>
///   backlog (requests) ──► softqueue (elements) ──► ring: expected ► [done] [in an engine] [done] ◄ write
///                                                     only what is done at `expected` is called back (AA-30)
/// </code>
/// </remarks>
[KernelSource("drivers/crypto/hisilicon/sec/sec_drv.h", "struct sec_queue", Version = "v4.19", Rules = "AA-24 AA-30")]
internal sealed class SecQueue
{
    private readonly RingBuffer<CryptoRequest> _shadow;       // elements in the ring from `expected` on
    private readonly RingBuffer<bool> _unprocessed;           // of each, that it is done and not called back
    private readonly RingBuffer<CryptoRequest>? _softqueue;   // null for a mode that does not chain

    /// <summary>sec_queue_alloc_start_safe(), and a kfifo for a mode that chains.</summary>
    public SecQueue(SecOptions options, bool hasSoftqueue)
    {
        _shadow = new RingBuffer<CryptoRequest>(options.QueueLen);
        _unprocessed = new RingBuffer<bool>(options.QueueLen);
        _softqueue = hasSoftqueue ? new RingBuffer<CryptoRequest>(options.Softqueue) : null;
    }

    /// <summary>Requests that found no room, in their order.</summary>
    public Queue<CryptoRequest> Backlog { get; } = new();

    /// <summary>The mode chains.</summary>
    public bool HasSoftqueue => _softqueue is not null;

    /// <summary>Elements in the softqueue: kfifo_len.</summary>
    public int SoftqueueLength => _softqueue?.Count ?? 0;

    /// <summary>Elements that the softqueue has room for: kfifo_avail.</summary>
    public int Avail => _softqueue is null ? 0 : _softqueue.Capacity - _softqueue.Count;

    /// <summary>Elements in the ring.</summary>
    public int Used => _shadow.Count;

    /// <summary>sec_queue_can_enqueue().</summary>
    public bool CanEnqueue(int elements) => _shadow.Capacity - _shadow.Count >= elements;

    /// <summary>An element of the ring has the IV pointer of another.</summary>
    public bool HasInRing(IvCell iv)
    {
        for (int i = 0; i < _shadow.Count; i++)
        {
            if (SecElement.ChainedRequestOf(_shadow[i])?.Cell == iv)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>sec_queue_send().</summary>
    public void Send(CryptoRequest element)
    {
        _shadow.Enqueue(element);
        _unprocessed.Enqueue(false);
    }

    /// <summary>kfifo_put().</summary>
    /// <returns>False if it is full.</returns>
    public bool TryPut(CryptoRequest element)
    {
        if (Avail == 0)
        {
            return false;
        }

        _softqueue!.Enqueue(element);
        return true;
    }

    /// <summary>The first element of the softqueue.</summary>
    public CryptoRequest Peek() => _softqueue![0];

    /// <summary>kfifo_get().</summary>
    public CryptoRequest Get() => _softqueue!.Dequeue();

    /// <summary>The hardware says of an element, in whatever order, that it is done.</summary>
    public void MarkDone(CryptoRequest element)
    {
        int place = 0;
        while (_shadow[place] != element)
        {
            place++;
        }

        _unprocessed[place] = true;
    }

    /// <summary>Takes the expected element out of the ring if it is done.</summary>
    public CryptoRequest? TakeExpected()
    {
        if (_shadow.Count == 0 || !_unprocessed[0])
        {
            return null;
        }

        _unprocessed.Dequeue();
        return _shadow.Dequeue();
    }
}
