using CryptoSim.Models.Block;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>What a job has written, and whether reads bring it back: fio's <c>verify</c> with symbolic data.</summary>
[KernelSource("fs/direct-io.c", "do_blockdev_direct_IO", Version = "v6.18", Rules = "DM-K1")]
internal sealed class Verification
{
    private readonly DiskContents _written = new();
    private long _versions;   // writes so far
    private int _nextRun;     // of those written, the next to read back

    /// <summary>The bio writes a new version of its sectors.</summary>
    public void OnWrite(Bio bio)
    {
        bio.Carry(++_versions);
        _written.Write(bio.Content);
    }

    /// <summary>The next piece to read back.</summary>
    /// <returns>False when all were.</returns>
    public bool TryNext(out SectorRun run)
    {
        bool isThere = _nextRun < _written.Runs.Count;
        run = isThere ? _written.Runs[_nextRun++] : default;
        return isThere;
    }

    /// <summary>Compares what a read has brought with what was written: each sector of it.</summary>
    public void Check(Simulation simulation, Bio bio)
    {
        List<SectorRun> expected = [];
        _written.Read(bio.Sector, bio.Sector + (bio.Size.Bytes / 512), expected);
        foreach (SectorRun run in expected)
        {
            long at = run.First;
            foreach (SectorRun found in bio.Found ?? [])
            {
                if (found.First <= at && at < found.End && found.Cut(at, run.End) == run.Cut(at, run.End))
                {
                    at = Math.Min(found.End, run.End);
                }
            }

            if (at < run.End)
            {
                simulation.Fail(DataRule.Id, $"{bio.Label} reads sector {at}: it was written as {run.Cut(at, run.End).Describe()}, and comes back as {FoundAt(bio, at)}");
                return;
            }
        }
    }

    private static string FoundAt(Bio bio, long sector)
    {
        foreach (SectorRun found in bio.Found ?? [])
        {
            if (found.First <= sector && sector < found.End)
            {
                return found.Cut(sector, found.End).Describe();
            }
        }

        return "never written";
    }
}
