using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Drivers.CbcEngine;

/// <summary>All chains of a driver, and which of them a request belongs to.</summary>
[KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_alg_skcipher_init", Version = "v4.19", Rules = "AA-24 AA-29")]
internal sealed class IvChains(Dependent dependent)
{
    private readonly Dependent _dependent = dependent;
    private readonly List<IvChain> _ofTfm = [];      // by the number of the tfm
    private readonly List<IvCell> _places = [];      // that IVs have been seen to lie in
    private readonly List<IvChain> _ofPlace = [];    // of each

    /// <summary>Requests that wait in one of them.</summary>
    public int Waiting { get; private set; }

    /// <summary>The chain of a request; null for one that depends on none.</summary>
    public IvChain? Of(CryptoRequest request) => request is not SkcipherRequest chained ? null : _dependent switch
    {
        Dependent.SameTfm => OfTfm(chained.Tfm),
        Dependent.SameIvPointer => OfPlace(chained.Cell),
        _ => chained.IsChained ? OfTfm(chained.Tfm) : null,
    };

    /// <summary>A request waits.</summary>
    public void OnWait() => Waiting++;

    /// <summary>The next of a chain goes.</summary>
    public CryptoRequest? Next(CryptoRequest request)
    {
        CryptoRequest? next = Of(request)?.Leave();
        Waiting -= next is null ? 0 : 1;
        return next;
    }

    private IvChain OfTfm(int tfm)
    {
        while (_ofTfm.Count <= tfm)
        {
            _ofTfm.Add(new IvChain());
        }

        return _ofTfm[tfm];
    }

    private IvChain OfPlace(IvCell place)
    {
        int index = _places.IndexOf(place);
        if (index < 0)
        {
            index = _places.Count;
            _places.Add(place);
            _ofPlace.Add(new IvChain());
        }

        return _ofPlace[index];
    }
}
