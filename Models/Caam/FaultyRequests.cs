using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Caam;

/// <summary>Picks the requests that fail, by their number.</summary>
[KernelSource("drivers/crypto/caam/jr.c", "caam_jr_enqueue", Version = "v6.18", Rules = "DM-J6")]
internal sealed class FaultyRequests(FailsOptions options)
{
    private readonly FailsOptions _options = options;
    private int _count;   // requests so far; no further than decides anything

    /// <summary>Counts a request; true if it is one that fails.</summary>
    public bool IsNext()
    {
        if (_options.Every is { } every)
        {
            _count = (_count + 1) % every;
            return _count == 0;
        }

        return _count < _options.Job && ++_count == _options.Job;
    }
}
