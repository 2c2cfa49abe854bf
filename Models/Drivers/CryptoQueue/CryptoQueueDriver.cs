using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Models.Drivers;

/// <summary>The crypto_queue of a driver, and what its submitters hear of it.</summary>
/// <remarks>
/// <code>
///   submit ──► crypto_enqueue_request ──► queue ──► who runs it: notify the backlogged, start the oldest (DM-Q5)
///      ◄─ its answer, or always EINPROGRESS
/// </code>
/// </remarks>
[KernelSource("crypto/algapi.c", "crypto_enqueue_request", Version = "v4.1", Rules = "DM-Q2 DM-C3 DM-B20")]
public abstract class CryptoQueueDriver : AcceleratorDriver
{
    private readonly CryptoQueue _queue;
    private readonly EnqueueAnswer _answer;

    private protected CryptoQueueDriver(CryptoParts parts, CryptoQueueDriverOptions options, QueueProfile profile)
        : base(parts, options, 1, profile.Interrupt)
    {
        Profile = profile;
        _queue = new CryptoQueue(options.MaxQlen ?? profile.MaxQlen);
        _answer = options.Answer ?? profile.AnswerIn(Kernel.Version);
    }

    /// <inheritdoc/>
    public override int Kept => _queue.Length;

    private protected QueueProfile Profile { get; }

    /// <summary>Puts a request into the queue.</summary>
    /// <returns>What the submitter hears.</returns>
    private protected SubmitResult Enqueue(CryptoRequest request)
    {
        Kernel.Tracer?.Calling(Profile.Submit, Name, request);
        SubmitResult result = _queue.Enqueue(request);
        request.HeldBy = result.Accepted ? this : null;
        string kept = result.Status switch { SubmitStatus.Busy => "backlogged", SubmitStatus.NoSpace => "rejected", _ => "" };
        result = _answer switch
        {
            EnqueueAnswer.AlwaysInProgress => SubmitResult.InProgress,
            _ => result.Status == SubmitStatus.NoSpace ? FullQueue.Refusal(Kernel.Version) : result,
        };
        return Answer(request, result, kept, Profile.Submit, _queue.Length, _queue.MaxLength);
    }

    /// <summary>The backlogged request that may be notified, and the oldest request (DM-Q3, DM-Q4); null for none.</summary>
    private protected (CryptoRequest? Backlog, CryptoRequest? Request) Dequeue()
    {
        CryptoRequest? backlog = _queue.GetBacklog();
        return (backlog, _queue.Dequeue());
    }
}
