using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>The files in the region of a job, one after the other and of equal size, and which of them the next I/O is to.</summary>
[KernelSource("fs/direct-io.c", "do_blockdev_direct_IO", Version = "v4.1", Rules = "KS-F2")]
internal sealed class JobFiles
{
    private readonly RandomStream _choices;          // draws the file of each I/O
    [NotState]
    private readonly ZipfDistribution _popularity;   // rank 1 is file 0
    private readonly long[] _next;                   // [B] of each file, where its next sequential I/O begins
    private readonly int _count;

    public JobFiles(JobOptions options, KeysOptions keys, long region, RandomStream choices)
    {
        (_choices, _count) = (choices, keys.Count ?? 1);
        _popularity = new ZipfDistribution(_count, (double)keys.Zipf);
        _next = options.Rw is Rw.Read or Rw.Write or Rw.Rw ? new long[_count] : [];
        FileBytes = SizeOf(options, region / _count);
    }

    /// <summary>[B] Size of each file.</summary>
    public long FileBytes { get; }

    /// <summary>The file of the next I/O.</summary>
    public int Choose() => _count == 1 ? 0 : _popularity.Sample(_choices) - 1;

    /// <summary>[B] Where in a file the next sequential I/O begins; after its end at its beginning.</summary>
    public long Advance(int file, DataSize size)
    {
        long offset = _next[file] + size.Bytes > FileBytes ? 0 : _next[file];
        _next[file] = offset + size.Bytes;
        return offset;
    }

    /// <summary>[B] A share of the region, rounded down to whole I/Os of whole data units, but at least one I/O.</summary>
    private static long SizeOf(JobOptions options, long share)
    {
        long io = options.Bssplit?.Parts.Max(part => part.Size.Bytes) ?? options.Bs.Bytes;
        long unit = options.DataUnitSize.Bytes;
        long least = (io + unit - 1) / unit * unit;
        return Math.Max(least, share / least * least);
    }
}
