using CryptoSim.Models.Block;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.DmCrypt;

/// <summary>A dm-crypt target: takes bios, converts them in kcryptd or where its flags say, and passes them to the device below.</summary>
/// <remarks>
/// <code>
///   SubmitAsync(bio) ──► crypt_map: parts of at most max_write_size, max_read_size
///       write ──► kcryptd ──► ConvertContext ──► WriteThread ──► Below
///       read  ──► Below ──► kcryptd ──► ConvertContext ──► end
/// </code>
/// Time passes in kcryptd's wake-up and CPU time, in the crypto provider, in the writer's wake-up and below.
/// Not modelled: flush and discard bypass, IV computation, key changes.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "crypt_map, kcryptd_queue_crypt", Version = "v6.18", Rules = "DM-D10 DM-D11 DM-D30 DM-D31")]
public sealed partial class DmCryptTarget : IBlockDevice
{
    private readonly FreeList<DmCryptIo> _free = new();   // ios not in use
    private readonly string _workqueue;
    private WorkQueue? _kcryptdIo;                        // built with the machine where a setting needs it

    /// <summary>Sets up a target, as <c>crypt_ctr</c>.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">E.g. <c>dm-0</c>.</param>
    /// <param name="workqueue">Name of its workqueue, <c>kcryptd</c> for the first target.</param>
    /// <param name="options">Sector size, flags, submission form, costs.</param>
    /// <param name="cipher">What encrypts.</param>
    /// <param name="below">The device below.</param>
    public DmCryptTarget(LinuxKernel kernel, string name, string workqueue, DmCryptOptions options, CryptoProvider cipher, IBlockDevice below)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(cipher);
        (Kernel, Name, Options, Below, _workqueue) = (kernel, name, options, below, workqueue);
        Settings = DmCryptSettings.Of(options, kernel.Version);
        Cipher = options.Template == Template.None ? cipher : new TemplateCipher(kernel, cipher, options.Template);
        Meter = new DmCryptMeter();
        Pages = new ClonePages(kernel, Settings);
        Requests = NewPool("req_pool");
        Clones = NewPool("bioset");
        WriteWait = new WriteWait(kernel, options.Wakeup);
        Ios = Settings.HasIoPool ? NewPool("io_pool") : null;
        Kcryptd = NewKcryptd();
        if (NeedsKcryptdIo)
        {
            _ = KcryptdIo;
        }

        if (options.NoReadWorkqueue || Settings.WritesInline)
        {
            _ = kernel.Softirqs;
        }

        Tfm = cipher.AllocateTfm();
        Swap = options.TableSwap ? new TableSwap(kernel) : null;
        LateFree = options.LastReference == LastReference.EndFirst ? new LateFree(this) : null;
        Writer = new WriteThread(this, workqueue == "kcryptd" ? "dmcrypt_write" : "dmcrypt_write/" + name);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What is measured about conversions.</summary>
    public DmCryptMeter Meter { get; }

    /// <summary>The kcryptd workqueue.</summary>
    public WorkQueue Kcryptd { get; }

    /// <summary>dm_crypt_io with references.</summary>
    internal int IosInUse { get; private set; }

    /// <summary>cc->cipher_tfm.tfms: the one transformation of the target.</summary>
    internal int Tfm { get; }

    /// <summary>Who waits with a new table; null if nobody does.</summary>
    internal TableSwap? Swap { get; }

    /// <summary>Frees ios after the end of their bios; null where they are freed before.</summary>
    internal LateFree? LateFree { get; }

    internal LinuxKernel Kernel { get; }

    internal DmCryptOptions Options { get; }

    internal DmCryptSettings Settings { get; }

    internal CryptoProvider Cipher { get; }

    internal IBlockDevice Below { get; }

    internal WriteThread Writer { get; }

    internal ClonePages Pages { get; }

    /// <summary>cc->bs, the clones of reads; null on a machine that is never short of memory.</summary>
    internal MemoryPool? Clones { get; }

