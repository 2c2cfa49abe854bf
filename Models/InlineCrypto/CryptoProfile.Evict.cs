using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.InlineCrypto;

/// <content>
/// The end of a key, and what follows a reset of the hardware.
/// <code>
///   EvictAsync(key) ──► pm_runtime_get_sync, write lock ──► in no slot: nothing │ idle: keyslot_evict, emptied where it stands
///                                                                               └─ in use: WARN, EBUSY, FailedEvict
///   ReprogramAllAsync ──► write lock ──► each slot that has a key
/// </code>
/// Not modelled: that a key made in the freed memory of another is found in the other's slot (KS-19).
/// </content>
public sealed partial class CryptoProfile
{
    private readonly Keyslot _noSlot = new(-1, "keyslot#-1");   // what evicting passes on where there are no slots (KS-21)
    [NotState]
    private bool _hasWarned;                                    // WARN_ON_ONCE

    /// <summary>What becomes of the slot of a key that cannot be evicted.</summary>
    public FailedEvict FailedEvict { get; init; } = FailedEvict.Unlink;

    /// <summary>What evicting a key answers that is in no slot.</summary>
    public EvictAbsent EvictAbsent { get; init; } = EvictAbsent.Success;

    /// <summary>Hardware and slots forget a key, all whose I/O has ended (KS-20): <c>__blk_crypto_evict_key</c>. Context: process; may sleep.</summary>
    /// <returns>Success; EBUSY if its slot is in use; EIO if the driver failed; for a key in no slot see <see cref="EvictAbsent"/>.</returns>
    [KernelSource("block/blk-crypto-profile.c", "__blk_crypto_evict_key", Version = "v6.18", Rules = "KS-17 KS-18 KS-20 KS-21")]
    public async Operation<Errno> EvictAsync(BlkCryptoKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        await EnterHardwareAsync(claim: null);
        Errno answer = Table.Count == 0 ? await EvictFromAsync(_noSlot, key)
            : Table.Find(key) is { } slot ? await EmptyAsync(slot, key)
            : EvictAbsent == EvictAbsent.Enokey ? Errno.ENOKEY : Errno.Success;
        Meter.OnEvict(answer == Errno.Success);
        await LeaveHardwareAsync(HardwareUse.Evict);
        return answer;
    }

    /// <summary>All slots that have a key are programmed again, since a reset of the hardware lost them: <c>blk_crypto_reprogram_all_keys</c>. Context: process; may sleep. No runtime PM.</summary>
    [KernelSource("block/blk-crypto-profile.c", "blk_crypto_reprogram_all_keys", Version = "v6.18", Rules = "KS-22")]
    public async Operation ReprogramAllAsync()
    {
        if (Table.Count == 0)
        {
            return;
        }

        await _lock.WriteAsync();
        for (int number = 0; number < Table.Count; number++)
        {
            if (Table[number].Key is { } key && key.Touch(_kernel, "blk_crypto_reprogram_all_keys"))
            {
                await ReprogramAsync(Table[number], key);
            }
        }

        _lock.EndWrite();
    }

    /// <summary>A slot with the key: refused while it is in use.</summary>
    private async Operation<Errno> EmptyAsync(Keyslot slot, BlkCryptoKey key)
    {
        Errno answer = slot.References > 0 ? WarnInUse(slot, key) : await EvictFromAsync(slot, key);
        switch (FailedEvict)
        {
            case FailedEvict.Keep when answer != Errno.Success:
                break;

            default:
                Table.Clear(slot);
                break;
        }

        return answer;
    }

    private async Operation<Errno> EvictFromAsync(Keyslot slot, BlkCryptoKey key)
    {
        _kernel.Tracer?.Emit(TraceKind.Call, "keyslot_evict", Name, slot.Label, detail: key.Label);
        return await _ops.EvictAsync(slot, key) == BlkStatus.Ok ? Errno.Success : Errno.EIO;
    }

    private async Operation ReprogramAsync(Keyslot slot, BlkCryptoKey key)
    {
        _kernel.Tracer?.Emit(TraceKind.Call, "keyslot_program", Name, slot.Label, detail: key.Label);
        BlkStatus status = await _ops.ProgramAsync(slot, key);
        Meter.OnReprogram(status == BlkStatus.Ok);
        if (status != BlkStatus.Ok)
        {
            _kernel.Tracer?.Emit(TraceKind.Step, "blk_crypto_reprogram_all_keys", Name, slot.Label, detail: "WARNING: not programmed");
        }
    }

    private Errno WarnInUse(Keyslot slot, BlkCryptoKey key)
    {
        if (!_hasWarned)
        {
            _hasWarned = true;
            _kernel.Tracer?.Emit(TraceKind.Step, "blk_crypto_evict_key", Name, slot.Label, detail: $"WARNING: {key.Label} has {slot.References} references");
        }

        return Errno.EBUSY;
    }
}
