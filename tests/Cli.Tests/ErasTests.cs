using System.Text.Json;

namespace CryptoSim.Cli.Tests;

public sealed class ErasTests : IDisposable
{
    private const string Reader = """
        scenario: reader
        about: Reads are decrypted where they end.
        time_limit: 1s
        hardware:
          cpus: 2
          jr0: { model: caam-jr, depth: 4, when_full: backlog, setup: 8us, bandwidth: 120MiB/s }
          nvme0: { model: nvme, latency: 80us, bandwidth: 1GiB/s }
        stack:
          dm-0: { model: dm-crypt, engine: jr0, below: nvme0, sector_size: 512B, no_read_workqueue: true }
        workload:
          reader: { device: dm-0, rw: read, bs: 4KiB, iodepth: 1, size: 16KiB }
        variants:
          of-its-time: {}
          mended: { dm-0.busy_in_softirq: continue, dm-0.request_allocation: atomic }

        """;

    private readonly TemporaryDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_wait_in_softirq_is_there_before_5_11_and_gone_from_it()
    {
        JsonElement[] eras = Rows(Json(), "of-its-time");

        Assert.Equal(["2.6.32", "3.6", "4.1-rc1", "4.1", "5.8", "5.9", "5.11", "6.5", "6.9", "6.18"], eras.Select(era => era.GetProperty("kernel").GetString()));
        Assert.Equal("DM-X2", Era(eras, "5.9").GetProperty("rule").GetString());
        Assert.Equal(JsonValueKind.Array, Era(eras, "5.9").GetProperty("workloads").ValueKind);
        Assert.Equal(0, Era(eras, "5.9").GetProperty("workloads").GetArrayLength());
        foreach (string era in (string[])["5.11", "6.5", "6.9", "6.18"])
        {
            Assert.Equal("completed", Era(eras, era).GetProperty("ends").GetString());
            Assert.True(Era(eras, era).GetProperty("workloads")[0].GetProperty("latency_mean_ns").GetDouble() > 80_000);
        }
    }

    [Fact]
    public void What_the_scenario_sets_wins_over_the_era_and_is_named()
    {
        JsonElement variant = Variant(Json(), "mended");

        Assert.Equal(
            [
                "jr0 follows no release without driver=by-kernel",
                "dm-0.no_read_workqueue, which came with 5.9 (39d42fa96ba1): rows above it are that flag on older code",
                "dm-0.busy_in_softirq=continue",
                "dm-0.request_allocation=atomic",
            ],
            variant.GetProperty("set_in_all_eras").EnumerateArray().Select(one => one.GetString()));
        Assert.All(Rows(Json(), "mended").Where(era => era.GetProperty("kernel").GetString() is "5.9"), era => Assert.Equal("completed", era.GetProperty("ends").GetString()));
    }

    [Fact]
    public void What_a_part_of_a_part_sets_is_named_too()
    {
        string file = _files.Write("ufs.yaml", """
            scenario: ufs
            about: A command finds the clocks off.
            time_limit: 1s
            hardware: { ufs0: { model: ufs, clock_gating: { hold: async }, blocking: true } }
            workload: { reader: { device: ufs0, rw: read, bs: 4KiB, size: 4KiB } }

            """);
        CommandResult run = Command.Run("run", file, "--eras", "--json", "--quiet");
        Assert.Equal(("", ExitCode.Success), (run.Error, run.Code));
        using JsonDocument document = JsonDocument.Parse(run.Output);

        Assert.Equal(
            ["ufs0.clock_gating.hold=async", "ufs0.blocking=true"],
            document.RootElement.GetProperty("variants")[0].GetProperty("set_in_all_eras").EnumerateArray().Select(one => one.GetString()!).Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public void An_era_gives_the_same_run_as_the_scenario_with_that_kernel()
    {
        string era = Era(Rows(Json(), "mended"), "5.11").GetProperty("fingerprint").GetString()!;
        CommandResult run = Command.Run("run", File(), "--json", "--quiet", "--variant", "mended", "--set", "kernel=5.11", "--out", _files["out"]);
        using JsonDocument document = JsonDocument.Parse(run.Output);

        Assert.Equal(document.RootElement.GetProperty("runs")[0].GetProperty("fingerprint").GetString(), era);
    }

    [Fact]
    public void The_table_says_that_no_claim_is_judged_and_a_broken_one_does_not_matter()
    {
        CommandResult result = Command.Run("run", File("expect: { every: { ends: deadlock } }\n"), "--eras", "--quiet");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Contains("Claims are not judged here", result.Output, StringComparison.Ordinal);
        Assert.Matches(@"kernel +ends +rule +reader latency +reader iops", result.Output);
        Assert.Matches(@"5\.9 +fault +DM-X2", result.Output);
        Assert.Matches(@"6\.18 +completed +\S+us +\S+/s", result.Output);
        Assert.Contains("in every release: dm-0.busy_in_softirq=continue", result.Output, StringComparison.Ordinal);
        Assert.Contains("dm-0.no_read_workqueue, which came with 5.9 (39d42fa96ba1)", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_of_the_command_line_and_an_output_directory_are_refused()
    {
        Assert.Equal(ExitCode.Usage, Command.Run("run", File(), "--eras", "--set", "kernel=5.9").Code);
        Assert.Equal(ExitCode.Usage, Command.Run("run", File(), "--eras", "--out", _files["out"]).Code);
    }

    [Fact]
    public void An_era_in_which_no_machine_can_be_built_says_why_and_the_others_run()
    {
        string text = Reader.Replace("request_allocation: atomic", "request_allocation: atomic, dm-0.write_order: sorted", StringComparison.Ordinal);
        CommandResult result = Command.Run("run", _files.Write("sorted.yaml", text), "--eras", "--quiet");

        Assert.Equal(ExitCode.InvalidInput, result.Code);
        Assert.Matches(@"3\.6 +not built", result.Output);
        Assert.Matches(@"3\.6 cannot be built: .*write_order is sorted", result.Output.Replace("\n", " ", StringComparison.Ordinal));
        Assert.Matches(@"6\.18 +completed", result.Output);
    }

    private string File(string more = "") => _files.Write("reader.yaml", Reader + more);

    private JsonElement Json()
    {
        CommandResult result = Command.Run("run", File(), "--eras", "--json", "--quiet");
        Assert.Equal(ExitCode.Success, result.Code);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static JsonElement Variant(JsonElement json, string name) =>
        json.GetProperty("variants").EnumerateArray().Single(one => one.GetProperty("variant").GetString() == name);

    private static JsonElement[] Rows(JsonElement json, string variant) => [.. Variant(json, variant).GetProperty("eras").EnumerateArray()];

    private static JsonElement Era(JsonElement[] eras, string kernel) => eras.Single(one => one.GetProperty("kernel").GetString() == kernel);
}