    /// <summary>cc->req_pool; null on a machine that is never short of memory.</summary>
    internal MemoryPool? Requests { get; }

    /// <summary>The kcryptd_io workqueue: one item at a time for each CPU.</summary>
    internal WorkQueue KcryptdIo => _kcryptdIo ??= Settings.IsOneThread
        ? WorkQueue.Ordered(Kernel, _workqueue + "_io", Options.Wakeup, Settings.QueueFlags)
        : WorkQueue.Bound(Kernel, _workqueue + "_io", 1, Options.Wakeup, Settings.QueueFlags);

    /// <summary>A mempool with MIN_IOS in reserve; none on a machine that is never short of memory.</summary>
    private MemoryPool? NewPool(string name) =>
        Kernel.Memory.IsEndless ? null : new MemoryPool(Kernel, name, Settings.RequestReserve, wakeup: Options.Wakeup);

    private WorkQueue NewKcryptd()
    {
        int maxActive = Settings.MaxActive(Kernel.Cpus.Count);
        return Settings.IsBound
            ? WorkQueue.Bound(Kernel, _workqueue, maxActive, Options.Wakeup, Settings.QueueFlags | WorkQueueFlags.CpuIntensive)
            : WorkQueue.Unbound(Kernel, _workqueue, maxActive, Options.Wakeup, Settings.QueueFlags);
    }

    private bool NeedsKcryptdIo =>
        Clones is not null || !Settings.ReadsFromSubmitter || (Options.TagSize.Bytes > 0 && Settings.Recheck == Recheck.OnPrivatePages) || Settings.WriteOrder == WriteOrder.AsConverted || (Options.NoReadWorkqueue && Settings.EndFromTasklet == EndFromTasklet.ViaKcryptdIo);

    // ── from above ──────────────────────────────────────────────────────

    /// <summary>Takes a bio in parts of at most max_write_size or max_read_size, as <c>crypt_map</c> and the device mapper core do (DM-D10). Context: process.</summary>
    public async Operation SubmitAsync(Bio bio)
    {
        ArgumentNullException.ThrowIfNull(bio);
        Kernel.Tracer?.Bio("crypt_map", Name, bio);
        Swap?.OnBegin();
        bio.Stages.Enter(BioStage.Map, Kernel.Simulation.Now);
        long partMax = PartMax(bio.IsWrite);
        long left = bio.Size.Bytes;
        long sector = bio.Sector;
        bio.Remaining = (int)((left - 1) / Math.Min(partMax, left)) + 1;
        bio.HeldBy = null;
        while (left > 0)
        {
            DataSize size = new(Math.Min(partMax, left));
            left -= size.Bytes;
            await MapAsync(bio, sector, size);
            sector += size.Bytes / 512;
        }
    }

    private long PartMax(bool isWrite) => !isWrite
        ? Settings.MaxReadSize?.Bytes ?? long.MaxValue
        : Options.LargeWrite == LargeWrite.Fail ? long.MaxValue : Settings.MaxWriteSize.Bytes;

    private Operation MapAsync(Bio bio, long sector, DataSize size) =>
        Ios is null ? BeginAsync(TakeIo(), bio, sector, size) : MapWithPoolAsync(bio, sector, size);

    private Operation BeginAsync(DmCryptIo io, Bio bio, long sector, DataSize size)
    {
        io.Begin(bio, sector, size);
        return Options.MapCost == Duration.Zero ? Start(io) : StartLaterAsync(io);
    }

    private DmCryptIo TakeIo()
    {
        IosInUse++;
        return _free.TryTake(out DmCryptIo? reused) ? reused : new DmCryptIo(this);
    }

    private async Operation StartLaterAsync(DmCryptIo io)
    {
        await RunAsync(io, Options.MapCost);
        await Start(io);
    }

    private static Operation Start(DmCryptIo io) => io.IsWrite ? io.WriteAsync() : io.ReadAsync();

    // ── from its ios ────────────────────────────────────────────────────

