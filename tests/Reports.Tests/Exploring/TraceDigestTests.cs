using CryptoSim.Reports.Exploring;
using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;
using Xunit;

namespace CryptoSim.Reports.Tests.Exploring;

public sealed class TraceDigestTests
{
    private static readonly TraceDigest Digest = new(CaamExploration.Trace);

    [Fact]
    public void The_one_nearest_to_the_cause_comes_first_among_those_who_hang() =>
        Assert.Equal(["kcryptd/0", "writer/0"], Digest.Stuck.Select(one => one.Process));

    [Fact]
    public void What_filled_the_ring_matters_and_what_came_after_the_drop_does_not() =>
        Assert.Equal([1, 3, 4, 5, 6], CaamExploration.Trace.Steps.Where(Digest.Matters).Select(step => step.Number));

    [Fact]
    public void A_process_that_waits_for_one_that_can_run_does_not_hang()
    {
        FailingTrace trace = CaamExploration.Trace;
        var digest = new TraceDigest(trace with { End = trace.End with { Blocked = [trace.End.Blocked[0], trace.End.Blocked[1] with { Reason = "alive" }] } });

        Assert.Equal(["kcryptd/0"], digest.Stuck.Select(one => one.Process));
        Assert.Equal(1, digest.Alive);
    }

    [Fact]
    public void Without_a_point_of_no_return_everything_turns_on_the_broken_rule() =>
        Assert.Equal(6, new TraceDigest(CaamExploration.Trace with { PointOfNoReturn = null }).Turning?.Number);

    [Fact]
    public void In_the_passing_sibling_what_frees_an_entry_and_the_request_itself_matter()
    {
        PassingSibling sibling = CaamExploration.Trace.Sibling!;

        Assert.Equal([6, 8, 9, 10, 23], sibling.Steps.Where(step => Digest.MattersInSibling(sibling, step)).Select(step => step.Number));
    }

    [Fact]
    public void Steps_that_go_the_same_way_share_a_row_and_the_rest_is_folded()
    {
        IReadOnlyList<TraceRow> rows = TraceRows.Short(CaamExploration.Trace.Steps, Digest.Matters, 6);

        Assert.Equal(["1 Step", "2 Step", "3 Step", "4..5 Likewise", "6 Step", "7..18 Folded"], rows.Select(row => $"{row.Numbers} {row.Kind}"));
        Assert.Equal("req#2, req#3", rows[3].Subjects);
    }

    [Fact]
    public void The_point_of_no_return_keeps_its_row_among_many_like_it()
    {
        TraceStep submit = CaamExploration.Trace.Steps[2];
        TraceStep[] steps = [.. Enumerable.Range(1, 60).Select(i => submit with { Number = i, Process = i % 2 == 0 ? "a" : "b" })];
        IReadOnlyList<TraceRow> rows = TraceRows.Short(steps, _ => true, 50);

        Assert.Contains(rows, row => row.Numbers == "50" && row.Kind == TraceRowKind.Step);
        Assert.Equal("1", rows[0].Numbers);
        Assert.InRange(rows.Count, 17, 30);
        Assert.Equal(Enumerable.Range(1, 60), rows.SelectMany(row => row.Steps).Select(step => step.Number));
    }

    [Fact]
    public void A_request_is_owed_until_its_last_callback()
    {
        Assert.Equal(["bio#1 1 ", "req#4 6 EBUSY"], OpenRequest.Of(CaamExploration.Trace.Steps).Select(one => $"{one.Subject} {one.Step} {one.Answer}"));

        TraceEvent notified = new(0, TraceKind.Callback, "jr0", "softirq", "caam_jr_dequeue", "kcryptd_async_done", "req#4", "EINPROGRESS", "");
        TraceStep step = CaamExploration.Trace.Steps[^1] with { Events = [notified] };
        Assert.Contains(OpenRequest.Of([.. CaamExploration.Trace.Steps, step]), one => one.Subject == "req#4");
        Assert.DoesNotContain(OpenRequest.Of([.. CaamExploration.Trace.Steps, step with { Events = [notified with { Result = "0" }] }]), one => one.Subject == "req#4");
    }

    [Fact]
    public void A_chain_tells_waiting_from_owing_from_holding()
    {
        WaitChain chain = WaitChain.Of(CaamExploration.Trace.End.Blocked[1], WaitChain.ProcessesOf(CaamExploration.Trace));

        Assert.Equal(
            "writer/0|waits for io_getevents|owed by kioctx|held by bio#1|held by io bio#1|held by kcryptd/0|waits for ctx->restart|owed by req#4|held by (nobody)",
            string.Join('|', chain.Links.Select(link => $"{link.Verb} {link.Name}".Trim())));
        Assert.Equal((-1, "no cycle: what should come is lost"), (chain.BackTo, chain.Summary));
    }

    [Fact]
    public void A_cycle_leads_back_to_where_it_was_entered()
    {
        FailingTrace trace = CaamExploration.Cycle.Failure!;
        BlockedRecord outside = trace.End.Blocked[0] with { Process = "c", Chain = ["c", "done", "a", "lock B", "b", "lock A", "a"] };
        WaitChain chain = WaitChain.Of(outside, WaitChain.ProcessesOf(trace));

        Assert.Equal((2, 6, "owed by"), (chain.BackTo, chain.Links.Count, chain.BackVerb));
    }
}
