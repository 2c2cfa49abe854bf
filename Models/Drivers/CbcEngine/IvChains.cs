using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Drivers.CbcEngine;

/// <summary>All chains of a driver, and which of them a request belongs to.</summary>
[KernelSource("drivers/crypto/hisilicon/sec/sec_algs.c", "sec_alg_skcipher_init", Version = "v4.19", Rules = "AA-24 AA-29")]
internal sealed class IvChains(Dependent dependent)
{
    private readonly Dependent _dependent = dependent;
    private readonly List<IvChain?> _chains = [];   // by the number of the tfm, or of the memory that the IV lies in

    /// <summary>Requests that wait in one of them.</summary>
    public int Waiting { get; private set; }

    /// <summary>The chain of a request; null for one that depends on none.</summary>
    public IvChain? Of(SkcipherRequest request) => _dependent switch
    {
        Dependent.SameTfm => At(request.Tfm),
        Dependent.SameIvPointer => request.Cell.Number == 0 ? null : At(request.Cell.Number),   // 0: a copy of its own
        _ => request.IsChained ? At(request.Tfm) : null,
    };

    /// <summary>A request waits.</summary>
    public void OnWait() => Waiting++;

    /// <summary>The next of a chain goes.</summary>
    public SkcipherRequest? Next(SkcipherRequest request)
    {
        SkcipherRequest? next = Of(request)?.Leave();
        Waiting -= next is null ? 0 : 1;
        return next;
    }

    private IvChain At(int number)
    {
        while (_chains.Count <= number)
        {
            _chains.Add(null);
        }

        return _chains[number] ??= new IvChain();
    }
}
