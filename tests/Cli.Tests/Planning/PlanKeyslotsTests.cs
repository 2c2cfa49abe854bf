using System.Text.Json;

namespace CryptoSim.Cli.Tests.Planning;

public sealed class PlanKeyslotsTests
{
    /// <summary>Small enough for a test: one slot or four for four keys, under two designs.</summary>
    private static readonly string[] Tiny =
    [
        "plan", "keyslots", "--slots", "1,4", "--keys", "4", "--mix", "25%", "--iops", "8_000", "--designs", "sleep-at-submit,requeue",
        "--runtime", "20ms", "--warmup", "10ms", "--replications", "2", "--quiet",
    ];

    [Fact]
    public void The_terminal_shows_the_machine_the_answer_and_the_points_with_their_intervals()
    {
        using var directory = new TemporaryDirectory();

        CommandResult result = Command.Run([.. Tiny, "--out", directory["out"]]);

        Assert.Equal(("", ExitCode.Success), (result.Error, result.Code));
        string[] lines = result.Output.Split('\n');
        Assert.Equal(
            [
                "How many keyslots?",
                "  host    ufs0: 1 hardware queue with 32 tags, a command takes 100us, programming a key 100us (may sleep:",
                "          BLK_MQ_F_BLOCKING); 8 CPUs",
                "  load    8,000 I/Os per second arrive as a Poisson process, 128 in flight at most, each in a task of its own; random",
                "          reads of 4KiB",
                "  keys    one for each file; the files are chosen by Zipf's law with exponent 1",
                "  runs    2 replications of each point of 20ms after 10ms of warm-up; seed 1",
                "",
                "Enough slots: at most 1 % of the encrypted I/O finds no keyslot, unencrypted I/O takes at most 10 µs longer on average,",
                "  and at most 1 % of the encrypted I/O does not come through",
                "  25 % unencrypted  4 keys",
            ],
            lines.Take(11));
        Assert.Contains("  sleep-at-submit        4", lines);
        Assert.Contains("  requeue                4", lines);
        Assert.Contains("4 keys, 25 % unencrypted  means ± half their 95 % intervals", lines);
        Assert.Matches(@"\n  sleep-at-submit      1 +[1-9][0-9.]* ±[0-9.]+ % +[1-9][0-9,]* ±[0-9,]+/s +", result.Output);
        Assert.Matches(@"\n {20,}4 +0 % +0/s +0 µs +106 µs +106 µs +0 µs +106 µs +0\.?0* %\n", result.Output);
        Assert.Contains("With 4 keys, 25 % unencrypted:\n  sleep-at-submit: 4 slots\n  requeue: 4 slots\n", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n12 runs · [0-9,]+ I/Os simulated · [0-9.]+ s\n", result.Output);
        Assert.DoesNotContain(lines, line => line.EndsWith(' ') || line.Length > 160);
        Assert.Equal(["plan.csv", "plan.html", "plan.json", "plan.yaml"], Directory.EnumerateFiles(directory["out"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(120, 5)]
    [InlineData(80, 3)]
    public void A_narrow_terminal_leaves_columns_out_rather_than_break_them(int width, int columns)
    {
        using var directory = new TemporaryDirectory();

        CommandResult result = Command.Run(new CommandSetup { Width = width }, [.. Tiny, "--out", directory["out"]]);

        string head = result.Output.Split('\n').Single(line => line.StartsWith("  design", StringComparison.Ordinal));
        Assert.Equal(columns, ((string[])["no slot", "programs/s", "plain +mean", "plain p50", "plain p99", "encrypted +mean", "encrypted p99", "encrypted lost"]).Count(head.Contains));
        Assert.DoesNotContain(result.Output.Split('\n'), line => line.Length > width && line.StartsWith("  ", StringComparison.Ordinal) && !line.Contains('/', StringComparison.Ordinal));
    }

    [Fact]
    public void Everything_is_the_same_with_any_number_of_jobs()
    {
        using var directory = new TemporaryDirectory();
        Command.Run([.. Tiny, "--out", directory["one"], "--jobs", "1"]);
        Command.Run([.. Tiny, "--out", directory["three"], "--jobs", "3"]);

        foreach (string name in new[] { "plan.csv", "plan.json", "plan.yaml" })
        {
            Assert.Equal(File.ReadAllText(Path.Combine(directory["one"], name)), File.ReadAllText(Path.Combine(directory["three"], name)));
        }
    }

    [Fact]
    public void The_document_has_exactly_the_promised_names_and_no_files_are_left()
    {
        CommandResult result = Command.Run([.. Tiny, "--json"]);

        Assert.Equal(("", ExitCode.Success), (result.Error, result.Code));
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(
            ["version", "seed", "replications", "complete", "target_share", "max_delay_ns", "max_loss_share", "machine", "needed", "points", "theory"],
            root.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["host", "load", "keys", "runs"], root.GetProperty("machine").EnumerateObject().Select(p => p.Name));
        Assert.Equal(["design", "unencrypted_percent", "keys", "slots", "enough", "lacks", "open"], root.GetProperty("needed")[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(4, root.GetProperty("points").GetArrayLength());
        JsonElement point = root.GetProperty("points")[0];
        Assert.Equal(
            [
                "design", "unencrypted_percent", "keys", "slots", "replications", "problem", "no_slot_share", "programs_per_s", "plain_added_ns", "plain_p50_ns", "plain_p99_ns",
                "encrypted_added_ns", "encrypted_p99_ns", "encrypted_iops_per_s", "encrypted_lost_share", "programs_floor_per_s", "programs_lru_per_s",
            ],
            point.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["mean", "low", "high"], point.GetProperty("no_slot_share").EnumerateObject().Select(p => p.Name));
        Assert.InRange(point.GetProperty("no_slot_share").GetProperty("mean").GetDouble(), 0.1, 1);
    }

    [Fact]
    public void A_point_can_be_run_by_itself_from_the_scenario_that_is_written()
    {
        using var directory = new TemporaryDirectory();
        Command.Run([.. Tiny, "--out", directory["out"]]);

        CommandResult result = Command.Run(
            "run", directory["out/plan.yaml"], "--set", "ufs0.keyslots=1", "--set", "ufs0.no_keyslot=sleep-at-submit", "--json", "--out", directory["run"]);

        double[] shares = [.. JsonDocument.Parse(result.Output).RootElement.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("metrics").GetProperty("ufs0.keyslot.waited.share").GetDouble())];
        JsonElement planned = JsonDocument.Parse(File.ReadAllText(directory["out/plan.json"])).RootElement.GetProperty("points")[0];
        Assert.Equal(planned.GetProperty("no_slot_share").GetProperty("mean").GetDouble(), shares.Average(), 6);
    }

    [Fact]
    public void A_scenario_gives_host_and_workload()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("mine.yaml", """
            scenario: mine
            seed: 9
            hardware:
              cpus: 2
              mmc0: { model: inline-crypto, keyslots: 16, latency: 50us, queue_depth: 31 }
            workload:
              photos: { device: mmc0, rw: randread, size: 1GiB, iodepth: 4, submits_in: io-wq, number_ios: 200, keys: { count: 3 } }
              journal: { device: mmc0, rw: write, size: 1GiB, number_ios: 50 }
            variants:
              slow: { mmc0.program_key: 200us }
            """);

        CommandResult result = Command.Run("plan", "keyslots", file, "--variant", "slow", "--set", "mmc0.latency=60us", "--slots", "1,3", "--designs", "park", "--out", directory["out"]);

        Assert.Equal(("", ExitCode.Success), (result.Error, result.Code));
        Assert.Contains("  host    mmc0 of ", result.Output, StringComparison.Ordinal);
        Assert.Contains("  load    encrypted: photos; not encrypted: journal\n  runs    5 replications of each point; seed 9\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("  the scenario's mix  the scenario's keys\n", result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(directory["out/plan.yaml"]));
        Assert.StartsWith("park,,,1,5,,", File.ReadAllLines(directory["out/plan.csv"])[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_does_not_complete_is_shown_and_returns_1()
    {
        using var directory = new TemporaryDirectory();

        // Dispatch without BLK_MQ_F_BLOCKING may not sleep, and programming does.
        string file = directory.Write("mine.yaml", """
            scenario: mine
            hardware: { cpus: 2, ufs0: { model: inline-crypto, latency: 50us, programming: sleeping } }
            workload:
              a: { device: ufs0, rw: randread, size: 1GiB, number_ios: 20, key: a }
              b: { device: ufs0, rw: randread, size: 1GiB, number_ios: 20 }
            """);

        CommandResult result = Command.Run("plan", "keyslots", file, "--slots", "1", "--designs", "sleep-at-request,park", "--out", directory["out"]);

        Assert.Equal(ExitCode.ClaimBroken, result.Code);
        Assert.Matches(@"\n  park                  1 +fault", result.Output);
        Assert.Contains("park: nothing is known", result.Output, StringComparison.Ordinal);
        Assert.Contains("sleep-at-request: 1 slot", result.Output, StringComparison.Ordinal);
        Assert.Contains("✗", File.ReadAllText(directory["out/plan.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelled_before_anything_is_done_nothing_is_written()
    {
        using var directory = new TemporaryDirectory();

        CommandResult result = Command.Run(new CommandSetup { Cancellation = new CancellationToken(canceled: true) }, [.. Tiny, "--out", directory["out"]]);

        Assert.Equal((ExitCode.Cancelled, ""), (result.Code, result.Output));
        Assert.False(Directory.Exists(directory["out"]));
    }

    [Fact]
    public void What_is_done_by_the_time_of_a_cancellation_is_kept()
    {
        using var directory = new TemporaryDirectory();
        using var cancellation = new CancellationTokenSource();
        var setup = new CommandSetup { Cancellation = cancellation.Token };

        // Far more than can be done in the time; the first replication of everything takes a small part of it.
        cancellation.CancelAfter(TimeSpan.FromSeconds(4));
        CommandResult result = Command.Run(setup, [.. Tiny.Select(word => word == "2" ? "1000" : word), "--jobs", "1", "--out", directory["out"]]);

        Assert.Equal(ExitCode.Cancelled, result.Code);
        Assert.Matches("^cryptosim: cancelled after [1-9][0-9]* of 6000 runs; what they showed is kept\n$", result.Error);
        Assert.Contains("· cancelled\n", result.Output, StringComparison.Ordinal);
        Assert.False(JsonDocument.Parse(File.ReadAllText(directory["out/plan.json"])).RootElement.GetProperty("complete").GetBoolean());
    }

    [Theory]
    [InlineData("plan of what? There is: keyslots (see: cryptosim plan --help)", "plan")]
    [InlineData("unknown command 'plan keyslot'; did you mean 'keyslots'? (see: cryptosim plan --help)", "plan", "keyslot")]
    [InlineData("unknown option '--slot'; did you mean '--slots'?", "plan", "keyslots", "--slot", "3")]
    [InlineData("unexpected argument 'b'", "plan", "keyslots", "a", "b")]
    [InlineData("--slots 1,0: '0' is not a number of keyslots; write whole numbers from 1 to 256, separated by commas: 1,2,4,8", "plan", "keyslots", "--slots", "1,0")]
    [InlineData("--slots 1,: '' is not a number of keyslots; write whole numbers from 1 to 256, separated by commas: 1,2,4,8", "plan", "keyslots", "--slots", "1,")]
    [InlineData("--keys x: 'x' is not a number of keys; write whole numbers from 1 to 65536, separated by commas: 1,16,256", "plan", "keyslots", "--keys", "x")]
    [InlineData("--mix 0%: '0%' is not a share; write whole numbers from 1 to 99, separated by commas: 10%,30%", "plan", "keyslots", "--mix", "0%")]
    [InlineData("--designs prk: there is no design 'prk'; did you mean 'park'?", "plan", "keyslots", "--designs", "prk")]
    [InlineData("--zipf -1: not an exponent; write a number from 0 (every file alike) to 10, for example 1.0", "plan", "keyslots", "--zipf", "-1")]
    [InlineData("--target 0%: not a percentage above 0 and up to 100; write for example 1% or 0.5%", "plan", "keyslots", "--target", "0%")]
    [InlineData("--max-delay 10: has no unit; a duration is written with one, such as 4ns", "plan", "keyslots", "--max-delay", "10")]
    [InlineData("--runtime 1us: is not between 1ms and 100s", "plan", "keyslots", "--runtime", "1us")]
    [InlineData("--latency exponential(0us): its mean is not above 0 and at most 1s", "plan", "keyslots", "--latency", "exponential(0us)")]
    [InlineData("--bs 3KiB: is not a multiple of 4KiB up to 1MiB", "plan", "keyslots", "--bs", "3KiB")]
    [InlineData("--iodepth 1: not a number of I/Os; write a whole number, from 2 to 65536", "plan", "keyslots", "--iodepth", "1")]
    [InlineData("--programming atomc: not one of sleeping, atomic; did you mean 'atomic'?", "plan", "keyslots", "--programming", "atomc")]
    [InlineData("--variant does nothing without a scenario", "plan", "keyslots", "--variant", "a")]
    [InlineData("--iops does nothing with a scenario, whose host and workload are taken; change them with --set", "plan", "keyslots", "a.yaml", "--iops", "5")]
    [InlineData("--zipf does nothing with a scenario's own keys; say how many files with --keys", "plan", "keyslots", "a.yaml", "--zipf", "1")]
    [InlineData("--all does nothing with --json, which has every point", "plan", "keyslots", "--all", "--json")]
    public void A_wrong_command_line_is_told_in_one_line_and_returns_2(string message, params string[] words)
    {
        CommandResult result = Command.Run(words);

        Assert.Equal((ExitCode.Usage, ""), (result.Code, result.Output));
        Assert.StartsWith("cryptosim: " + message + (message.Contains("(see:", StringComparison.Ordinal) ? "" : " (see: cryptosim plan keyslots --help)"), Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_scenario_that_cannot_be_planned_returns_3()
    {
        CommandResult result = Command.Run("plan", "keyslots", Path.Combine(Repository.Library, "caam-deadlock.yaml"));

        Assert.Equal(ExitCode.InvalidInput, result.Code);
        Assert.EndsWith("caam-deadlock.yaml: a keyslot plan needs one host with keyslots, such as model: inline-crypto; there is none", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Equal(ExitCode.InvalidInput, Command.Run("plan", "keyslots", "no-such-scenario").Code);
    }

    [Fact]
    public void The_help_explains_every_option_and_ends_with_examples()
    {
        CommandResult result = Command.Run("plan", "keyslots", "--help");

        Assert.Equal(ExitCode.Success, result.Code);
        foreach (string option in new[] { "--slots", "--keys", "--zipf", "--mix", "--iops", "--iodepth", "--program-key", "--latency", "--bs", "--queue-depth", "--hardware-queues", "--designs", "--replications", "--target", "--max-delay", "--max-loss", "--seed", "--out", "--jobs" })
        {
            Assert.Contains("  " + option + " <", result.Output.Replace("-o, --out", "  --out", StringComparison.Ordinal).Replace("-j, --jobs", "  --jobs", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.Contains("\nExamples:\n  ./cryptosim plan keyslots\n", result.Output, StringComparison.Ordinal);
        Assert.Contains("\nExamples:\n  ./cryptosim plan keyslots\n", Command.Run("plan", "--help").Output, StringComparison.Ordinal);
    }
}
