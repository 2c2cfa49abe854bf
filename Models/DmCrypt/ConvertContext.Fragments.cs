using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.DmCrypt;

/// <summary>What fragments do to a convert context that they share: its counter was set to 1 for each of them (DM-S4).</summary>
[KernelSource("drivers/md/dm-crypt.c", "crypt_convert, kcryptd_crypt_write_convert", Version = "v2.6.32", Mail = "003_b607b29a8b8f132c", Rules = "DM-S1 DM-S4")]
public sealed partial class ConvertContext
{
    private bool _wasReset;   // since its io began, pending was set to 1 while requests were outstanding

    /// <summary>Requests of it, or its converter, are counted: what the converter of the next fragment waited for. A counter below zero counts as well.</summary>
    internal bool IsPending => _pending != 0;

    /// <summary>The counter was set to 1 while requests of the fragment before were outstanding.</summary>
    internal bool WasReset => _wasReset;

    /// <summary>A new io: the counter is right.</summary>
    internal void BeginFragments()
    {
        Invariant.Holds(_pending == 0 || _wasReset, "a context is used again when nothing of its last io is outstanding");
        (_pending, _wasReset) = (0, false);
    }

    /// <summary>Points ctx->bio_out at the next clone; what else is in the context stays as it is.</summary>
    internal void BeginFragment(ConvertData data) => (_data, _unitsLeft, _tagOffset) = (data, data.Units, 0);

    private void NoteReset(bool resetPending) => _wasReset |= resetPending && _pending != 0;

    /// <summary>One reference goes, as <c>atomic_dec_and_test</c>; true if it was the last. A counter that is below zero is never the last.</summary>
    private bool Uncount()
    {
        _pending--;
        if (_pending == -1)
        {
            _target.OnPendingBelowZero();
        }

        return _pending == 0;
    }
}
