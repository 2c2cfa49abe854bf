using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios.Running;

namespace CryptoSim.Cli.Tests.Rendering;

public class RunViewTests
{
    [Fact]
    public void A_deadlock_is_told_with_the_waiter_the_reason_the_last_events_and_the_replay()
    {
        string page = Show(Synthetic.Result(
            [Synthetic.Deadlock("caam-4.1"), Synthetic.Completed("caam-fixed")],
            Synthetic.Claim("ends: deadlock", "caam-4.1", holds: true, "deadlock"),
            Synthetic.Claim("ends: completed", "caam-fixed", holds: true, "completed")));

        string expected = """
            caam-deadlock: A driver that drops a request hangs dm-crypt.

            caam-4.1                  deadlock at 2.118ms       as expected
                rule                  DM-C5: EBUSY with MAY_BACKLOG promises a callback that never comes  docs/rules.md
                kcryptd/0             waits on ctx->restart since 1.402ms  in crypt_convert  ConvertContext.cs:41
                                      nobody will wake it: req#4 was answered EBUSY by jr0 and is in no queue
                last events           1us         kcryptd/0     [process] caam_jr_enqueue jr0 req#1 = EINPROGRESS  ring 1/3
                                      1.402ms     kcryptd/0     [process] caam_jr_enqueue jr0 req#4 = EBUSY  ring 3/3, request
                                                  dropped
                                      2ms         jr0           [softirq] kcryptd_async_done kcryptd/0 req#2 = 0
                                      2.05ms      jr0           [softirq] kcryptd_async_done kcryptd/0 req#3 = 0
                                      2.118ms     jr0           [hw]      caam_jr_dequeue  ring 0/3
                replay                ./cryptosim replay out/x/0.run
            caam-fixed                completed at 3.002ms      as expected

            2 of 2 claims hold · fingerprint 45045ec26e117fe0 · 0.03 s
            2 records in out/x/
            """;
        Assert.Equal(expected.ReplaceLineEndings("\n") + "\n", page);
    }

    [Fact]
    public void A_run_that_ends_otherwise_than_claimed_says_so_and_the_claim_is_shown_with_what_was_found()
    {
        string page = Show(Synthetic.Result(
            [Synthetic.Deadlock("caam-fixed")],
            Synthetic.Claim("ends: completed", "caam-fixed", holds: false, "deadlock"),
            Synthetic.Claim("jr0.backlog.max <= 1", "caam-fixed", holds: false, "3", "2.5 to 3.5")));

        Assert.Contains("deadlock at 2.118ms       NOT as expected\n", page, StringComparison.Ordinal);
        Assert.Contains("BROKEN  caam-fixed: ends: completed  found deadlock\n", page, StringComparison.Ordinal);
        Assert.Contains("BROKEN  caam-fixed: jr0.backlog.max <= 1  found 3  (95 %: 2.5 to 3.5)\n", page, StringComparison.Ordinal);
        Assert.Contains("0 of 2 claims hold · fingerprint 0000000000abcdef · ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_claims_that_does_not_complete_is_marked()
    {
        string page = Show(new ExperimentResult(Synthetic.Scenario(), [new CompletedRun(Synthetic.Deadlock("a"), 0)], [], Holds: false));

        Assert.Contains("deadlock at 2.118ms       NOT completed\n", page, StringComparison.Ordinal);
        Assert.Contains("no claims; a run did not complete", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_in_names_cannot_steer_the_terminal()
    {
        string page = Show(Synthetic.Result([Synthetic.Completed("a\u001b[2Jb")]));

        Assert.DoesNotContain('\u001b', page);
        Assert.Contains("a\uFFFD[2Jb", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_terminal_gets_colours_unless_they_are_not_wanted()
    {
        ExperimentResult result = Synthetic.Result([Synthetic.Completed("a")]);

        Assert.Contains("\u001b[1m", Show(result, terminal: true), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Show(result, terminal: true, noColour: true));
        Assert.DoesNotContain('\u001b', Show(result));
    }

    [Fact]
    public void A_narrow_terminal_gets_no_line_longer_than_itself()
    {
        string page = Show(Synthetic.Result([Synthetic.Deadlock("caam-4.1")]), terminal: true, noColour: true, width: 72);

        Assert.All(page.Split('\n'), line => Assert.True(line.Length <= 72, line));
        Assert.Contains(Synthetic.Owner.Replace(" ", "", StringComparison.Ordinal), page.ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrapped_line_ends_with_a_word_and_not_with_blanks()
    {
        Line line = new Line().Column("abc", 8).Add("defg hij", Tone.Bad).Add("  klm");

        Assert.Equal(
            ["abc     defg", "    hij  klm"],
            Wrapping.Wrap(line, width: 12, hang: 4).Select(part => string.Concat(part.Pieces.Select(piece => piece.Text))));
    }

    private static string Show(ExperimentResult result, bool terminal = false, bool noColour = false, int width = 160)
    {
        var output = new StringWriter { NewLine = "\n" };
        var surroundings = new Surroundings
        {
            Output = output,
            Error = TextWriter.Null,
            OutputIsTerminal = terminal,
            Width = width,
            Variable = name => noColour && name == "NO_COLOR" ? "1" : null,
        };
        string[] records = [.. result.Runs.Select((_, i) => $"out/x/{i}.run")];
        new RunView(new Screen(surroundings), "./cryptosim").Write(result, records, "out/x", 0.034);
        return output.ToString();
    }
}
