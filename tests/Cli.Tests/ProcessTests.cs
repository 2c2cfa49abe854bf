using System.Diagnostics;

namespace CryptoSim.Cli.Tests;

/// <summary>What only a real process shows: signals, pipes, full disks.</summary>
public sealed class ProcessTests : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "cryptosim.dll");

    private readonly TemporaryDirectory _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_usage_error_leaves_the_process_with_2_and_standard_output_empty()
    {
        (int code, string output, string error) = Shell("cryptosim run --no-such-flag");

        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith("cryptosim: unknown option '--no-such-flag'", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_goes_away_is_no_error()
    {
        (int code, string output, string error) = Shell("set -o pipefail; cryptosim schema | head -n 1");

        Assert.Equal((0, "{\n", ""), (code, output, error));
    }

    [LinuxFact]
    public void A_full_disk_behind_standard_output_is_told_in_one_line()
    {
        (int code, _, string error) = Shell("cryptosim schema > /dev/full");

        Assert.Equal((6, "cryptosim: standard output: cannot be written: no space left on device\n"), (code, error));
    }

    [Fact]
    public void Ctrl_C_ends_a_long_run_with_130_and_leaves_nothing()
    {
        string scenario = Path.Combine(Repository.Library, "revert-vs-wait-every-request.yaml");
        string endless = $"(exec dotnet exec '{Program}' run {scenario} --set replicate=10000 --out '{_files["out"]}')";
        string patient = $"for i in $(seq 300); do [ -d '{_files["out"]}' ] && break; sleep 0.1; done; sleep 0.3";

        (int code, string output, string error) = Shell($"set -m; {endless} & child=$!; {patient}; kill -INT $child; wait $child");

        Assert.Equal((130, "", "cryptosim: cancelled; nothing half-written was left\n"), (code, output, error));
        Assert.Empty(Directory.GetFileSystemEntries(_files.Path));
    }

    [Fact]
    public void A_run_prints_results_alone_to_standard_output()
    {
        string scenario = Path.Combine(Repository.Library, "caam-deadlock.yaml");
        (int code, string output, string error) = Shell($"CRYPTOSIM_COMMAND=./cryptosim cryptosim run {scenario} --out '{_files["out"]}'");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains($"./cryptosim replay {_files["out"]}/", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    private static (int Code, string Output, string Error) Shell(string script)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"cryptosim() {{ dotnet exec '{Program}' \"$@\"; }}; {script}");
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}

/// <summary>A fact of the devices of Linux.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null! : "needs /dev/full";
}
