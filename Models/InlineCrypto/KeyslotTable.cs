using System.Globalization;
using System.Numerics;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>The keyslots of a host: which key is where, and which slot is the next to be given up. Waits for nothing and locks nothing.</summary>
/// <remarks>
/// <code>
///   TryGrab(key) ──► hit: references++ │ miss ──► Victim (head of the idle list) ──► Programmed(victim, key)
///   Put(slot)    ──► last reference: to the tail of the idle list
///   Clear(slot)  ──► the slot is emptied where it stands on the list (KS-3)
/// </code>
/// </remarks>
[KernelSource("block/blk-crypto-profile.c", "blk_crypto_find_keyslot, blk_crypto_find_and_grab_keyslot, blk_crypto_remove_slot_from_lru_list", Version = "v6.18", Rules = "KS-1 KS-2 KS-3 KS-4 KS-12 KS-16")]
public sealed class KeyslotTable
{
    private readonly Keyslot[] _slots;          // by number
    private readonly Keyslot?[] _buckets;       // first of each chain; a power of two of them, at least 2
    private Keyslot? _head;                     // idle slots, the next victim first
    private Keyslot? _tail;
    private int _idle;                          // on the list

    /// <summary>A table whose slots are empty and idle, in the order of their numbers (KS-1).</summary>
    /// <param name="slots">Slots [0..].</param>
    public KeyslotTable(int slots)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slots);
        _slots = new Keyslot[slots];
        _buckets = new Keyslot?[BitOperations.RoundUpToPowerOf2((uint)Math.Max(slots, 2))];
        for (int i = 0; i < slots; i++)
        {
            _slots[i] = new Keyslot(i, "keyslot#" + i.ToString(CultureInfo.InvariantCulture));
            Append(_slots[i]);
        }
    }

    /// <summary>num_slots.</summary>
    public int Count => _slots.Length;

    /// <summary>Slots that nobody refers to.</summary>
    public int Idle => _idle;

    /// <summary>Slots in use.</summary>
    public int InUse => _slots.Length - _idle;

    /// <summary>References to all slots together; counted when asked.</summary>
    public int References
    {
        get
        {
            int references = 0;
            foreach (Keyslot slot in _slots)
            {
                references += slot.References;
            }

            return references;
        }
    }

    /// <summary>The slot that a missing key would be programmed into: the head of the idle list; null if every slot is in use.</summary>
    public Keyslot? Victim => _head;

    /// <summary>A slot by its number.</summary>
    public Keyslot this[int number] => _slots[number];

    /// <summary>The slot that holds a key; null if none does. Changes nothing.</summary>
    [KernelSource("block/blk-crypto-profile.c", "blk_crypto_find_keyslot", Version = "v6.18")]
    public Keyslot? Find(BlkCryptoKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        for (Keyslot? slot = _buckets[Bucket(key)]; slot is not null; slot = slot.NextInBucket)
        {
            if (slot.Key == key)
            {
                return slot;
            }
        }

        return null;
    }

    /// <summary>One more reference to the slot that holds a key, from wherever it stands on the idle list (KS-4); null if none does.</summary>
    [KernelSource("block/blk-crypto-profile.c", "blk_crypto_find_and_grab_keyslot", Version = "v6.18", Rules = "KS-4 KS-6")]
    public Keyslot? TryGrab(BlkCryptoKey key)
    {
        Keyslot? slot = Find(key);
        if (slot is not null && slot.References++ == 0)
        {
            Remove(slot);
        }

        return slot;
    }

    /// <summary>The victim holds the key now, with one reference; the key that it held is in no slot any more (KS-12).</summary>
    public void Programmed(Keyslot victim, BlkCryptoKey key)
    {
        ArgumentNullException.ThrowIfNull(victim);
        Invariant.Holds(victim.IsIdle, "a slot in use is never programmed (KS-K4)");
        Unhash(victim);
        victim.Key = key;
        Hash(victim);
        victim.References = 1;
        Remove(victim);
    }

    /// <summary>One reference less.</summary>
    /// <returns>True if it was the last: the slot is idle now, at the tail of the list (KS-16).</returns>
    [KernelSource("block/blk-crypto-profile.c", "blk_crypto_put_keyslot", Version = "v6.18", Rules = "KS-16")]
    public bool Put(Keyslot slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        Invariant.Holds(slot.References > 0, "no reference is put that was not taken (KS-K1)");
        if (--slot.References > 0)
        {
            return false;
        }

        Append(slot);
        return true;
    }

    /// <summary>The slot holds no key any more and keeps its place on the idle list, if it is there (KS-3).</summary>
    public void Clear(Keyslot slot)
    {
        ArgumentNullException.ThrowIfNull(slot);
        Unhash(slot);
        slot.Key = null;
    }

    /// <summary>The idle slots, the next victim first; for people.</summary>
    public IReadOnlyList<Keyslot> IdleInOrder()
    {
        List<Keyslot> order = [];
        for (Keyslot? slot = _head; slot is not null; slot = slot.Next)
        {
            order.Add(slot);
        }

        return order;
    }

    private int Bucket(BlkCryptoKey key) => key.Number & (_buckets.Length - 1);

    private void Append(Keyslot slot)
    {
        (slot.Previous, slot.Next) = (_tail, null);
        if (_tail is null)
        {
            _head = slot;
        }
        else
        {
            _tail.Next = slot;
        }

        _tail = slot;
        _idle++;
    }

    private void Remove(Keyslot slot)
    {
        if (slot.Previous is null)
        {
            _head = slot.Next;
        }
        else
        {
            slot.Previous.Next = slot.Next;
        }

        if (slot.Next is null)
        {
            _tail = slot.Previous;
        }
        else
        {
            slot.Next.Previous = slot.Previous;
        }

        (slot.Previous, slot.Next) = (null, null);
        _idle--;
    }

    private void Hash(Keyslot slot)
    {
        int bucket = Bucket(slot.Key!);
        slot.NextInBucket = _buckets[bucket];
        _buckets[bucket] = slot;
    }

    private void Unhash(Keyslot slot)
    {
        if (slot.Key is null)
        {
            return;
        }

        int bucket = Bucket(slot.Key);
        Keyslot? before = null;
        for (Keyslot? at = _buckets[bucket]; at != slot; at = at!.NextInBucket)
        {
            before = at;
        }

        if (before is null)
        {
            _buckets[bucket] = slot.NextInBucket;
        }
        else
        {
            before.NextInBucket = slot.NextInBucket;
        }

        slot.NextInBucket = null;
    }
}
