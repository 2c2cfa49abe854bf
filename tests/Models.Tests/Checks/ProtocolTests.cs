using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Checks;

/// <summary>The protocol of the crypto API, one wrong driver or caller after the other, each beside the right one.</summary>
public sealed class ProtocolTests
{
    private const Errno Notification = Errno.EINPROGRESS;
    private const Errno Final = Errno.EIO;   // a final status that says nothing about data

    private static (End End, string? Rule, string? Message) After(SubmitResult answer, params Errno[] callbacks) => Outcome(answer, true, callbacks);

    private static (End End, string? Rule, string? Message) Outcome(SubmitResult answer, bool mayBacklog, params Errno[] callbacks)
    {
        TestRequest request = new("r", mayBacklog);
        HandDriver driver = new(answer);
        return HandRun.Of(() =>
        {
            driver.Submit(request);
            Array.ForEach(callbacks, request.Complete);
        });
    }

    [Fact]
    public void What_the_protocol_asks_for_passes()
    {
        Assert.Equal(End.Completed, After(SubmitResult.InProgress, Final).End);
        Assert.Equal(End.Completed, After(SubmitResult.Busy, Notification, Final).End);
        Assert.Equal(End.Completed, After(SubmitResult.NoSpace).End);
        Assert.Equal(End.Completed, After(SubmitResult.Done).End);
    }

    [Fact]
    public void A_notification_to_a_request_that_was_not_answered_EBUSY_is_a_fault()
    {
        var outcome = After(SubmitResult.InProgress, Notification);

        Assert.Equal((End.Fault, "DM-C5"), (outcome.End, outcome.Rule));
        Assert.Equal("req#1 was called back with EINPROGRESS that was not owed: it had not been answered EBUSY, or had been called back so before", outcome.Message);
    }

    [Theory]
    [InlineData(0, 1, null)]
    [InlineData(1, 0, "DM-Q10")]
    public void Notifications_come_in_the_order_of_the_answers_EBUSY(int first, int second, string? rule)
    {
        TestRequest[] requests = [new("a"), new("b")];
        HandDriver driver = new(SubmitResult.Busy, SubmitResult.Busy);
        List<int> owed = [];
        var outcome = HandRun.Of(() =>
        {
            Array.ForEach(requests, request => driver.Submit(request));
            owed.Add(driver.Owed);
            requests[first].Complete(Notification);
            owed.Add(driver.Owed);
            requests[second].Complete(Notification);
            owed.Add(driver.Owed);
        });

        Assert.Equal(rule, outcome.Rule);
        Assert.Equal(rule is null ? [2, 1, 0] : [2, 2, 1], owed);
    }

    [Fact]
    public void A_standstill_is_blamed_on_an_entry_without_a_request_then_on_a_lost_one_then_on_those_not_notified()
    {
        HandDriver driver = new(SubmitResult.InProgress, SubmitResult.Busy);
        TestRequest[] requests = [new("a"), new("b")];
        List<string?> rules = [];
        HandRun.Of(() =>
        {
            Array.ForEach(requests, request => driver.Submit(request));
            rules.Add(Standstill.Blame(driver, entriesInUse: 2)?.Rule);
            rules.Add(Standstill.Blame(driver, entriesInUse: 1)?.Rule);
            requests[0].Complete(Final);
            rules.Add(Standstill.Blame(driver, entriesInUse: 0)?.Rule);
            requests[1].Complete(Notification);
            requests[1].Complete(Final);
            rules.Add(Standstill.Blame(driver, entriesInUse: 0)?.Rule);
        });

        Assert.Equal(["DM-J10", "DM-C1", "DM-C5", null], rules);
    }

    [Fact]
    public void A_second_notification_is_a_fault() =>
        Assert.Equal("DM-C5", After(SubmitResult.Busy, Notification, Notification).Rule);

    [Fact]
    public void A_final_status_without_the_notification_is_a_fault() =>
        Assert.Equal("DM-C5", After(SubmitResult.Busy, Final).Rule);

    [Fact]
    public void A_second_final_status_is_a_fault() =>
        Assert.Equal("DM-C9", After(SubmitResult.InProgress, Final, Final).Rule);

