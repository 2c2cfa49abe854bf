using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Crypto;

/// <summary>What a provider owes when nothing is under way any more, so that it will never pay: the rule behind a hang, told from state alone.</summary>
[KernelSource("include/linux/crypto.h", "CRYPTO_TFM_REQ_MAY_BACKLOG", Version = "v4.1", Rules = "DM-C1 DM-C5 DM-J10")]
internal static class Standstill
{
    /// <summary>The first debt: the broken rule and a sentence; null if the provider owes nothing. Requests that wait behind a lost one are not to blame, so it comes before them.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="entriesInUse">Entries of its ring that are in use.</param>
    public static (string Rule, string Sentence)? Blame(CryptoProvider provider, int entriesInUse)
    {
        int taken = provider.InFlight - provider.Owed;
        if (taken < entriesInUse)
        {
            return ("DM-J10", $"nothing is under way, and ring entries of {provider.Name} in use by no request: {entriesInUse - taken}");
        }

        if (taken > 0)
        {
            return ("DM-C1", $"nothing is under way, and requests accepted by {provider.Name} without their final callback: {taken}");
        }

        return provider.Owed > 0
            ? ("DM-C5", $"nothing is under way, and requests answered EBUSY by {provider.Name} without the callback with EINPROGRESS: {provider.Owed}")
            : null;
    }
}