    /// <summary>A part of a bio is finished; the last one ends the bio, which took its time where that part did.</summary>
    internal void EndPart(Bio bio, Errno error, in StageClock stages)
    {
        bio.Error = bio.Error == Errno.Success ? error : bio.Error;
        if (--bio.Remaining == 0)
        {
            bio.Stages = stages;
            bio.End(Errno.Success);
            Swap?.OnEnd();
        }
    }

    /// <summary>The last reference to an io has gone.</summary>
    internal void OnReleased() => IosInUse--;

    /// <summary>An io goes back to the pool that it came from, which a table swap may have destroyed.</summary>
    internal void Free(DmCryptIo io)
    {
        if (io.IsOfOldTable)
        {
            Swap!.Touch();
        }

        io.LoseMemory();
        Ios?.Free(io);
        _free.Put(io);
    }

    /// <summary>[512-byte sectors] Where a unit belongs, which is what its IV is made of (DM-D5).</summary>
    internal long SectorOf(ConvertData data, int unit) => data.FirstSector + (unit * (Options.Unit.Bytes / 512));

    /// <summary>CPU on which a conversion runs: that of its kworker or of the interrupt; -1 where the task may run anywhere.</summary>
    internal int CpuOf(DmCryptIo io) => Kernel.Context == CpuContext.Process ? io.Cpu : Kernel.CpuOr(io.SubmitterCpu);

    /// <summary>The converter of an io spends the CPU time of one submission, in the context it is in.</summary>
    internal Suspension SubmitSliceAsync(DmCryptIo io) => RunAsync(io, Options.SubmitCost);

    /// <summary>The converter of an io spends the CPU time of a synchronous cipher.</summary>
    internal Operation SpendAsync(DmCryptIo io, SubmitResult result) =>
        result.CpuTime == Duration.Zero ? Operation.Completed : Kernel.Cpus.SpendAsync(CpuOf(io), result.CpuTime, result.UsesSimd);

    private Suspension RunAsync(DmCryptIo io, Duration cost) => Kernel.Context != CpuContext.Process
        ? Kernel.Cpus.InterruptAsync(Kernel.CpuOr(io.SubmitterCpu), cost)
        : io.Cpu >= 0 ? Kernel.Cpus.RunOnAsync(io.Cpu, cost) : Kernel.Cpus.RunAsync(cost);

    internal void OnConvert(DmCryptIo io, bool isWrite) =>
        Kernel.Tracer?.Emit(TraceKind.Step, isWrite ? "kcryptd_crypt_write_convert" : "kcryptd_crypt_read_convert", target: Name, subject: io.Label);

    internal void OnContinue(DmCryptIo io) =>
        Kernel.Tracer?.Emit(TraceKind.Step, "crypt_convert", target: Name, subject: io.Label, result: "BLK_STS_DEV_RESOURCE", detail: "EBUSY where it must not sleep: kcryptd continues");

    internal void OnRecheck(DmCryptIo io) =>
        Kernel.Tracer?.Emit(TraceKind.Step, "kcryptd_crypt_read_done", target: Name, subject: io.Label, result: "BLK_STS_PROTECTION", detail: "read again into private pages");

    internal void OnConverted(bool isWrite, Duration conversion) => Meter.Converted(isWrite, conversion);

    internal void OnRestartWait(DmCryptIo io, CryptoRequest request, bool blocks)
    {
        Meter.Waited();
        if (blocks)
        {
            Kernel.Tracer?.Emit(TraceKind.Wait, "crypt_convert", target: Cipher.Name, subject: request.Label, detail: $"wait_for_completion(&ctx->restart) of {io.Label}");
        }
    }

    // ── for diagnosis ───────────────────────────────────────────────────

    internal void ConvertingOwners(OwnerList owners, bool inProvider)
    {
        if (inProvider)
        {
            Cipher.Owners(owners);
        }
        else
        {
            Kcryptd.Owners(owners);
        }
    }
}
