using System.Globalization;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Workload;

/// <summary>One clone of an fscrypt workload, from file to file.</summary>
/// <remarks>
/// <code>
///   blk_crypto_init_key ──► I/O ... ──► all of it has ended ──► (keeps_key) ──► blk_crypto_evict_key ──► kfree_sensitive ──► (think_time) ──► next file
/// </code>
/// The key is freed whatever evicting answers. Each file has a key object of its own, and a freed one is never made again:
/// KASAN's quarantine, so that whoever still points to it is found. Time passes in waiting, in the device and in evicting.
/// </remarks>
[KernelSource("fs/crypto/inline_crypt.c", "fscrypt_prepare_inline_crypt_key, fscrypt_set_bio_crypt_ctx, fscrypt_destroy_inline_crypt_key", Version = "v6.18", Rules = "KS-19 KS-20 KS-F1")]
internal sealed class FscryptTask : IBioOwner, IHolder
{
    private readonly FscryptGroup _group;
    private readonly IoPattern _pattern;
    private readonly IoEvents _events;
    private readonly FreeList<Bio> _free = new();                 // bios not in flight
    private readonly FreeList<BioCryptContext> _contexts = new(); // of bios not in flight
    [NotState]
    private readonly List<Bio> _inFlight = [];                    // in no particular order; for diagnosis
    private readonly int _cpu;                                    // CPU it submits from
    private readonly long _firstSector;                           // [512-byte sectors] of its first file
    private BlkCryptoKey? _key;                                   // of the open file
    private int _file;                                            // 0-based; the one that is open
    private int _issued;                                          // I/O to it
    private int _inFlightCount;                                   // never above iodepth

    public FscryptTask(FscryptGroup group, int clone, RandomSource random)
    {
        string name = $"{group.Name}/{clone.ToString(CultureInfo.InvariantCulture)}";
        _group = group;
        _cpu = clone % group.Kernel.Cpus.Count;
        _firstSector = (long)clone * group.Options.Files * FileSectors;
        _pattern = new IoPattern(group.Options.OneFile, random, name);
        _events = new IoEvents(group.Kernel, group.Options.Wakeup, _cpu) { Owner = this };
        group.Kernel.Simulation.Spawn(name, RunAsync());
    }

    /// <inheritdoc/>
    public string Label => "inode";

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <inheritdoc/>
    public string EndIo => "mpage_end_io";

    private LinuxKernel Kernel => _group.Kernel;

    private FscryptOptions Options => _group.Options;

    private long FileSectors => Options.Bs.Bytes / 512 * Options.IosPerFile;

    /// <inheritdoc/>
    public void OnBioEnd(Bio bio)
    {
        ArgumentNullException.ThrowIfNull(bio);
        _inFlightCount--;
        _inFlight.Remove(bio);
        _contexts.Put(bio.Crypt!);
        bio.Crypt = null;
        _free.Put(bio);
        _group.OnEnd(bio);
        _events.Signal();
    }

    /// <summary>Any bio in flight may be the next to end.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        foreach (Bio bio in _inFlight)
        {
            owners.Add(bio);
        }
    }

    private async Process RunAsync()
    {
        Kernel.Enter(CpuContext.Process);
        for (; _file < Options.Files; _file++)
        {
            _key = NewKey();
            await DoIoAsync();
            await PauseAsync(Options.KeepsKey);
            await DestroyKeyAsync();
            await PauseAsync(_file + 1 < Options.Files ? Options.ThinkTime : Duration.Zero);
        }

        _group.OnCloneFinished();
    }

    /// <summary>All I/O of the open file, and its end.</summary>
    private async Operation DoIoAsync()
    {
        for (_issued = 0; _issued < Options.IosPerFile; _issued++)
        {
            while (_inFlightCount == Options.Iodepth)
            {
                await _events.WaitAsync();
            }

            await SubmitNextAsync();
        }

        while (_inFlightCount > 0)
        {
            await _events.WaitAsync();
        }
    }

    private Operation PauseAsync(Duration time) => time > Duration.Zero ? DelayAsync(time) : Operation.Completed;

    private async Operation DelayAsync(Duration time) => await Kernel.Simulation.Delay(time);

    private Operation SubmitNextAsync()
    {
        Bio bio = _free.TryTake(out Bio? reused) ? reused : new Bio(this);
        (long sector, DataSize size, bool isWrite) = _pattern.Next();
        bio.Begin(_firstSector + (_file * FileSectors) + sector, size, isWrite, _cpu, Kernel.Simulation.Now);
        bio.Crypt = ContextOf(new DataUnitNumber((ulong)(sector * 512 / Options.DataUnitSize.Bytes)));
        Remember(bio);
        _group.OnSubmit(bio);
        return _group.Device.SubmitAsync(bio);
    }

    /// <summary>blk_crypto_init_key, when the file is opened.</summary>
    private BlkCryptoKey NewKey() =>
        new(_group.Keys.Reserve(1), Options.DataUnitSize) { Mode = Options.CryptoMode, DunBytes = Options.DunBytes };

    private BioCryptContext ContextOf(DataUnitNumber dun)
    {
        if (!_contexts.TryTake(out BioCryptContext? context))
        {
            return new BioCryptContext(_key!, dun);
        }

        context.Set(_key!, dun);
        return context;
    }

    /// <summary>fscrypt_destroy_inline_crypt_key: evict, and free in any case.</summary>
    private async Operation DestroyKeyAsync()
    {
        Errno answer = await _group.Device.EvictKeyAsync(_key!);
        if (answer != Errno.Success)
        {
            Kernel.Tracer?.Emit(TraceKind.Return, "blk_crypto_evict_key", _group.Device.Name, _key!.Label, answer.ToString());
        }

        _ = _key!.Free(Kernel, "fscrypt_destroy_inline_crypt_key");
        _key = null;
    }

    private void Remember(Bio bio)
    {
        if (++_inFlightCount <= _inFlight.Count)
        {
            _inFlight.Clear();   // left there by a state that was explored before
        }

        _inFlight.Add(bio);
    }
}