    [Theory]
    [InlineData(Final)]
    [InlineData(Notification)]
    public void A_callback_to_a_refused_request_is_a_fault(Errno status) =>
        Assert.Equal("DM-C1", After(SubmitResult.NoSpace, status).Rule);

    [Fact]
    public void Without_MAY_BACKLOG_EBUSY_is_a_refusal()
    {
        Assert.Equal(End.Completed, Outcome(SubmitResult.Busy, mayBacklog: false).End);
        Assert.Equal("DM-C1", Outcome(SubmitResult.Busy, mayBacklog: false, Notification).Rule);
    }

    [Fact]
    public void A_callback_to_a_request_that_nobody_submitted_is_a_fault() =>
        Assert.Equal("DM-C1", HandRun.Of(() => new TestRequest("r").Complete(Final)).Rule);

    [Fact]
    public void A_wrong_callback_is_not_delivered()
    {
        TestRequest request = new("r");
        HandDriver driver = new(SubmitResult.InProgress);
        HandRun.Of(() =>
        {
            driver.Submit(request);
            request.Complete(Notification);
        });

        Assert.Empty(request.Callbacks);
    }

    [Fact]
    public void Submitting_a_request_in_flight_is_a_fault_and_after_its_final_callback_is_not()
    {
        string? Rule(params Errno[] between)
        {
            TestRequest request = new("r");
            HandDriver driver = new(SubmitResult.InProgress, SubmitResult.InProgress);
            return HandRun.Of(() =>
            {
                driver.Submit(request);
                Array.ForEach(between, request.Complete);
                driver.Submit(request);
            }).Rule;
        }

        Assert.Equal("DM-C4", Rule());
        Assert.Null(Rule(Final));
    }

    [Fact]
    public void Callbacks_may_come_before_the_answer_and_must_fit_it()
    {
        (End, string?) Early(SubmitResult answer, params Errno[] callbacks)
        {
            HandDriver driver = new(answer) { OnSubmit = request => Array.ForEach(callbacks, request.Complete) };
            var outcome = HandRun.Of(() => driver.Submit(new TestRequest("r")));
            return (outcome.End, outcome.Rule);
        }

        Assert.Equal((End.Completed, null), Early(SubmitResult.InProgress, Final));
        Assert.Equal((End.Completed, null), Early(SubmitResult.Busy, Notification, Final));
        Assert.Equal((End.Completed, null), Early(SubmitResult.Busy, Notification));
        Assert.Equal((End.Fault, "DM-C5"), Early(SubmitResult.Busy, Final));
        Assert.Equal((End.Fault, "DM-C5"), Early(SubmitResult.InProgress, Notification));
        Assert.Equal((End.Fault, "DM-C1"), Early(SubmitResult.NoSpace, Final));
    }

    [Fact]
    public void The_notification_too_many_of_crypto_enqueue_request_head_passes_once()
    {
        (End, string?) Notified(int times, bool bounced)
        {
            TestRequest late = new("late");
            HandDriver driver = new(SubmitResult.InProgress);
            var outcome = HandRun.Of(() =>
            {
                if (bounced)
                {
                    Bounce(late, driver);
                }
                else
                {
                    driver.Submit(late);
                }

                Array.ForEach(Enumerable.Repeat(Notification, times).ToArray(), late.Complete);
            });
            return (outcome.End, outcome.Rule);
        }

        Assert.Equal((End.Completed, null), Notified(1, bounced: true));
        Assert.Equal((End.Fault, "DM-C5"), Notified(2, bounced: true));
        Assert.Equal((End.Fault, "DM-C5"), Notified(1, bounced: false));
    }

    /// <summary>DM-Q8: a request comes while the oldest is out for a try that fails, and the mark comes to rest on it.</summary>
    private static void Bounce(TestRequest late, HandDriver driver)
    {
        CryptoQueue queue = new(1);
        TestRequest first = new("first");
        queue.Enqueue(first);
        Assert.Same(first, queue.Dequeue());
        driver.OnSubmit = request => queue.Enqueue(request);
        driver.Submit(late);
        queue.EnqueueHead(first);
        Assert.Same(late, queue.GetBacklog());
    }
}
