using CryptoSim.Cli.Rendering;
using CryptoSim.Reports.Exploring;
using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Tests.Rendering;

public class ExploreViewTests
{
    [Fact]
    public void A_deadlock_is_told_as_a_hung_task_with_its_cause_its_lanes_and_the_schedule_that_passes()
    {
        string expected = """
            caam-4.1                  DEADLOCK                  as expected
                phase 0  default schedule .. HUNG  1 schedule, 18 steps     2 ms
                phase 2  breadth-first ..... HUNG  shortest is 18 steps    31 ms
                shortest: 18 steps, 0 preemptions; 91 of 271 states (34 %) already doomed
                271 states, 604 transitions, 118 steps fused · 33 ms · 8,212 states/s · 86.2 KiB

            INFO: task kcryptd/0 blocked for ever (no runnable task can wake it)
              state:D     crypt_convert -> wait_for_completion(&ctx->restart) of io bio#1  ConvertContext.cs:89
              waits for   ctx->restart since step 6, which only req#4 can bring
              but         req#4 was answered EBUSY by jr0 and is in no queue
              still owed  bio#1 (since step 1), req#4 (since step 6, answered EBUSY)
              other tasks writer/0 likewise: state:S  read_events waits for io_getevents  Job.cs:72
                          jr0/deco0, jr0/line, jr0: idle or done

            CAUSE  step 6 is the point of no return: before it some continuation finishes, after it none does
              >6<  kcryptd/0  caam_jr_enqueue(req#4, MAY_BACKLOG) = EBUSY  jr0 3/3, request dropped
                   JobRing.cs:97
                   breaks DM-C5: EBUSY to a request with MAY_BACKLOG promises a callback with EINPROGRESS; the
                   request was dropped  docs/rules.md
                   could also have run: jr0/deco0
            chain  kcryptd/0 --waits for--> ctx->restart --owed by--> req#4 --held by--> (nobody)
                   (no cycle: what should come is lost)

            step     writer/0  dm-0      kcryptd/0 jr0
                 1   o-------->.         |         |          crypt_map(bio#1)  WRITE 0 + 8
                 2   D         .         o         |          kcryptd_crypt_write_convert(io bio#1)
                 3   D         .         o-------->|          caam_jr_enqueue(req#1, MAY_BACKLOG) = EINPROGRESS
                     D         .         |         |            jr0 1/3
              4..5   D         .         o-------->|          req#2, req#3 likewise  jr0 3/3
                >6<  D         .         o-------X |          caam_jr_enqueue(req#4, MAY_BACKLOG) = EBUSY  jr0
                     D         .         D         |            3/3, request dropped
             7..18   D         .         D         |          12 steps that do not matter (see --steps)
              never  D         .         D X - - - |          the callback of req#4 that ctx->restart waits for

            FAILS after the same 5 steps                     | PASSES  the closest schedule
               >6< kcryptd/0 caam_jr_enqueue(req#4,          |     6  jr0/deco0 runs
                   MAY_BACKLOG) = EBUSY                      |     7  (1 step)
            7..18  (12 steps)                                |     8  jr0 caam_jr_interrupt
                   hung after 18 steps                       |     9  jr0 kcryptd_async_done(req#1) = 0
                                                             |    10  kcryptd/0 caam_jr_enqueue(req#4,
                                                             |        MAY_BACKLOG) = EINPROGRESS
                                                             | 11..22 (12 steps)
                                                             |    23  jr0 kcryptd_async_done(req#4) = 0
                                                             |        ... 5 steps, all work done after 28 steps

            stretched  jr0/deco0: 8us -> 43us (step 7)
            replay     ./cryptosim replay out/caam-deadlock/caam-4.1.sched
            repro      ./cryptosim run out/caam-deadlock/caam-4.1.repro.yaml
            perfetto   out/caam-deadlock/caam-4.1.perfetto.json
            page       out/caam-deadlock/explore.html


            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), Show(CaamExploration.Failing));
    }

    [Fact]
    public void A_proof_says_what_it_proves_for_which_size_and_what_it_took()
    {
        string expected = """
            caam-fixed                PROVED                    as expected
                no schedule fails: every state was visited and kept
                for jr0.depth=4 writer.size=4KiB, untimed: for every timing
                8,217 states, 21,034 transitions, 5,100 steps fused · 0.22 s · 37,350 states/s · 1.90 MiB

            """;
        Assert.Equal(expected.ReplaceLineEndings("\n"), Show(CaamExploration.Fixed));
    }

    [Fact]
    public void Only_a_proof_is_called_one()
    {
        foreach ((ExplorationResult result, string word, string meaning) in new[]
        {
            (CaamExploration.Bounded, "BOUNDED", "no answer: nothing fails within 2 preemptions, 1,200,000 states; beyond it nothing is known"),
            (CaamExploration.Covered, "COVERED", "no schedule found that fails; a state was missed with p <= 3.2e-7 (64-bit fingerprints)"),
            (CaamExploration.Sampled, "SAMPLED", "no proof: 201 runs, none of which failed"),
        })
        {
            string page = Show(new ExploredVariant("v", result with { Phases = [] }));

            Assert.StartsWith("v                         " + word + "\n    " + meaning + "\n", page, StringComparison.Ordinal);
            Assert.DoesNotContain("PROVED", page, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("every timing", Show(new ExploredVariant("v", CaamExploration.Sampled)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bounded_search_shows_how_far_each_phase_came_and_that_it_was_expected_to_prove()
    {
        string page = Show(CaamExploration.All.Variants[3]);

        Assert.Contains("BOUNDED                   NOT as expected: explore: proved\n", page, StringComparison.Ordinal);
        Assert.Contains("    phase 1  random, PCT ....... passed  200 schedules           45 ms\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_that_wait_for_each_other_are_a_cycle_that_leads_back()
    {
        string page = Show(new ExploredVariant("abba", CaamExploration.Cycle));

        Assert.Contains("INFO: task b blocked for ever (those who could wake it wait for each other)\n", page, StringComparison.Ordinal);
        Assert.Contains("  held up by  a -> b -> a, which wait for each other\n", page, StringComparison.Ordinal);
        Assert.Contains("chain  b --waits for--> lock A --owed by--> a --waits for--> lock B --owed by--> b\n", page, StringComparison.Ordinal);
        Assert.Contains(">2<  |      .      o----->.       mutex_lock(lock B) = 0\n", page, StringComparison.Ordinal);
        Assert.Contains("not proved shortest: 4 steps, 1 preemption\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("PASSES", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Tasks_that_hang_at_the_same_place_share_a_line_and_the_one_of_the_cause_comes_first()
    {
        FailingTrace trace = CaamExploration.Trace;
        BlockedRecord cause = trace.End.Blocked[0];
        BlockedRecord[] blocked = [.. ((string[])["kcryptd/7", "kcryptd/8"]).Select(name => cause with { Process = name, Owner = "req#9 is lost" }), cause];
        string page = Show(new ExploredVariant("v", CaamExploration.Deadlock with { Failure = trace with { End = trace.End with { Blocked = blocked } } }));

        Assert.Contains("INFO: task kcryptd/0 blocked for ever", page, StringComparison.Ordinal);
        Assert.Contains("other tasks kcryptd/7, kcryptd/8 too: state:D  crypt_convert waits for ctx->restart", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_corruption_is_a_bug_and_not_a_hung_task()
    {
        FailingTrace trace = CaamExploration.Trace with { End = CaamExploration.Trace.End with { Ends = "corruption", Blocked = [] }, Sibling = null };
        string page = Show(new ExploredVariant("v", CaamExploration.Deadlock with { Found = "corruption", Rule = "DM-S3", Message = "sector 2 was written with the IV of sector 3", Failure = trace }));

        Assert.Contains("BUG: data corruption: sector 2 was written with the IV of sector 3\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("blocked for ever", page, StringComparison.Ordinal);
        Assert.DoesNotContain("  D  ", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_graph_the_broken_rule_is_shown_and_no_point_of_no_return_is_claimed()
    {
        string page = Show(new ExploredVariant("v", CaamExploration.Deadlock with { Failure = CaamExploration.Trace with { PointOfNoReturn = null, Doomed = null, IsShortest = false } }));

        Assert.Contains("CAUSE  step 6 breaks the rule; the point of no return is not known, because the graph was not kept\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("doomed", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_full_trace_has_a_line_for_every_step()
    {
        string page = Show(CaamExploration.Failing, full: true);

        Assert.All(Enumerable.Range(1, 18), step => Assert.Matches($@"(?m)^ *>?{step}<?  ", page));
        Assert.DoesNotContain("do not matter", page, StringComparison.Ordinal);
        Assert.DoesNotContain("likewise  jr0", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(72)]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(200)]
    public void No_line_but_a_command_is_longer_than_the_terminal(int width)
    {
        foreach (ExploredVariant explored in CaamExploration.All.Variants.Append(new ExploredVariant("abba", CaamExploration.Cycle)))
        {
            string page = Show(explored, terminal: true, noColour: true, width: width);

            Assert.All(page.Split('\n').Where(line => !line.Contains("./cryptosim", StringComparison.Ordinal)), line => Assert.True(line.Length <= width, line));
            Assert.All(page.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
        }
    }

    [Fact]
    public void Colours_add_nothing_to_the_text()
    {
        string coloured = Show(CaamExploration.Failing, terminal: true);

        Assert.Contains('\u001b', coloured);
        Assert.Equal(Words(Show(CaamExploration.Failing)), Words(System.Text.RegularExpressions.Regex.Replace(coloured, "\u001b\\[[0-9;]*m", "")));
        Assert.DoesNotContain('\u001b', Show(CaamExploration.Failing, terminal: true, noColour: true));
    }

    [Fact]
    public void Control_characters_in_names_cannot_steer_the_terminal()
    {
        FailingTrace trace = CaamExploration.Trace with { Steps = [.. CaamExploration.Trace.Steps.Select(step => step with { Process = "k\u001b[2J\n", Label = "l\u001b[2J", Source = "\u0007" })] };
        string page = Show(new ExploredVariant("v\u001b[2J", CaamExploration.Deadlock with { Message = "\u001b[2J", Failure = trace }));

        Assert.DoesNotContain('\u001b', page);
        Assert.DoesNotContain('\u0007', page);
    }

    [Fact]
    public void Files_that_were_not_written_are_not_named()
    {
        string page = Show(CaamExploration.Failing with { Files = new ExplorationFiles { Schedule = "a b.sched" } });

        Assert.Contains("replay     ./cryptosim replay 'a b.sched'\n", page, StringComparison.Ordinal);
        Assert.DoesNotContain("repro", page, StringComparison.Ordinal);
        Assert.DoesNotContain("perfetto", page, StringComparison.Ordinal);
    }

    private static string[] Words(string page) => page.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static string Show(ExploredVariant explored, bool terminal = false, bool noColour = false, int width = 100, bool full = false)
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
        new ExploreView(new Screen(surroundings), "./cryptosim", full).Write(explored);
        return output.ToString();
    }
}
