using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>Runs told step by step, replayed and followed.</summary>
public sealed class ReplayTests
{
    [Fact]
    public void A_failing_schedule_replays_bit_for_bit_from_its_text()
    {
        var failure = Hunt(Tiny.LostWakeup(noise: 2));
        var first = Replay(Tiny.LostWakeup(noise: 2), failure.Schedule);
        var schedule = failure.Schedule with { Anchors = ScheduleAnchors.Of(first.Steps) };
        var again = Replay(Tiny.LostWakeup(noise: 2), ScheduleFile.Parse(ScheduleFile.ToText(schedule), "a.sched"));
        Assert.Null(again.Diverged);
        Assert.Equal(failure.End.Fingerprint, again.End!.Fingerprint);
        Assert.Equal(failure.Steps, again.Steps.Select(s => s.Process));
        Assert.Equal(failure.Preemptions, again.Preemptions);
    }

    [Fact]
    public void Each_step_says_who_ran_where_what_happened_and_who_else_could()
    {
        var told = new TracedRun().Run(Tiny.LostWakeup().Build(traced: true), OpenSteps.Of(ExplorationMode.Untimed), new NoPreemption());
        Assert.Equal(
            [
                "1 reader/0 process read_flag(flag, CLEAR) +writer",
                "2 reader/0 process wait_event: ready +writer",
                "3 writer softirq runs +",
                "4 writer softirq wake_up(flag) = 0 +",
                "5 reader/0 process runs +",
            ],
            told.Steps.Select(s => $"{s.Number} {s.Process} {s.Context} {s.Label} +{string.Join(',', s.Enabled)}"));
        Assert.Equal("completed", told.End!.Ends);
    }

    [Fact]
    public void A_strict_replay_stops_at_a_process_that_cannot_run()
    {
        var replay = Replay(Tiny.LostWakeup(), new Schedule { Choices = ["reader/0", "jr0"] });
        Assert.Equal("diverged at step 2: expected a step of jr0, got jr0 cannot run; those that can are writer, reader/0", replay.Diverged!.ToString());
        Assert.Null(replay.End);
        Assert.Single(replay.Steps);
    }

    [Fact]
    public void A_strict_replay_stops_at_the_first_happening_that_differs()
    {
        var replay = Replay(Tiny.LostWakeup(), new Schedule { Anchors = [new(1, "read_flag(flag, CLEAR)"), new(2, "wake_up(flag) = ENOENT")] });
        Assert.Equal("diverged at step 2: expected wake_up(flag) = ENOENT, got wait_event: ready (reader/0)", replay.Diverged!.ToString());
        Assert.Equal(2, replay.Steps.Count);
    }

    [Theory]
    [InlineData("hung reader/0 @ ready", "diverged at step 5: expected hung reader/0 @ ready, got completed")]
    [InlineData("completed", null)]
    public void A_strict_replay_compares_the_end(string expect, string? diverged) =>
        Assert.Equal(diverged, Replay(Tiny.LostWakeup(), new Schedule { Expect = expect }).Diverged?.ToString());

    [Fact]
    public void A_run_that_ends_before_its_schedule_has_diverged()
    {
        Assert.Equal(
            "diverged at step 6: expected a step of writer, got the end of the run after 5 steps: completed",
            Replay(Tiny.LostWakeup(), new Schedule { Choices = ["reader/0", "reader/0", "writer"] }).Diverged!.ToString());
        Assert.Equal(
            "diverged at step 9: expected runs, got the end of the run after 5 steps: completed",
            Replay(Tiny.LostWakeup(), new Schedule { Anchors = [new(9, "runs")] }).Diverged!.ToString());
    }

    [Fact]
    public void Following_drops_what_cannot_run_and_goes_on_without_preemption()
    {
        var followed = new TracedRun().Follow(Tiny.LostWakeup().Build(traced: true), new Schedule { Choices = ["jr0", "reader/0", "jr0", "writer", "jr0", "writer"] });
        Assert.Null(followed.Diverged);
        Assert.Equal(["reader/0", "writer", "writer", "reader/0"], followed.Steps.Select(s => s.Process));
        Assert.Equal("deadlock", followed.End!.Ends);
    }

