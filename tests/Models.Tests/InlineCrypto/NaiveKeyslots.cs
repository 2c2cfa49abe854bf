using CryptoSim.Models.InlineCrypto;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>The rules of keyslots (KS-1 to KS-18) once more, on plain lists: what the table is compared with.</summary>
internal sealed class NaiveKeyslots(int slots)
{
    private readonly BlkCryptoKey?[] _keys = new BlkCryptoKey?[slots];
    private readonly int[] _references = new int[slots];

    /// <summary>Numbers of the idle slots, the next victim first.</summary>
    public List<int> Idle { get; } = [.. Enumerable.Range(0, slots)];

    public int Programs { get; private set; }

    public BlkCryptoKey? KeyOf(int slot) => _keys[slot];

    public int ReferencesOf(int slot) => _references[slot];

    public int SlotOf(BlkCryptoKey key) => Array.IndexOf(_keys, key);

    /// <returns>The slot, or -1 if all are in use.</returns>
    public int Get(BlkCryptoKey key, bool programFails = false)
    {
        int slot = SlotOf(key);
        if (slot < 0)
        {
            if (Idle.Count == 0 || programFails)
            {
                Programs += Idle.Count > 0 ? 1 : 0;
                return -1;
            }

            slot = Idle[0];
            _keys[slot] = key;
            Programs++;
        }

        _references[slot]++;
        Idle.Remove(slot);
        return slot;
    }

    public void Put(int slot)
    {
        if (--_references[slot] == 0)
        {
            Idle.Add(slot);
        }
    }

    public void Evict(BlkCryptoKey key)
    {
        int slot = SlotOf(key);
        if (slot >= 0)
        {
            _keys[slot] = null;
        }
    }

    /// <summary>What a table looks like that agrees, for messages.</summary>
    public override string ToString() => Describe(slots, n => (_keys[n]?.Label, _references[n]), Idle);

    public static string Describe(KeyslotTable table) =>
        Describe(table.Count, n => (table[n].Key?.Label, table[n].References), table.IdleInOrder().Select(s => s.Number));

    private static string Describe(int count, Func<int, (string? Key, int References)> slot, IEnumerable<int> idle) =>
        string.Join(' ', Enumerable.Range(0, count).Select(n => $"s{n}({slot(n).Key ?? "-"} x{slot(n).References})")) + " idle " + string.Join(',', idle);
}
