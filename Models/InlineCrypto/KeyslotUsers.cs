using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.InlineCrypto;

/// <summary>Whoever uses a keyslot of a host, for diagnosis: any of them ends the sleep of those who wait for one.</summary>
[KernelSource("block/blk-crypto-profile.c", "blk_crypto_put_keyslot", Version = "v6.18", Rules = "KS-9 KS-16")]
internal sealed class KeyslotUsers(InlineCryptoHost host) : IHolder
{
    private readonly InlineCryptoHost _host = host;

    /// <inheritdoc/>
    public string Label => "keyslots of " + _host.Name;

    /// <inheritdoc/>
    public string? WhyNobody => null;

    /// <summary>The requests that have one; bios that have one before 5.8 and are no request yet are on their way through the queue.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        int known = owners.Count;
        foreach (Request request in _host.Queue.Known)
        {
            if (request.SlotInUse is not null)
            {
                owners.Add(request);
            }
        }

        if (owners.Count == known)
        {
            owners.Add(_host.Queue);
        }
    }
}