    [Theory]
    [InlineData(ExplorationMode.Timed)]
    [InlineData(ExplorationMode.Jitter)]
    public void A_schedule_replays_in_the_mode_it_was_found_in(ExplorationMode mode)
    {
        using var runs = Tiny.LostWakeup(noise: 2).Runs();
        var hunted = new RunHunter(runs, mode, 0.3).Hunt(new RandomWalk(1), mode == ExplorationMode.Timed ? 1 : 1000);
        if (hunted.Failure is { } failure)
        {
            Assert.Null(Replay(Tiny.LostWakeup(noise: 2), failure.Schedule).Diverged);
        }

        Assert.Equal(mode == ExplorationMode.Jitter, hunted.Failure is not null);
    }

    [Fact]
    public void The_most_telling_event_names_a_step()
    {
        static TraceEvent Event(TraceKind kind, string function, string target, string subject, string result, string detail) =>
            new(0, kind, "kcryptd/0", "process", function, target, subject, result, detail);
        var call = Event(TraceKind.Call, "caam_jr_enqueue", "jr0", "req#4", "", "MAY_BACKLOG");
        var accepted = Event(TraceKind.Return, "caam_jr_enqueue", "jr0", "req#4", "EINPROGRESS", "1/4");
        var refused = accepted with { Result = "EBUSY" };
        var callback = Event(TraceKind.Callback, "caam_jr_dequeue", "kcryptd_async_done", "req#1", "0", "");
        var wait = Event(TraceKind.Wait, "crypt_convert", "jr0", "", "", "wait_for_completion(&ctx->restart)");
        var fault = Event(TraceKind.Fault, "caam_jr_enqueue", "jr0", "req#4", "EBUSY", "forgotten");
        Assert.Equal("caam_jr_enqueue(req#4, MAY_BACKLOG) = EBUSY", TraceLabel.Of([call, accepted, refused, wait, callback]));
        Assert.Equal("caam_jr_enqueue(req#4, MAY_BACKLOG) = EBUSY", TraceLabel.Of([call, refused, fault]));
        Assert.Same(fault, TraceLabel.MostTelling([call, refused, fault]));
        Assert.Equal("caam_jr_enqueue(req#4, MAY_BACKLOG) = EINPROGRESS", TraceLabel.Of([callback, call, accepted]));
        Assert.Equal("caam_jr_dequeue -> kcryptd_async_done(req#1) = 0", TraceLabel.Of([wait, callback]));
        Assert.Equal("crypt_convert: wait_for_completion(&ctx->restart)", TraceLabel.Of([call, wait]));
        Assert.Equal("caam_jr_enqueue(req#4, MAY_BACKLOG)", TraceLabel.Of([call]));
        Assert.Equal("runs", TraceLabel.Of([]));
    }

    [Fact]
    public void Two_runs_fail_alike_whichever_of_the_like_processes_hangs()
    {
        static RunEnd End(string process, string waitsOn, string source, string reason = "nobody") => new()
        {
            Ends = "deadlock",
            AtPicoseconds = 1,
            Events = 1,
            Fingerprint = 1,
            Blocked = [new(process, waitsOn, "crypt_convert", 0, source, reason, "", []), new("writer", "bio", "read_events", 0, "Job.cs:1", "nobody", "", ["kcryptd"])],
        };
        Assert.Equal(FailureSignature.Of(End("kcryptd/0", "ctx->restart", "A.cs:1")), FailureSignature.Of(End("kcryptd/13", "ctx->restart", "A.cs:1")));
        Assert.NotEqual(FailureSignature.Of(End("kcryptd/0", "ctx->restart", "A.cs:1")), FailureSignature.Of(End("kcryptd/0", "ctx->restart", "A.cs:2")));
        Assert.NotEqual(FailureSignature.Of(End("kcryptd/0", "ctx->restart", "A.cs:1")), FailureSignature.Of(End("kcryptd/0", "slots", "A.cs:1")));
        Assert.Equal("kcryptd/N @ ctx->restart A.cs:1", FailureSignature.Of(End("kcryptd/0", "ctx->restart", "A.cs:1")).Waits);
    }

    private static TracedResult Replay(TinyFactory factory, Schedule schedule) => new TracedRun().Replay(factory.Build(traced: true), schedule);

    private static HuntFailure Hunt(TinyFactory factory)
    {
        using var runs = factory.Runs();
        return new RunHunter(runs).Hunt(new RandomWalk(1), 1000).Failure!;
    }
}
