namespace CryptoSim.Simulator.Exploration.Search;

/// <summary>A set of 64-bit fingerprints, 8 bytes each: open addressing in segments that grow one after the other, so that growing never needs all of it twice.</summary>
internal sealed class FingerprintTable
{
    private const int SegmentBits = 6;
    private const int FirstSize = 16;   // of a segment; a power of two

    private readonly ulong[][] _segments = new ulong[1 << SegmentBits][];
    private readonly int[] _counts = new int[1 << SegmentBits];

    internal FingerprintTable()
    {
        for (int i = 0; i < _segments.Length; i++)
        {
            _segments[i] = new ulong[FirstSize];
        }

        Bytes = _segments.Length * FirstSize * sizeof(ulong);
    }

    /// <summary>Fingerprints in it.</summary>
    internal long Count { get; private set; }

    /// <summary>[B] Memory in use.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Adds a fingerprint; false when it is in there already.</summary>
    internal bool Add(ulong fingerprint)
    {
        fingerprint = fingerprint == 0 ? 1 : fingerprint;   // 0 marks what is empty
        int number = (int)(fingerprint >> (64 - SegmentBits));
        if (!Put(_segments[number], fingerprint))
        {
            return false;
        }

        Count++;
        if (++_counts[number] > _segments[number].Length / 4 * 3)
        {
            Grow(number);
        }

        return true;
    }

    private static bool Put(ulong[] segment, ulong fingerprint)
    {
        int mask = segment.Length - 1;
        int place = unchecked((int)fingerprint) & mask;
        while (segment[place] != 0)
        {
            if (segment[place] == fingerprint)
            {
                return false;
            }

            place = (place + 1) & mask;
        }

        segment[place] = fingerprint;
        return true;
    }

    private void Grow(int number)
    {
        ulong[] larger = new ulong[_segments[number].Length * 2];
        foreach (ulong fingerprint in _segments[number])
        {
            if (fingerprint != 0)
            {
                Put(larger, fingerprint);
            }
        }

        Bytes += (larger.Length - _segments[number].Length) * sizeof(ulong);
        _segments[number] = larger;
    }
}
