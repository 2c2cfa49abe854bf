using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Chooses direction, size and place of each I/O of a job.</summary>
/// <remarks>Sequential I/O wraps at the end of the region, or of its file if the job has several. Random I/O picks aligned blocks with replacement, as fio does with norandommap.</remarks>
[KernelSource("fs/direct-io.c", "do_blockdev_direct_IO", Version = "v4.1")]
internal sealed class IoPattern
{
    private const long DefaultRegion = 1L << 30;   // [B] assumed: 1 GiB when the job names no size

    private readonly JobOptions _options;
    private readonly RandomStream _offsets;      // draws one block number for each random I/O
    private readonly RandomStream _directions;   // draws one percentage for each mixed I/O
    private readonly RandomStream _sizes;        // draws one percentage for each I/O with bssplit
    private readonly JobFiles? _files;           // null: the region is one file
    private readonly long _region;               // [B] of one file
    private long _next;                          // [B] where the next sequential I/O begins

    public IoPattern(JobOptions options, RandomSource random, string job)
    {
        _options = options;
        _region = options.Size?.Bytes ?? DefaultRegion;
        if (options.Keys is { } keys)
        {
            _files = new JobFiles(options, keys, _region, random.Stream(job + ".file"));
            _region = _files.FileBytes;
        }

        _offsets = random.Stream(job + ".offset");
        _directions = random.Stream(job + ".direction");
        _sizes = random.Stream(job + ".size");
    }

    /// <summary>[B] Size of each file of the region.</summary>
    public long FileBytes => _region;

    /// <summary>The next I/O: first sector [512 B], size, direction.</summary>
    public (long Sector, DataSize Size, bool IsWrite) Next()
    {
        DataSize size = NextSize();
        bool isWrite = NextIsWrite();
        int file = _files?.Choose() ?? 0;
        return (((file * _region) + NextOffset(file, size)) / 512, size, isWrite);
    }

    private DataSize NextSize()
    {
        if (_options.Bssplit is null)
        {
            return _options.Bs;
        }

        int percent = _sizes.NextInt(100);
        foreach ((DataSize size, int share) in _options.Bssplit.Parts)
        {
            percent -= share;
            if (percent < 0)
            {
                return size;
            }
        }

        return _options.Bssplit.Parts[^1].Size;
    }

    private bool NextIsWrite() => _options.Rw switch
    {
        Rw.Read or Rw.Randread => false,
        Rw.Write or Rw.Randwrite => true,
        _ => _directions.NextInt(100) >= _options.Rwmixread,
    };

    /// <summary>[B] Within the file.</summary>
    private long NextOffset(int file, DataSize size)
    {
        if (_options.Rw is Rw.Randread or Rw.Randwrite or Rw.Randrw)
        {
            return _offsets.NextLong(Math.Max(1, _region / size.Bytes)) * size.Bytes;
        }

        if (_files is not null)
        {
            return _files.Advance(file, size);
        }

        long offset = _next + size.Bytes > _region ? 0 : _next;
        _next = offset + size.Bytes;
        return offset;
    }
}
