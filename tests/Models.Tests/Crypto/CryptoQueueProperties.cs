using CryptoSim.Models.Crypto;
using CryptoSim.Models.Tests.TestKit;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.Crypto;

/// <summary>The queue against a list with a flag for each element.</summary>
public sealed class CryptoQueueProperties
{
    private static readonly Arbitrary<(int MaxLength, int[] Steps)> Sequences = Arb.From(
        from max in Gen.Choose(1, 6)
        from steps in Gen.Choose(0, 9).ArrayOf()
        select (max, steps));

    [Fact]
    public void Agrees_with_a_naive_queue() => Properties.Check(Sequences, run => Replay(run.MaxLength, run.Steps, bounce: false));

    [Fact]
    public void Agrees_with_a_naive_queue_when_dispatches_bounce() => Properties.Check(Sequences, run => Replay(run.MaxLength, run.Steps, bounce: true));

    /// <summary>Steps 0 to 4 submit (4 without MAY_BACKLOG), 5 to 7 dispatch, 8 and 9 dispatch and bounce at once.</summary>
    private static bool Replay(int maxLength, int[] steps, bool bounce)
    {
        CryptoQueue queue = new(maxLength);
        Naive naive = new(maxLength);
        int submitted = 0;
        foreach (int step in steps.Concat(Enumerable.Repeat(5, steps.Length + 1)))
        {
            bool agrees = step switch
            {
                <= 4 => Submit(queue, naive, new TestRequest($"r{submitted++}", mayBacklog: step < 4)),
                >= 8 when bounce => Bounce(queue, naive),
                _ => Dispatch(queue, naive),
            };
            if (!agrees || queue.Length != naive.Requests.Count)
            {
                return false;
            }
        }

        return naive.Requests.Count == 0 && naive.Notified.SequenceEqual(naive.AnsweredBusy) && naive.Served.SequenceEqual(naive.Accepted);
    }

    private static bool Submit(CryptoQueue queue, Naive naive, TestRequest request) =>
        queue.Enqueue(request).Status == naive.Enqueue(request);

    private static bool Dispatch(CryptoQueue queue, Naive naive)
    {
        var notified = queue.GetBacklog();
        var taken = queue.Dequeue();
        return ReferenceEquals(taken, naive.Requests.FirstOrDefault()) && ReferenceEquals(notified, naive.Dispatch());
    }

    private static bool Bounce(CryptoQueue queue, Naive naive)
    {
        if (naive.Requests.Count == 0)
        {
            return true;
        }

        var taken = queue.Dequeue()!;
        queue.EnqueueHead(taken);
        return ReferenceEquals(taken, naive.Requests[0]);
    }

    /// <summary>A list, and for each request whether it is still owed a notification; a bounce changes nothing.</summary>
    private sealed class Naive(int maxLength)
    {
        public List<TestRequest> Requests { get; } = [];

        public List<TestRequest> Accepted { get; } = [];

        public List<TestRequest> AnsweredBusy { get; } = [];

        public List<TestRequest> Notified { get; } = [];

        public List<TestRequest> Served { get; } = [];

        private HashSet<TestRequest> Owed { get; } = [];

        public SubmitStatus Enqueue(TestRequest request)
        {
            bool full = Requests.Count >= maxLength;
            if (full && !request.MayBacklog)
            {
                return SubmitStatus.NoSpace;
            }

            Requests.Add(request);
            Accepted.Add(request);
            if (!full)
            {
                return SubmitStatus.InProgress;
            }

            Owed.Add(request);
            AnsweredBusy.Add(request);
            return SubmitStatus.Busy;
        }

        public TestRequest? Dispatch()
        {
            if (Requests.Count == 0)
            {
                return null;
            }

            TestRequest? notified = Requests.Find(Owed.Contains);
            if (notified is not null)
            {
                Owed.Remove(notified);
                Notified.Add(notified);
            }

            Served.Add(Requests[0]);
            Requests.RemoveAt(0);
            return notified;
        }
    }
}
