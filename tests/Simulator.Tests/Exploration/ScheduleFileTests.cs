using CryptoSim.Simulator.Exploration;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>A schedule as text.</summary>
public sealed class ScheduleFileTests
{
    private const string Example = """
        cryptosim-schedule 1
        scenario  caam-deadlock.yaml
        sha256    9f2c
        variant   caam-4.1
        set       jr0.depth=4
        set       dm-0.submit=wait-on-busy
        mode      untimed
        choices   kcryptd/0*5 jr0/0*8 tasklet*8
        at 5      caam_jr_enqueue(req#4) = EBUSY
        expect    hung kcryptd/0 @ ctx->restart

        """;

    [Fact]
    public void A_schedule_is_written_as_people_read_it()
    {
        var schedule = new Schedule
        {
            Scenario = "caam-deadlock.yaml",
            Sha256 = "9f2c",
            Variant = "caam-4.1",
            Set = ["jr0.depth=4", "dm-0.submit=wait-on-busy"],
            Choices = [.. Enumerable.Repeat("kcryptd/0", 5), .. Enumerable.Repeat("jr0/0", 8), .. Enumerable.Repeat("tasklet", 8)],
            Anchors = [new ScheduleAnchor(5, "caam_jr_enqueue(req#4) = EBUSY")],
            Expect = "hung kcryptd/0 @ ctx->restart",
        };
        Assert.Equal(Example.ReplaceLineEndings("\n"), ScheduleFile.ToText(schedule));
        AssertSame(schedule, ScheduleFile.Parse(Example, "a.sched"));
    }

    [Fact]
    public void A_long_list_of_choices_is_wrapped_at_100_columns()
    {
        var schedule = new Schedule { Choices = [.. Enumerable.Range(0, 200).Select(i => $"kcryptd/{i % 7}")] };
        string text = ScheduleFile.ToText(schedule);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        Assert.True(text.Split('\n').Count(line => line.StartsWith("choices", StringComparison.Ordinal)) > 10);
        AssertSame(schedule, ScheduleFile.Parse(text, "a.sched"));
    }

