using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Caam;

/// <summary>The entries of a ring (<c>entinfo</c>): which are in use, and which become free when a job is retired.</summary>
/// <remarks>
/// <code>
///   in-ring-order:  tail ► [done] [job] [done] [job] ◄ head     only a done entry at the tail is freed (DM-J10)
///   any-order:      a count                                      each retired job frees its own
/// </code>
/// </remarks>
[KernelSource("drivers/crypto/caam/jr.c", "caam_jr_dequeue", Version = "v4.1", Rules = "DM-J9 DM-J10")]
internal sealed class RingEntries(int capacity, Freed freed)
{
    private readonly RingBuffer<CryptoRequest?>? _inOrder = freed == Freed.InRingOrder ? new(capacity) : null;   // request of each entry from the oldest, null once finished
    private readonly int _capacity = capacity;
    private int _counted;   // entries in use, when their order does not matter

    /// <summary>Jobs that fit.</summary>
    public int Capacity => _capacity;

    /// <summary>Entries in use, those of finished jobs behind an unfinished one included.</summary>
    public int Used => _inOrder?.Count ?? _counted;

    /// <summary>Fills the next entry.</summary>
    public void Fill(CryptoRequest request)
    {
        if (_inOrder is null)
        {
            _counted++;
        }
        else
        {
            _inOrder.Enqueue(request);
        }
    }

    /// <summary>The request's job is retired: frees its entry, or all finished ones at the tail.</summary>
    public void Retire(CryptoRequest request)
    {
        if (_inOrder is null)
        {
            _counted--;
            return;
        }

        _inOrder[PlaceOf(request)] = null;
        while (_inOrder.Count > 0 && _inOrder[0] is null)
        {
            _inOrder.Dequeue();
        }
    }

    /// <summary>Looks for it from the tail, as <c>caam_jr_dequeue</c> does by the address of its descriptor (DM-J9).</summary>
    private int PlaceOf(CryptoRequest request)
    {
        for (int i = 0; i < _inOrder!.Count; i++)
        {
            if (_inOrder[i] == request)
            {
                return i;
            }
        }

        throw new InvariantException("a retired job has an entry in the ring");
    }
}
