using CryptoSim.Models;
using CryptoSim.Models.Options;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Tests;

/// <summary>Made-up results of runs.</summary>
internal static class Records
{
    public static MachineResult Result(string ends, IReadOnlyList<BlockedRecord>? blocked, params (string Name, decimal Value, string Unit)[] metrics)
    {
        RunEnd end = new() { Ends = ends, AtPicoseconds = 1000, Events = 10, Fingerprint = 0xabc, Blocked = blocked ?? [], Rule = ends == "deadlock" ? "DM-C5" : null };
        Metric[] sorted = [.. metrics.OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => new Metric(m.Name, m.Value, m.Unit))];
        return new MachineResult(end, sorted, [], [], [], [], 0, []);
    }

    public static BlockedRecord Blocked(string process, string waitsOn) =>
        new(process, waitsOn, "crypt_convert", 0, null, "nobody", "nobody will come", []);
}

/// <summary>A machine that ends at once, or after some chunks, with the result it was given.</summary>
internal sealed class FakeMachine(Func<MachineResult> result, int chunks = 1) : IRunningMachine
{
    private int _left = chunks;

    public long NowPicoseconds { get; private set; }

    public long Events { get; private set; }

    public static MachineFactory Factory(Func<MachineOptions, MachineRunOptions, MachineResult> result, int chunks = 1) =>
        (options, run) => new FakeMachine(() => result(options, run), chunks);

    public bool Run(long maxEvents)
    {
        Events += maxEvents;
        NowPicoseconds += 1_000_000;
        return --_left <= 0;
    }

    public MachineResult Result() => result();

    public void Dispose()
    {
    }
}
