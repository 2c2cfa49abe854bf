using CryptoSim.Models.Block;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.DmCrypt;

/// <summary>A dm-crypt target: takes bios, has kcryptd convert them, and passes them to the device below.</summary>
/// <remarks>
/// <code>
///   SubmitAsync(bio) ──► crypt_map: parts of at most max_write_size
///       write ──► kcryptd ──► ConvertContext ──► WriteThread ──► Below
///       read  ──► Below ──► kcryptd ──► ConvertContext ──► end
/// </code>
/// Time passes in kcryptd's wake-up and CPU time, in the crypto provider, in the writer's wake-up and below.
/// Not modelled: the clone's page allocation and mempools, flush and discard bypass, IVs, integrity tags.
/// </remarks>
[KernelSource("drivers/md/dm-crypt.c", "crypt_map, kcryptd_queue_crypt", Version = "v4.1", Rules = "DM-D10 DM-D11 DM-D30 DM-D31")]
public sealed class DmCryptTarget : IBlockDevice
{
    private readonly FreeList<DmCryptIo> _free = new();   // ios not in use

    /// <summary>Sets up a target, as <c>crypt_ctr</c>.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="name">E.g. <c>dm-0</c>.</param>
    /// <param name="workqueue">Name of its workqueue, <c>kcryptd</c> for the first target.</param>
    /// <param name="options">Sector size, submission form, costs.</param>
    /// <param name="cipher">What encrypts.</param>
    /// <param name="below">The device below.</param>
    public DmCryptTarget(LinuxKernel kernel, string name, string workqueue, DmCryptOptions options, CryptoProvider cipher, IBlockDevice below)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(options);
        (Kernel, Name, Options, Below) = (kernel, name, options, below);
        Cipher = options.Template == Template.None ? cipher : new TemplateCipher(cipher);
        Meter = new DmCryptMeter();
        Kcryptd = options.SameCpuCrypt
            ? WorkQueue.Bound(kernel, workqueue, options.MaxActive ?? 1, options.Wakeup)
            : WorkQueue.Unbound(kernel, workqueue, options.MaxActive ?? kernel.Cpus.Count, options.Wakeup);
        Writer = new WriteThread(kernel, workqueue == "kcryptd" ? "dmcrypt_write" : "dmcrypt_write/" + name, below, options.Wakeup);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What is measured about conversions.</summary>
    public DmCryptMeter Meter { get; }

    /// <summary>The kcryptd workqueue.</summary>
    public WorkQueue Kcryptd { get; }

    /// <summary>dm_crypt_io with references.</summary>
    internal int IosInUse { get; private set; }

    internal LinuxKernel Kernel { get; }

    internal DmCryptOptions Options { get; }

    internal CryptoProvider Cipher { get; }

    internal IBlockDevice Below { get; }

    internal WriteThread Writer { get; }

    // ── from above ──────────────────────────────────────────────────────

    /// <summary>Takes a bio in parts of at most max_write_size, as <c>crypt_map</c> and the device mapper core do (DM-D10). Context: process.</summary>
    public async Operation SubmitAsync(Bio bio)
    {
        ArgumentNullException.ThrowIfNull(bio);
        Kernel.Tracer?.Bio("crypt_map", Name, bio);
        long partMax = bio.IsWrite ? Options.MaxWriteSize.Bytes : long.MaxValue;
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

    private Operation MapAsync(Bio bio, long sector, DataSize size)
    {
        DmCryptIo io = _free.TryTake(out DmCryptIo? reused) ? reused : new DmCryptIo(this);
        IosInUse++;
        io.Begin(bio, sector, size);
        if (!bio.IsWrite)
        {
            return io.ReadBelowAsync();
        }

        io.QueueConversion();
        return Operation.Completed;
    }

    // ── from its ios ────────────────────────────────────────────────────

    /// <summary>A part of a bio is finished; the last one ends the bio.</summary>
    internal static void EndPart(Bio bio, Errno error)
    {
        bio.Error = bio.Error == Errno.Success ? error : bio.Error;
        if (--bio.Remaining == 0)
        {
            bio.End(Errno.Success);
        }
    }

    internal void Free(DmCryptIo io)
    {
        IosInUse--;
        _free.Put(io);
    }

    /// <summary>The worker of an io spends the CPU time of one submission.</summary>
    internal Suspension SubmitSliceAsync(DmCryptIo io) =>
        io.Cpu < 0 ? Kernel.Cpus.RunAsync(Options.SubmitCost) : Kernel.Cpus.RunOnAsync(io.Cpu, Options.SubmitCost);

    internal void OnConvert(DmCryptIo io, bool isWrite) =>
        Kernel.Tracer?.Emit(TraceKind.Step, isWrite ? "kcryptd_crypt_write_convert" : "kcryptd_crypt_read_convert", target: Name, subject: io.Label);

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
