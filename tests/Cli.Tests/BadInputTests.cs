using System.Text;

namespace CryptoSim.Cli.Tests;

/// <summary>Bad input gets one clear line for each error, the right exit code, no stack trace and no partial output.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Good = """
        scenario: tiny
        hardware:
          cpus: 1
          jr0: { model: caam-jr, depth: 4, setup: 8us, bandwidth: 120MiB/s }
          sda: { model: disk, latency: 90us, bandwidth: 200MiB/s }
        stack:
          dm-0: { model: dm-crypt, engine: jr0, below: sda }
        workload:
          writer: { device: dm-0, rw: write, bs: 4KiB, iodepth: 1, size: 16KiB }
        variants:
          fixed: { jr0.when_full: backlog }

        """;

    private readonly TemporaryDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_scenario_that_the_others_spoil_is_good()
    {
        CommandResult result = Command.Run("run", _files.Write("tiny.yaml", Good), "--out", _files["out"]);

        Assert.Equal(("", ExitCode.Success), (result.Error, result.Code));
    }

    [Fact]
    public void A_mistyped_file_gets_the_name_of_the_nearest_scenario()
    {
        string typed = Path.Combine(Path.GetDirectoryName(_files.Write("tiny.yaml", Good))!, "tinny.yaml");

        CommandResult result = Command.Run("check", typed);

        Assert.Equal(ExitCode.InvalidInput, result.Code);
        Assert.EndsWith($"no such file; did you mean '{_files["tiny.yaml"]}'?", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.EndsWith("did you mean 'caam-deadlock'?", Assert.Single(Command.Run("check", "caam-dedlock").ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  cpus: 1", "  cpuz: 1", ":3:3: ", "cpus")]
    [InlineData("setup: 8us", "setup: 8", ":4:", "unit")]
    [InlineData("setup: 8us", "setup: 8KiB", ":4:", "ns, us, ms")]
    [InlineData("depth: 4,", "depth: -4,", ":4:", "4 to 512")]
    [InlineData("depth: 4,", "depth: 5,", ":4:", "power of two")]
    [InlineData("  cpus: 1", "\tcpus: 1", ":3:", "tab")]
    [InlineData("  cpus: 1", "  cpus: 1\n  cpus: 2", ":4:3: ", "cpus")]
    [InlineData("engine: jr0", "engine: jr1", ":7:", "jr0")]
    [InlineData("rw: write", "rw: wrte", ":9:", "write")]
    [InlineData("bs: 4KiB", "bs: 4k", ":9:", "4KiB")]
    public void A_mistake_in_a_scenario_is_told_with_its_place_and_what_was_meant(string good, string bad, string place, string hint)
    {
        string file = _files.Write("bad.yaml", Good.Replace(good, bad, StringComparison.Ordinal));

        CommandResult result = Run(file);

        Refused(result, ExitCode.InvalidInput);
        string line = Assert.Single(result.ErrorLines);
        Assert.StartsWith(file + place, line, StringComparison.Ordinal);
        Assert.Contains(hint, line[(file.Length + place.Length)..], StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_lines()
    {
        string file = _files.Write("bad.yaml", Good.Replace("cpus: 1", "cpuz: 1", StringComparison.Ordinal).Replace("depth: 4", "depth: -4", StringComparison.Ordinal).Replace("rw: write", "rw: wrte", StringComparison.Ordinal));

        CommandResult result = Run(file);

        Refused(result, ExitCode.InvalidInput);
        Assert.Equal(["3", "4", "9"], result.ErrorLines.Select(line => line[file.Length..].Split(':')[1]));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("directory")]
    [InlineData("empty")]
    [InlineData("comments")]
    [InlineData("huge")]
    [InlineData("nul")]
    [InlineData("binary")]
    [InlineData("deep")]
    [InlineData("list")]
    [InlineData("documents")]
    public void What_is_not_a_scenario_is_told_in_one_line(string kind)
    {
        string file = Hostile(kind);

        CommandResult result = Run(file);

        Refused(result, ExitCode.InvalidInput);
        Assert.StartsWith(file + ":", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_bomb_is_refused_at_its_anchors_and_costs_nothing()
    {
        string file = Hostile("bomb");

        CommandResult result = Run(file);

        Refused(result, ExitCode.InvalidInput);
        Assert.All(result.ErrorLines, line => Assert.StartsWith(file + ":", line, StringComparison.Ordinal));
        Assert.Contains(result.ErrorLines, line => line.Contains("anchor", StringComparison.Ordinal));
        Assert.InRange(result.ErrorLines.Length, 1, 101);
    }

    [Fact]
    public void An_unknown_variant_is_a_mistake_of_the_command_line()
    {
        CommandResult result = Run(_files.Write("tiny.yaml", Good), "--variant", "fixd");

        Refused(result, ExitCode.Usage);
        Assert.Contains("fixed", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jr0.dept=8", "depth")]
    [InlineData("jr1.depth=8", "jr0")]
    [InlineData("jr0.depth=-8", "4 to 512")]
    [InlineData("jr0.depth", "=")]
    [InlineData("=8", "")]
    public void A_set_that_does_not_fit_is_a_mistake_of_the_command_line(string assignment, string hint)
    {
        CommandResult result = Run(_files.Write("tiny.yaml", Good), "--set", assignment);

        Refused(result, ExitCode.Usage);
        string line = Assert.Single(result.ErrorLines);
        Assert.Contains("--set", line, StringComparison.Ordinal);
        Assert.Contains(hint, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dev/null/out")]
    [InlineData("/proc/out")]
    [InlineData("/dev/full")]
    public void An_output_directory_that_cannot_be_made_is_told_before_anything_runs(string directory)
    {
        CommandResult result = Command.Run("run", _files.Write("tiny.yaml", Good), "--out", directory);

        Refused(result, ExitCode.OutputFailed);
        Assert.StartsWith($"cryptosim: {directory}: cannot be written: ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_where_the_output_directory_should_be_is_named()
    {
        string file = _files.Write("taken", "");

        CommandResult result = Command.Run("compare", _files.Write("tiny.yaml", Good + "  other: { jr0.depth: 8 }\n"), "--out", file);

        Refused(result, ExitCode.OutputFailed);
        Assert.Equal($"cryptosim: {file}: cannot be written: {file} is not a directory", Assert.Single(result.ErrorLines));
    }

    [Theory]
    [InlineData("report")]
    [InlineData("replay")]
    public void A_record_that_is_none_is_told_in_one_line(string command)
    {
        foreach (string text in (string[])["", "{", "{\"format\": \"cryptosim-run 99\"}", "scenario: x", "\0\0\0"])
        {
            CommandResult result = Command.Run(command, _files.Write("bad.run", text));

            Refused(result, ExitCode.InvalidInput);
            Assert.StartsWith(_files["bad.run"] + ": ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_directory_without_records_is_told_in_one_line()
    {
        CommandResult result = Command.Run("report", _files.Path);

        Refused(result, ExitCode.InvalidInput);
        Assert.Equal($"{_files.Path}: holds no run record (*.run)", Assert.Single(result.ErrorLines));
    }

    [Fact]
    public void A_comparison_needs_two_variants()
    {
        CommandResult result = Command.Run("compare", _files.Write("tiny.yaml", Good), "--out", _files["out"]);

        Refused(result, ExitCode.Usage);
        Assert.Equal("cryptosim: compare needs two variants or more; only fixed is there", Assert.Single(result.ErrorLines));
    }

    private CommandResult Run(string file, params string[] more) => Command.Run(["run", file, "--out", _files["out"], .. more]);

    private void Refused(CommandResult result, ExitCode code)
    {
        Assert.Equal(code, result.Code);
        Assert.Equal("", result.Output);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_files["out"]));
    }

    private string Hostile(string kind)
    {
        string file = _files[kind + ".yaml"];
        switch (kind)
        {
            case "missing":
                return file;
            case "directory":
                Directory.CreateDirectory(file);
                return file;
            case "huge":
                using (FileStream stream = File.Create(file))
                {
                    stream.SetLength(100L << 20);
                }

                return file;
            case "nul":
                return _files.Write(kind + ".yaml", Good.Replace("tiny", "ti\0ny", StringComparison.Ordinal));
            case "binary":
                File.WriteAllBytes(file, [0xff, 0xfe, 0xfd, 0x80, 0x81, 0x0a]);
                return file;
            default:
                return _files.Write(kind + ".yaml", Text(kind));
        }
    }

    private static string Text(string kind) => kind switch
    {
        "empty" => "",
        "comments" => "# nothing\n# here\n",
        "bomb" => Bomb(),
        "deep" => "scenario: " + new string('[', 5000) + new string(']', 5000) + "\n",
        "list" => "- scenario: x\n",
        _ => Good + "---\n" + Good,
    };

    private static string Bomb()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [");
            text.AppendJoin(", ", Enumerable.Repeat($"*a{i - 1}", 9)).Append("]\n");
        }

        return text.ToString();
    }
}
