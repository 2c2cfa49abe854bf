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

    // A suite started in the background inherits an ignored SIGINT; env gives the program the signal back.
    [LinuxFact]
    public async Task Ctrl_C_ends_a_long_run_with_130_and_leaves_nothing()
    {
        string scenario = Path.Combine(Repository.Library, "revert-vs-wait-every-request.yaml");
        using Process process = Start("env", "--default-signal=INT", "dotnet", "exec", Program, "run", scenario, "--set", "replicate=10000", "--quiet", "--out", _files["out"]);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        for (int i = 0; i < 600 && !Directory.Exists(_files["out"]); i++)
        {
            await Task.Delay(50);
        }

        Shell($"kill -INT {process.Id}");
        using CancellationTokenSource patience = new(TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            process.Kill();
        }

        Assert.Equal((130, "", "cryptosim: cancelled; nothing half-written was left\n"), (process.ExitCode, await output, await error));
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
        using Process process = Start("bash", "-c", $"cryptosim() {{ dotnet exec '{Program}' \"$@\"; }}; {script}");
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    private static Process Start(string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        return Process.Start(start)!;
    }
}

/// <summary>A fact of the devices of Linux.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null! : "needs /dev/full";
}
