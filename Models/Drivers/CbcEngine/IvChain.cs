using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Drivers.CbcEngine;

/// <summary>Requests that depend on each other: one is let go, the others wait in the order of their submission.</summary>
[KernelSource("drivers/crypto/hisilicon/sec/sec_drv.h", "struct sec_queue", Version = "v4.19", Rules = "AA-24 AA-27")]
internal sealed class IvChain
{
    private readonly Queue<CryptoRequest> _waiting = new();
    private bool _isBusy;   // one is on its way, its IV not yet left

    /// <summary>Requests that wait.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Lets a request go if none is on its way, or keeps it.</summary>
    /// <returns>True if it may go.</returns>
    public bool TryEnter(CryptoRequest request)
    {
        if (_isBusy)
        {
            _waiting.Enqueue(request);
            return false;
        }

        _isBusy = true;
        return true;
    }

    /// <summary>The one on its way has left its IV, or is none any more.</summary>
    /// <returns>The next, which is on its way now; null if none waits.</returns>
    public CryptoRequest? Leave()
    {
        _isBusy = _waiting.TryDequeue(out CryptoRequest? next);
        return next;
    }
}
