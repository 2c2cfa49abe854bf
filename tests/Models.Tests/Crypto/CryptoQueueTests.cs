using CryptoSim.Models.Crypto;
using CryptoSim.Models.Tests.TestKit;

namespace CryptoSim.Models.Tests.Crypto;

public sealed class CryptoQueueTests
{
    private readonly Dictionary<string, TestRequest> _requests = [];

    private TestRequest R(string name) => _requests.TryGetValue(name, out TestRequest? known) ? known : _requests[name] = new TestRequest(name);

    private static string Answer(SubmitResult result) => result.Errno.ToString();

    /// <summary>DM-Q5: the one to notify is read before the next one is taken; returns both.</summary>
    private static (string? Taken, string? Notified) Take(CryptoQueue queue)
    {
        var notified = (TestRequest?)queue.GetBacklog();
        var taken = (TestRequest?)queue.Dequeue();
        return (taken?.Name, notified?.Name);
    }

    [Fact]
    public void A_new_queue_is_empty_and_owes_no_notification()
    {
        CryptoQueue queue = new(2);

        Assert.Equal(0, queue.Length);
        Assert.Null(queue.GetBacklog());
        Assert.Null(queue.Dequeue());
        Assert.Equal(0, queue.Length);
    }

    [Fact]
    public void Below_max_qlen_the_answer_is_EINPROGRESS_and_from_there_on_EBUSY()
    {
        CryptoQueue queue = new(2);

        string[] answers = [.. "ABCDE".Select(c => Answer(queue.Enqueue(R(c.ToString()))))];

        Assert.Equal(["EINPROGRESS", "EINPROGRESS", "EBUSY", "EBUSY", "EBUSY"], answers);
        Assert.Equal(5, queue.Length);
    }

    [Fact]
    public void Without_MAY_BACKLOG_a_full_queue_answers_ENOSPC_and_keeps_nothing()
    {
        CryptoQueue queue = new(1);
        queue.Enqueue(R("A"));

        SubmitResult result = queue.Enqueue(new TestRequest("B", mayBacklog: false));

        Assert.Equal(SubmitResult.NoSpace, result);
        Assert.False(result.Accepted);
        Assert.Equal(1, queue.Length);
        Assert.Null(queue.GetBacklog());
        Assert.Equal(("A", null), Take(queue));
        Assert.Null(queue.Dequeue());
    }

    [Fact]
    public void Without_MAY_BACKLOG_a_queue_with_room_accepts()
    {
        CryptoQueue queue = new(1);

        Assert.Equal(SubmitResult.InProgress, queue.Enqueue(new TestRequest("B", mayBacklog: false)));
    }

    [Fact]
    public void The_trace_of_DM_Q6_notifies_the_one_max_qlen_places_behind()
    {
        CryptoQueue queue = new(2);
        foreach (char c in "ABCDE")
        {
            queue.Enqueue(R(c.ToString()));
        }

        Assert.Equal(("A", "C"), Take(queue));
        Assert.Equal(("B", "D"), Take(queue));
        Assert.Equal(("C", "E"), Take(queue));
        Assert.Equal(("D", null), Take(queue));
        Assert.Equal(("E", null), Take(queue));
        Assert.Equal((null, null), Take(queue));
    }

    [Fact]
    public void Looking_at_the_backlog_changes_nothing()
    {
        CryptoQueue queue = new(1);
        queue.Enqueue(R("A"));
        queue.Enqueue(R("B"));

        Assert.Same(R("B"), queue.GetBacklog());
        Assert.Same(R("B"), queue.GetBacklog());
        Assert.Equal(2, queue.Length);
    }

    [Fact]
    public void A_backlogged_request_counts_towards_the_length()
    {
        CryptoQueue queue = new(2);
        foreach (char c in "ABCD")
        {
            queue.Enqueue(R(c.ToString()));
        }

        Take(queue);
        Assert.Equal(SubmitResult.Busy, queue.Enqueue(R("E")));
        Assert.Equal(("B", "D"), Take(queue));
        Assert.Equal(("C", "E"), Take(queue));
    }

    [Fact]
    public void A_request_put_back_in_front_is_the_next_one_and_its_notification_is_owed_again()
    {
        CryptoQueue queue = new(2);
        foreach (char c in "ABCD")
        {
            queue.Enqueue(R(c.ToString()));
        }

        Assert.Equal(("A", "C"), Take(queue));   // the caller did not notify C, because A bounced
        queue.EnqueueHead(R("A"));

        Assert.Equal(4, queue.Length);
        Assert.Equal(("A", "C"), Take(queue));
        Assert.Equal(("B", "D"), Take(queue));
        Assert.Equal(("C", null), Take(queue));
        Assert.Equal(("D", null), Take(queue));
    }

    [Fact]
    public void The_last_notification_is_owed_again_when_its_dispatch_bounced()
    {
        CryptoQueue queue = new(1);
        queue.Enqueue(R("A"));
        queue.Enqueue(R("B"));

        Assert.Equal(("A", "B"), Take(queue));
        queue.EnqueueHead(R("A"));

        Assert.Equal(("A", "B"), Take(queue));
        Assert.Equal(("B", null), Take(queue));
    }

    [Fact]
    public void A_request_put_back_below_max_qlen_owes_nobody_a_notification()
    {
        CryptoQueue queue = new(3);
        queue.Enqueue(R("A"));
        queue.Enqueue(R("B"));
        Take(queue);
        queue.EnqueueHead(R("A"));

        Assert.Equal(("A", null), Take(queue));
        Assert.Equal(("B", null), Take(queue));
    }

    [Fact]
    public void Putting_back_into_a_queue_that_ran_empty_works()
    {
        CryptoQueue queue = new(2);
        queue.Enqueue(R("A"));
        Take(queue);
        queue.EnqueueHead(R("A"));
        queue.Enqueue(R("B"));

        Assert.Equal(("A", null), Take(queue));
        Assert.Equal(("B", null), Take(queue));
        Assert.Equal(0, queue.Length);
    }

    [Fact]
    public void The_spurious_notification_of_DM_Q8_goes_to_a_request_that_was_answered_EINPROGRESS()
    {
        CryptoQueue queue = new(2);
        queue.Enqueue(R("A"));
        queue.Enqueue(R("B"));
        Assert.Equal(("A", null), Take(queue));                          // at max_qlen, nothing backlogged

        Assert.Equal(SubmitResult.InProgress, queue.Enqueue(R("C")));    // arrives while the lock is dropped
        queue.EnqueueHead(R("A"));                                       // the dispatch bounced

        Assert.Equal(("A", "C"), Take(queue));                           // C was never answered EBUSY
    }
}
