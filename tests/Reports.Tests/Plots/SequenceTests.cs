using CryptoSim.Reports.Plots.Sequences;
using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Recording;
using Xunit;

namespace CryptoSim.Reports.Tests.Plots;

public sealed class SequenceTests
{
    private static readonly Sequence Deadlock = SequenceBuilder.Build(CaamDeadlock.Deadlock());

    [Fact]
    public void Each_process_each_part_and_each_interrupt_has_a_lane()
    {
        Assert.Equal(
            ["writer/0: process", "dm-0: called", "kcryptd/0: process", "jr0: ring, 3 usable", "jr0: interrupt, softirq"],
            Deadlock.Lanes.Select(lane => $"{lane.Name}: {lane.Role}"));
    }

    [Fact]
    public void The_callback_that_is_never_sent_points_at_the_one_that_waits_for_it()
    {
        SequenceRow never = Deadlock.Rows.Single(row => row.Meaning == Meaning.Never);

        Assert.Equal("kcryptd_async_done(req#4, -EINPROGRESS)", never.Text);
        Assert.Equal(("interrupt, softirq", "kcryptd/0"), (Deadlock.Lanes[never.From].Role, Deadlock.Lanes[never.To].Name));
        Assert.Null(never.At);
        Assert.Same(never, Deadlock.Rows[^1]);
    }

    [Fact]
    public void A_run_that_completes_has_no_callback_that_is_missing()
    {
        Assert.DoesNotContain(SequenceBuilder.Build(CaamDeadlock.Fixed("caam-fixed")).Rows, row => row.Meaning == Meaning.Never);
    }

    [Fact]
    public void Requests_that_go_the_same_way_are_told_once()
    {
        Assert.Single(Deadlock.Rows, row => row.Text == "caam_jr_enqueue(req#1)");
        Assert.Equal(2, Deadlock.Rows.Count(row => row.Text == "req#2, req#3 go the same way"));
        Assert.DoesNotContain(Deadlock.Rows, row => row.Text == "caam_jr_enqueue(req#2)");
    }

    [Fact]
    public void The_dropped_request_and_the_endless_wait_are_red()
    {
        Assert.Equal(
            ["-EBUSY", "caam_jr_enqueue(req#4)", "sleeps and is never woken"],
            Deadlock.Rows.Where(row => row.Meaning == Meaning.Fault).Select(row => row.Text));
    }

    [Fact]
    public void Both_sleepers_are_hatched_to_the_end()
    {
        Assert.Equal([0, 2], Deadlock.Sleeps.Where(sleep => sleep.LastRow == Deadlock.Rows.Count).Select(sleep => sleep.Lane));
        Assert.True(Deadlock.Sleeps.Single(sleep => sleep.Lane == 0).FirstRow == 1, "writer/0 sleeps once it has submitted");
    }

    [Fact]
    public void The_band_says_when_who_and_who_should_have_come()
    {
        Assert.Equal("DEADLOCK at 45.7 µs of virtual time: 2 processes still blocked (DM-C5)", Deadlock.Ending[0]);
        Assert.Equal("kcryptd/0 waits for ctx->restart since 3.90 µs: req#4 was answered EBUSY by jr0 and is in no queue", Deadlock.Ending[1]);
    }

    [Fact]
    public void A_long_trace_keeps_its_beginning_what_went_wrong_and_its_end()
    {
        RunRecord run = CaamDeadlock.Deadlock();
        var random = new Lcg(1);
        TraceEvent[] noise = [.. Enumerable.Range(0, 3000).Select(i => run.Trace[1] with { AtPicoseconds = 200_000 + i, Subject = $"req#{100 + i}", Function = "f" + (char)('a' + (int)(random.Unit() * 25)) })];
        Sequence sequence = SequenceBuilder.Build(run with { Trace = [run.Trace[0], .. noise, .. run.Trace.Skip(1)] });

        Assert.InRange(sequence.Rows.Count, 20, 60);
        Assert.Contains(sequence.Rows, row => row.From < 0 && row.Text.EndsWith("events not drawn", StringComparison.Ordinal));
        Assert.Contains(sequence.Rows, row => row.Text == "-EBUSY");
        Assert.Equal("crypt_map(bio#1)", sequence.Rows[0].Text);
    }

    [Fact]
    public void Crowds_get_no_lane_but_those_who_wait_for_ever_do()
    {
        RunRecord run = CaamDeadlock.Deadlock();
        TraceEvent[] crowd = [.. Enumerable.Range(1, 40).Select(i => run.Trace[1] with { AtPicoseconds = 100, Process = $"kcryptd/{i}", Subject = $"req#{100 + i}" })];
        Sequence sequence = SequenceBuilder.Build(run with { Trace = [.. crowd, .. run.Trace] });

        Assert.InRange(sequence.Lanes.Count, 3, 7);
        Assert.Contains(sequence.Lanes, lane => lane.Name == "kcryptd/0");
        Assert.All(sequence.Rows, row => Assert.InRange(row.From, -1, sequence.Lanes.Count - 1));
    }

    [Fact]
    public void A_wrapper_of_the_call_may_return_and_a_bio_ends_in_the_function_that_it_names()
    {
        RunRecord run = CaamDeadlock.Deadlock();
        TraceEvent[] wrapped =
        [
            .. run.Trace.Select(one => one.Kind == TraceKind.Return ? one with { Function = "ablkcipher_encrypt" } : one),
            new(37_000_000, TraceKind.Call, "kcryptd/0", "process", "generic_make_request", "dm-0", "bio#2", "", "WRITE 0 + 8"),
            new(38_000_000, TraceKind.Callback, "dm-0", "softirq", "bio_endio", "crypt_endio", "bio#2", "0", ""),
        ];
        Sequence sequence = SequenceBuilder.Build(run with { Trace = wrapped });

        Assert.Equal(Deadlock.Lanes.Select(lane => lane.Name), sequence.Lanes.Select(lane => lane.Name).Take(5));
        Assert.Equal(Deadlock.Rows.Count(row => row.Meaning == Meaning.Return), sequence.Rows.Count(row => row.Meaning == Meaning.Return));
        Assert.Equal(2, sequence.Rows.Count(row => row.Text == "req#2, req#3 go the same way"));
        Assert.Contains(sequence.Rows, row => row.Text == "generic_make_request(bio#2)");
        Assert.Contains(sequence.Rows, row => row.Text == "crypt_endio(bio#2, 0)" && sequence.Lanes[row.To].Name == "kcryptd/0");
        Assert.Contains(sequence.Rows, row => row.Meaning == Meaning.Never && row.Text.StartsWith("kcryptd_async_done(req#4", StringComparison.Ordinal));
    }
}
