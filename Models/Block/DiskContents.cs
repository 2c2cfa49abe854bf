using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Block;

/// <summary>What stands in sectors: symbolic data, no bytes. Runs of sectors by their first, none overlapping.</summary>
[KernelSource("block/bio.c", "bio_copy_data", Version = "v6.18", Rules = "DM-K1 DM-D5")]
public sealed class DiskContents
{
    private readonly List<SectorRun> _runs = [];

    /// <summary>In order of their sectors.</summary>
    public IReadOnlyList<SectorRun> Runs => _runs;

    /// <summary>Writes a run over what stood there.</summary>
    public void Write(SectorRun run)
    {
        int place = FirstFrom(run.First);
        while (place < _runs.Count && _runs[place].First < run.End)
        {
            SectorRun old = _runs[place];
            _runs.RemoveAt(place);
            if (old.First < run.First)
            {
                _runs.Insert(place++, old.Cut(old.First, run.First));
            }

            if (old.End > run.End)
            {
                _runs.Insert(place, old.Cut(run.End, old.End));
                break;
            }
        }

        _runs.Insert(FirstFrom(run.First), run);
    }

    /// <summary>Adds the runs that stand in a range, cut to it, to a list; sectors never written are in none.</summary>
    public void Read(long first, long end, List<SectorRun> into)
    {
        ArgumentNullException.ThrowIfNull(into);
        for (int place = FirstFrom(first); place < _runs.Count && _runs[place].First < end; place++)
        {
            into.Add(_runs[place].Cut(Math.Max(first, _runs[place].First), Math.Min(end, _runs[place].End)));
        }
    }

    /// <summary>The first run that ends after a sector.</summary>
    private int FirstFrom(long sector)
    {
        (int low, int high) = (0, _runs.Count);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _runs[middle].End <= sector ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>Sectors that hold consecutive sectors of one write.</summary>
/// <param name="First">[512-byte sectors] Where they stand.</param>
/// <param name="End">[512-byte sectors] Where they end.</param>
/// <param name="Version">Which write it was; above 0.</param>
/// <param name="Plain">[512-byte sectors] Which sector of the user's the first holds.</param>
/// <param name="Iv">[512-byte sectors] The IV of the first; -1 for plaintext.</param>
[KernelSource("include/linux/blk_types.h", "struct bvec_iter", Version = "v6.18", Rules = "DM-K1")]
public readonly record struct SectorRun(long First, long End, long Version, long Plain, long Iv)
{
    /// <summary>The key that a host or blk-crypto-fallback has encrypted it with, from 1 on; 0 for none, and for dm-crypt's.</summary>
    public int Key { get; init; }

    /// <summary>The part from one sector to another.</summary>
    public SectorRun Cut(long first, long end) => this with { First = first, End = end, Plain = Plain + first - First, Iv = Iv < 0 ? Iv : Iv + first - First };

    /// <summary>What it holds, for people.</summary>
    public string Describe() => $"version {Version} of sector {Plain}" + (Iv < 0 ? "" : $", encrypted under the IV of sector {Iv}" + (Key == 0 ? "" : $" and key {Key}"));
}
