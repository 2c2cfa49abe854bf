using System.Text.Json;

namespace CryptoSim.Cli.Tests;

/// <summary>Drivers of a user's own: loaded by <c>--driver</c>, checked by <c>cryptosim driver</c>.</summary>
public sealed class DriverTests : IDisposable
{
    private const string Scene = """
        scenario: mine
        hardware:
          cpus: 2
          my0: { model: my-driver, depth: 1, setup: 8us, bandwidth: 1GiB/s }
          null0: { model: null }
        stack:
          dm-0: { model: dm-crypt, engine: my0, below: null0, sector_size: 512B }
        workload:
          writer: { device: dm-0, rw: write, bs: 2KiB, number_ios: 1 }
        variants:
          depth-1: {}
          depth-4: { my0.depth: 4 }
        expect:
          every: { ends: completed, explore: proved }
          depth-1: { holds: [my0.ebusy == 3] }
          depth-4: { holds: [my0.ebusy == 0] }
        """;

    private readonly TemporaryDirectory _directory = new();

    private static string MyDriver => Dll("MyDriver");

    private static string MyFirstTry => Dll("MyFirstTry");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void The_documented_driver_keeps_the_contract_in_every_scene_of_it()
    {
        string[] scenes = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "Scenarios", "Contract"), "*.yaml").Order(StringComparer.Ordinal)];
        CommandResult result = Driver(MyDriver, scenes);

        Assert.Equal("", result.Error);
        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Contains($"the contract holds in {scenes.Length} of {scenes.Length} scenes · {scenes.Length} PROVED", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_faulty_driver_completes_every_run_and_exploring_names_the_rule_it_breaks()
    {
        CommandResult result = Driver(MyFirstTry, "two-writes", "waiting-users");

        Assert.Equal(ExitCode.ClaimBroken, result.Code);
        Assert.Contains("two-writes     completed  DEADLOCK  DM-C5", result.Output, StringComparison.Ordinal);
        Assert.Contains("BREAKS DM-C5: a request with MAY_BACKLOG that is answered EBUSY is kept", result.Output, StringComparison.Ordinal);
        Assert.Contains($"./cryptosim explore {_directory["out"]}/my-first-try-two-writes.yaml --driver {MyFirstTry}", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_that_is_printed_shows_the_failing_schedule()
    {
        Driver(MyFirstTry, "two-writes");
        CommandResult result = Command.Run("explore", _directory["out"] + "/my-first-try-two-writes.yaml", "--driver", MyFirstTry, "--out", _directory["story"], "--quiet");

        Assert.Equal("", result.Error);
        Assert.Equal(ExitCode.ClaimBroken, result.Code);
        Assert.Contains("breaks DM-C5", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_scene_that_fails_with_a_correct_ring_too_is_not_the_drivers_doing()
    {
        CommandResult result = Driver(MyDriver, "fragment-shared-context");

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Contains("left out: fragment-shared-context / shared-without-wait", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_engine_of_a_library_scenario_gives_its_timing_and_the_variants_lose_what_is_not_the_drivers()
    {
        using JsonDocument json = JsonDocument.Parse(Driver(MyDriver, ["caam-deadlock"], "--json").Output);
        JsonElement[] scenes = [.. json.RootElement.GetProperty("scenes").EnumerateArray()];

        Assert.Equal(["caam-4.1", "caam-4.1-worked-around"], scenes.Select(scene => scene.GetProperty("variant").GetString()));
        Assert.All(scenes, scene => Assert.Equal("PROVED", scene.GetProperty("explored").GetString()));
        Assert.Equal("my-driver", json.RootElement.GetProperty("drivers")[0].GetString());
    }

    [Fact]
    public void A_driver_is_run_compared_explored_checked_and_replayed_like_one_of_ours()
    {
        string file = _directory["mine.yaml"];
        File.WriteAllText(file, Scene);

        Assert.Equal(ExitCode.Success, Command.Run("check", file, "--driver", MyDriver).Code);
        Assert.Equal(ExitCode.Success, Command.Run("run", file, "--driver", MyDriver, "--out", _directory["run"], "--quiet").Code);
        Assert.Equal(ExitCode.Success, Command.Run("compare", file, "--driver", MyDriver, "--out", _directory["compare"], "--quiet").Code);
        Assert.Equal(ExitCode.Success, Command.Run("explore", file, "--driver", MyDriver, "--out", _directory["explore"], "--quiet").Code);
        Assert.Equal(ExitCode.Success, Command.Run("replay", _directory["run"] + "/depth-1.run", "--driver", MyDriver).Code);
    }

    [Fact]
    public void Its_model_is_known_only_to_the_command_that_loads_it()
    {
        string file = _directory["mine.yaml"];
        File.WriteAllText(file, Scene);
        Command.Run("check", file, "--driver", MyDriver);
        CommandResult result = Command.Run("check", file);

        Assert.Equal(ExitCode.InvalidInput, result.Code);
        Assert.Contains("\"my-driver\" is not a model of a device", result.Error.Replace('\'', '"'), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_of_a_comparison_says_how_to_load_the_driver_again()
    {
        string file = _directory["mine.yaml"];
        File.WriteAllText(file, Scene);
        Command.Run("compare", file, "--driver", MyDriver, "--out", _directory["compare"], "--quiet");
        Assert.Contains("--driver", File.ReadAllText(_directory["compare"] + "/report.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_driver_is_refused_in_one_line()
    {
        string text = _directory["text.dll"];
        File.WriteAllText(text, "not an assembly");
        string reports = typeof(CryptoSim.Reports.ReportFolder).Assembly.Location;

        Refused($"{text}: is not a .NET assembly", "driver", text);
        Refused($"{_directory["no.dll"]}: no such file", "driver", _directory["no.dll"]);
        Refused($"{_directory["."]}: is a directory, not an assembly", "driver", _directory["."]);
        Refused($"{reports}: holds no driver: no record that derives from CryptoDeviceOptions and has [Model(\"its-word\")]", "driver", reports);
        Refused($"{text}: is not a .NET assembly", "run", "caam-deadlock", "--driver", text);
    }

    [Fact]
    public void A_key_that_the_driver_does_not_have_is_an_error_of_usage()
    {
        CommandResult key = Command.Run("driver", MyDriver, "--set", "dept=3");
        Assert.Equal((ExitCode.Usage, "cryptosim: --set dept=3: the driver has no such key; did you mean 'depth'?\n"), (key.Code, key.Error));
        CommandResult value = Command.Run("driver", MyDriver, "--set", "depth=0");
        Assert.Equal((ExitCode.Usage, "cryptosim: --set depth=0: depth is a count from 1 to 65_536\n"), (value.Code, value.Error));
    }

    [Fact]
    public void A_key_that_is_set_holds_in_runs_and_explorations()
    {
        using JsonDocument json = JsonDocument.Parse(Driver(MyDriver, ["one-write"], "--json", "--set", "depth=4").Output);
        long roomy = json.RootElement.GetProperty("scenes")[0].GetProperty("states").GetInt64();
        using JsonDocument other = JsonDocument.Parse(Driver(MyDriver, ["one-write"], "--json").Output);

        Assert.NotEqual(other.RootElement.GetProperty("scenes")[0].GetProperty("states").GetInt64(), roomy);
    }

    [Fact]
    public void A_driver_of_the_same_word_twice_is_refused()
    {
        CommandResult result = Command.Run("check", "caam-deadlock", "--driver", MyDriver, "--driver", MyDriver.Replace("/MyDriver.dll", "/../" + Configuration + "/MyDriver.dll", StringComparison.Ordinal));
        Assert.Equal(ExitCode.InvalidInput, result.Code);
        Assert.EndsWith("the model 'my-driver' is there already; give the driver another word\n", result.Error, StringComparison.Ordinal);
    }

    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static string Dll(string name) => Path.Combine(Repository.Root, "artifacts", "bin", name, Configuration, name + ".dll");

    private CommandResult Driver(string assembly, params string[] scenes) => Driver(assembly, scenes, []);

    private CommandResult Driver(string assembly, string[] scenes, params string[] more) =>
        Command.Run(["driver", assembly, .. scenes.SelectMany(scene => (string[])["--scene", scene]), "--out", _directory["out"], "--quiet", .. more]);

    private static void Refused(string message, params string[] words)
    {
        CommandResult result = Command.Run(words);
        Assert.Equal((ExitCode.InvalidInput, message + "\n"), (result.Code, result.Error));
    }
}
