using System.Runtime.CompilerServices;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Dirty page cache on a block device, which direct reclaim writes back (DM-B22).</summary>
/// <remarks>
/// <code>
///   kmalloc(GFP_KERNEL), no page free ──► WriteBackAsync: submit_bio of one dirty page ──► asleep until it is clean
/// </code>
/// Who reclaims waits for that page, as XFS does for the buffers it needs. Time passes in the device. Not modelled: that clean
/// pages become free (but where the flusher writes), several pages in one bio, kswapd, and which page is chosen: they go in order
/// of their sectors.
/// </remarks>
[KernelSource("mm/vmscan.c", "shrink_page_list, pageout", Version = "v4.1", Rules = "DM-B22")]
public sealed class DirtyPages : IWorkload, IReclaim, IHolder
{
    private const int SectorsOfPage = PageAllocator.PageBytes / 512;

    private readonly LinuxKernel _kernel;
    private readonly IBlockDevice _device;
    private readonly FreeList<Writeback> _free = new();   // not in flight
    private readonly IoErrors _errors = new();
    private readonly BlkCryptoKey? _key;                  // null if pages are not encrypted
    private readonly Flusher? _flusher;                   // null if nobody but reclaim writes
    private int _dirty;                                   // pages
    private long _sector;                                 // [512-byte sectors] of the next
    [NotState]
    private long _submitted;                              // for people

    internal DirtyPages(LinuxKernel kernel, string name, IBlockDevice device, DirtyPagesOptions options, LatencyRecorder latencies, KeyRing keys)
    {
        (_kernel, Name, _device, _dirty, Latencies) = (kernel, name, device, options.Pages, latencies);
        _key = options.UsesKeys is { } uses ? keys.Get(options.Key!, uses.Config) : null;
        kernel.Reclaim = this;
        if (options.AllocatingTasks > 0)
        {
            _flusher = new Flusher(kernel, this, options.AllocatingTasks);
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    [field: NotState]
    public LatencyRecorder Latencies { get; }

    /// <inheritdoc/>
    public long Errors => _errors.Count;

    /// <inheritdoc/>
    public bool HasErrors => _errors.Any;

    /// <inheritdoc/>
    public string Label => "dirty pages of " + _device.Name;

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>Pages that are not clean.</summary>
    internal int Dirty => _dirty;

    /// <inheritdoc/>
    public async Operation WriteBackAsync()
    {
        if (_dirty == 0)
        {
            return;
        }

        _dirty--;
        Writeback page = _free.TryTake(out Writeback? reused) ? reused : new Writeback(this);
        page.Begin(_sector, ++_submitted);
        page.Bio.Crypt = _key is null ? null : new BioCryptContext(_key, new DataUnitNumber((ulong)(_sector * 512 / _key.DataUnitSize.Bytes)));
        _sector += SectorsOfPage;
        await _device.SubmitAsync(page.Bio);
        await page.WaitAsync();
        _free.Put(page);
    }

    /// <summary>For diagnosis: the flusher makes pages free.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        _flusher?.Owners(owners);
    }

    private void OnEnd(Bio bio)
    {
        if (bio.Error != Errno.Success)
        {
            _errors.Add();
        }

        bio.Stages.End(_kernel.Simulation.Now);
        Latencies.Record(bio.SubmittedAt, _kernel.Simulation.Now, bio.Size, bio.IsWrite, in bio.Stages);
        _kernel.Tracer?.BioEnd(Name, bio);
    }

    /// <summary>PG_writeback of one page, and who waits for it.</summary>
    [KernelSource("mm/filemap.c", "wait_on_page_writeback, end_page_writeback", Version = "v4.1", Rules = "DM-B22")]
    private sealed class Writeback : Waitable, IBioOwner
    {
        private readonly DirtyPages _pages;
        private bool _isClean;

        public Writeback(DirtyPages pages)
            : base(pages._kernel.Simulation, "PG_writeback", "wait_on_page_writeback")
        {
            _pages = pages;
            Bio = new Bio(this);
            Owner = Bio;
        }

        public Bio Bio { get; }

        public string EndIo => "end_bio_extent_writepage";

        public void Begin(long sector, long number)
        {
            _isClean = false;
            Bio.Begin(sector, new DataSize(PageAllocator.PageBytes), isWrite: true, _pages._kernel.CpuOr(0), Simulation.Now);
            Bio.SetNumber(number);
            Bio.Stages.Begin(Simulation.Now);
        }

        public void OnBioEnd(Bio bio)
        {
            _isClean = true;
            _pages.OnEnd(bio);
            if (HasWaiters)
            {
                WakeFirst();
            }
        }

        /// <summary>Context: process.</summary>
        public async Operation WaitAsync()
        {
            while (!_isClean && _pages._kernel.MaySleep("wait_on_page_writeback"))
            {
                _pages._kernel.OnSleep();
                await SleepAsync();
            }
        }

        private Suspension SleepAsync([CallerLineNumber] int line = 0) => Block(line);
    }
}
