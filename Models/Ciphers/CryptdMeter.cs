using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Ciphers;

/// <summary>What is measured about cryptd since the end of the warm-up.</summary>
[KernelSource("crypto/cryptd.c", "cryptd_enqueue_request", Version = "v6.18", Rules = "DM-P1")]
public sealed class CryptdMeter
{
    /// <summary>Requests put into a queue.</summary>
    [field: NotState]
    public long Queued { get; private set; }

    /// <summary>Of those, requests answered EBUSY: beyond max_qlen.</summary>
    [field: NotState]
    public long Busy { get; private set; }

    /// <summary>Requests refused.</summary>
    [field: NotState]
    public long Rejected { get; private set; }

    /// <summary>Longest queue of a CPU, backlogged requests included.</summary>
    [field: NotState]
    public int LengthMax { get; private set; }

    /// <summary>Runs of the kworkers' work items.</summary>
    [field: NotState]
    public long Runs { get; private set; }

    /// <summary>Counts an answer.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="length">Of the queue, afterwards.</param>
    public void Answered(SubmitResult result, int length)
    {
        Queued += result.Accepted ? 1 : 0;
        Busy += result.Status == SubmitStatus.Busy ? 1 : 0;
        Rejected += result.Accepted ? 0 : 1;
        LengthMax = Math.Max(LengthMax, length);
    }

    /// <summary>Counts a run.</summary>
    public void Ran() => Runs++;

    /// <summary>Forgets what was counted.</summary>
    public void Restart() => (Queued, Busy, Rejected, LengthMax, Runs) = (0, 0, 0, 0, 0);
}
