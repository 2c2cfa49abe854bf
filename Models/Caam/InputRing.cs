using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Caam;

/// <summary>Room of the hardware's input ring as the driver sees it: a second limit beside the entries, regained when CAAM fetches a job (DM-J3).</summary>
/// <remarks>
/// With as many entries as the software ring it is never the one that refuses. A smaller one with
/// <see cref="InputRoom.Cached"/> can read 0 at the use of its last slot, and nothing reads it again.
/// </remarks>
[KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Version = "v6.18", Rules = "DM-J3 DM-J17")]
internal sealed class InputRing(int entries, InputRoom room)
{
    private readonly int _entries = entries;
    private readonly InputRoom _room = room;
    private int _available = entries;   // inpring_avail, when cached

    /// <summary>True if the driver believes that another job fits.</summary>
    /// <param name="unfetched">Jobs in the input ring.</param>
    public bool HasRoom(int unfetched) => _room == InputRoom.Cached ? _available > 0 : unfetched < _entries;

    /// <summary>A job was written.</summary>
    /// <param name="unfetched">Jobs in the input ring afterwards.</param>
    public void OnAdded(int unfetched)
    {
        if (_room == InputRoom.Cached && --_available == 0)
        {
            _available = _entries - unfetched;
        }
    }
}
