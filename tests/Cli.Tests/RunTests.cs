using System.Text.Json;

namespace CryptoSim.Cli.Tests;

public sealed class RunTests : IDisposable
{
    private static readonly string Deadlock = Path.Combine(Repository.Library, "caam-deadlock.yaml");
    private static readonly string Masks = Path.Combine(Repository.Library, "wait-every-request-masks.yaml");

    private readonly TemporaryDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_deadlock_names_the_waiter_what_it_waits_on_the_lost_request_and_the_replay()
    {
        CommandResult result = Run(Deadlock);

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Matches(@"caam-4\.1 +deadlock at .* as expected", result.Output);
        Assert.Matches(@"kcryptd/0 +waits on ctx->restart", result.Output);
        Assert.Matches(@"req#\d+ was answered EBUSY by jr0 and is in no queue", result.Output);
        Assert.Contains($"./cryptosim replay {_files["out"]}/caam-4.1.run", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"caam-fixed +completed at .* as expected", result.Output);
        Assert.Matches(@"caam-4\.1-worked-around +completed at .* as expected", result.Output);
    }

    [Fact]
    public void A_broken_claim_returns_1_and_is_shown_with_what_was_found()
    {
        CommandResult result = Run(Deadlock, "--variant", "caam-4.1", "--set", "jr0.when_full=backlog", "--set", "caam-4.1.jr0.when_full=backlog");
        Assert.Equal(ExitCode.Usage, result.Code);

        string text = File.ReadAllText(Deadlock).Replace("ends: deadlock", "ends: completed", StringComparison.Ordinal);
        CommandResult broken = Run(_files.Write("broken.yaml", text), "--variant", "caam-4.1");

        Assert.Equal(ExitCode.ClaimBroken, broken.Code);
        Assert.Contains("BROKEN  caam-4.1: ends: completed  found deadlock\n", broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_without_claims_that_does_not_complete_returns_1()
    {
        string text = File.ReadAllText(Deadlock);
        string file = _files.Write("bare.yaml", text[..text.IndexOf("\nexpect:", StringComparison.Ordinal)] + "\n");

        Assert.Equal(ExitCode.ClaimBroken, Run(file, "--variant", "caam-4.1").Code);
        Assert.Equal(ExitCode.Success, Run(file, "--variant", "caam-fixed").Code);
    }

    [Fact]
    public void Results_do_not_depend_on_the_number_of_jobs()
    {
        string[] one = Fingerprints(Run(Masks, "--json", "--jobs", "1"));
        string[] two = Fingerprints(Run(Masks, "--json", "--jobs", "2"));

        Assert.Equal(one, two);
        Assert.True(one.Distinct().Count() > 1);
    }

    [Fact]
    public void A_seed_of_the_command_line_is_the_seed_of_the_runs()
    {
        using JsonDocument document = JsonDocument.Parse(Run(Deadlock, "--json", "--seed", "42").Output);

        Assert.Equal(42UL, document.RootElement.GetProperty("seed").GetUInt64());
        Assert.Equal(42UL, Simulator.Recording.RunRecordFile.Read(Path.Combine(_files["out"], "caam-4.1.run")).Identity.Seed);
    }

    [Fact]
    public void The_json_is_one_document_with_the_metrics_that_claims_use()
    {
        using JsonDocument document = JsonDocument.Parse(Run(Deadlock, "--json").Output);
        JsonElement run = document.RootElement.GetProperty("runs")[0];

        Assert.Equal("caam-4.1", run.GetProperty("variant").GetString());
        Assert.Equal("deadlock", run.GetProperty("ends").GetString());
        Assert.Equal(4, run.GetProperty("metrics").GetProperty("crypto.requests").GetInt64());
        Assert.Equal("ctx->restart", run.GetProperty("blocked")[0].GetProperty("waits_on").GetString()!.Split(" io#")[0]);
        Assert.True(document.RootElement.GetProperty("wall_seconds").GetDouble() > 0);
    }

    [Fact]
    public void A_record_replays_to_the_same_events_and_a_changed_one_does_not()
    {
        Run(Deadlock);
        string record = Path.Combine(_files["out"], "caam-4.1.run");
        CommandResult same = Command.Run("replay", record);
        Assert.Equal(ExitCode.Success, same.Code);
        Assert.Matches(@"^same: \d+ events, fingerprint [0-9a-f]{16}\n$", same.Output);

        string changed = _files.Write("changed.run", File.ReadAllText(record).Replace("\"EBUSY\"", "\"ENOSPC\"", StringComparison.Ordinal));
        CommandResult diverged = Command.Run("replay", changed);
        Assert.Equal(ExitCode.ReplayDiverged, diverged.Code);
        Assert.Matches(@"^diverged at trace event \d+\n  recorded  .*ENOSPC(.|\n)*\n  now       .*EBUSY", diverged.Output);
    }

    [Fact]
    public void A_library_name_works_like_its_file()
    {
        CommandResult result = Command.Run("check", "caam-deadlock");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Contains("caam-deadlock.yaml: ok (", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_resolved_scenario_can_be_run_again_to_the_same_fingerprint()
    {
        string resolved = _files.Write("resolved.yaml", Command.Run("check", Deadlock, "--all", "--variant", "caam-4.1").Output);

        Assert.Equal(Fingerprints(Run(Deadlock, "--variant", "caam-4.1", "--json")), Fingerprints(Run(resolved, "--json")));
    }

    [Fact]
    public void The_list_tells_what_each_scenario_shows()
    {
        string list = Command.Run("list").Output;

        Assert.All(Directory.GetFiles(Repository.Library, "*.yaml"), file => Assert.Matches($@"(^|\n){Path.GetFileNameWithoutExtension(file)} +\S", list));
        Assert.DoesNotContain("not valid", list, StringComparison.Ordinal);
    }

    private CommandResult Run(string file, params string[] more) => Command.Run(["run", file, "--out", _files["out"], "--quiet", .. more]);

    private static string[] Fingerprints(CommandResult result)
    {
        using JsonDocument document = JsonDocument.Parse(result.Output);
        return [.. document.RootElement.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("fingerprint").GetString()!)];
    }
}