    [Fact]
    public void Every_schedule_reads_back_as_it_was_written() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(3, 5, 60),
        Prop.ForAll(ArbMap.Default.ArbFor<(string?[] Texts, string?[] Names, byte[] Counts, byte Mode)>(), input =>
        {
            string Text(int i) => i < input.Texts.Length ? input.Texts[i] ?? "" : "";
            var schedule = new Schedule
            {
                Scenario = Text(0),
                Sha256 = Text(1),
                Variant = Text(2),
                Expect = Text(3),
                Set = [.. input.Texts.Skip(4).Select(t => t ?? "")],
                Mode = (ExplorationMode)(input.Mode % 3),
                Jitter = input.Mode % 3 == (int)ExplorationMode.Jitter ? input.Mode / 255.0 : 0.1,
                Choices = [.. input.Names.Zip(input.Counts).SelectMany(p => Enumerable.Repeat(p.First ?? "", p.Second + 1))],
                Anchors = [.. input.Names.Select((name, i) => new ScheduleAnchor((i * 3) + 1, name ?? ""))],
            };
            AssertSame(schedule, ScheduleFile.Parse(ScheduleFile.ToText(schedule), "a.sched"));
        }));

    [Fact]
    public void A_damaged_schedule_is_one_line_of_error_or_another_schedule() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(3, 7, 60),
        Prop.ForAll(ArbMap.Default.ArbFor<(ushort At, char New, byte Cut)>(), damage =>
        {
            int at = damage.At % Example.Length;
            string text = Example[..at] + damage.New + Example[Math.Min(Example.Length, at + (damage.Cut % 4))..];
            try
            {
                Assert.NotNull(ScheduleFile.Parse(text, "a.sched"));
            }
            catch (ScheduleException refused)
            {
                Assert.Matches(@"^a\.sched:\d+:\d+: expected [^\n]+$", refused.Message);
            }
        }));

    [Theory]
    [InlineData("", "a.sched:1:1: expected 'cryptosim-schedule 1': this is not a schedule")]
    [InlineData("cryptosim-run 1\n", "a.sched:1:1: expected 'cryptosim-schedule 1': this is not a schedule")]
    [InlineData("cryptosim-schedule 2\n", "a.sched:1:20: expected version 1: this schedule was written by a newer CryptoSim")]
    [InlineData("cryptosim-schedule x\n", "a.sched:1:20: expected version 1: there is no such version")]
    [InlineData("cryptosim-schedule 1\nchoice a\n", "a.sched:2:1: expected one of scenario, sha256, variant, set, mode, choices, at, expect")]
    [InlineData("cryptosim-schedule 1\nmode quick\n", "a.sched:2:6: expected untimed, timed or jitter")]
    [InlineData("cryptosim-schedule 1\nmode jitter 2\n", "a.sched:2:13: expected a share from 0 to 1")]
    [InlineData("cryptosim-schedule 1\nmode timed\nmode timed\n", "a.sched:3:1: expected one line of mode only")]
    [InlineData("cryptosim-schedule 1\nchoices a*999999999\n", "a.sched:2:11: expected how many in a row, from 1 to 1000000")]
    [InlineData("cryptosim-schedule 1\nchoices a*99999999999999999999\n", "a.sched:2:11: expected how many in a row, from 1 to 1000000")]
    [InlineData("cryptosim-schedule 1\nchoices a*0\n", "a.sched:2:11: expected how many in a row, from 1 to 1000000")]
    [InlineData("cryptosim-schedule 1\nchoices a*1000000 b\n", "a.sched:2:20: expected at most 1000000 choices in all")]
    [InlineData("cryptosim-schedule 1\nchoices *3\n", "a.sched:2:9: expected the name of a process")]
    [InlineData("cryptosim-schedule 1\nchoices a*3b\n", "a.sched:2:12: expected a blank after a choice")]
    [InlineData("cryptosim-schedule 1\nchoices \"a\n", "a.sched:2:9: expected a closing quote")]
    [InlineData("cryptosim-schedule 1\nexpect \"\\x\"\n", "a.sched:2:9: expected \\\", \\\\ or \\u with four hexadecimal digits")]
    [InlineData("cryptosim-schedule 1\nat 0 x\n", "a.sched:2:4: expected the number of a step from 1 to 2147483647")]
    [InlineData("cryptosim-schedule 1\nat 3 x\nat 3 y\n", "a.sched:3:5: expected the steps in ascending order")]
    [InlineData("cryptosim-schedule 1\nat 3\n", "a.sched:2:5: expected a blank after the number of the step")]
    public void An_error_says_where_it_is_and_what_was_expected(string text, string message) =>
        Assert.Equal(message, Assert.Throws<ScheduleException>(() => ScheduleFile.Parse(text, "a.sched")).Message);

    [Fact]
    public void Comments_and_blank_lines_and_carriage_returns_do_not_matter() =>
        Assert.Equal(["a", "a", "b"], ScheduleFile.Parse("cryptosim-schedule 1\r\n# why\r\n\r\n  choices\ta*2  b\r\n", "a.sched").Choices);

    [Fact]
    public void A_file_that_is_not_there_is_one_line_of_error() =>
        Assert.Equal("no/such.sched: does not exist", Assert.Throws<ScheduleException>(() => ScheduleFile.Read("no/such.sched")).Message);

    private static void AssertSame(Schedule expected, Schedule actual)
    {
        Assert.Equal(expected.Set, actual.Set);
        Assert.Equal(expected.Choices, actual.Choices);
        Assert.Equal(expected.Anchors, actual.Anchors);
        Assert.Equal(expected, actual with { Set = expected.Set, Choices = expected.Choices, Anchors = expected.Anchors });
    }
}
