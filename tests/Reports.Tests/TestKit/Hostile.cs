using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Tests.TestKit;

/// <summary>Records in which every text is markup, endless, or not printable.</summary>
internal static class Hostile
{
    public const string Markup = "<b onclick=\"broken=1\">x</b></script><script>window.broken=1</script><img src=x onerror=broken=1>&amp;'\"`\u0000\u0007";

    private static readonly string Endless = new('w', 400);

    public static ClaimResult[] Claims => [new(Markup, Markup, Endless, false, Markup, Endless), new(Endless, "", "", true, Endless, null)];

    public static IReadOnlyList<RunRecord> Records =>
    [
        .. from variant in new[] { Markup, Endless, "third" }
           from depth in new[] { "1", Markup, Endless }
           select Hostilely(MadeUp.Run("revert", 4, 0, 100), variant, depth),
    ];

    private static RequestSample Request(string owner) => new()
    {
        Owner = owner,
        Number = long.MaxValue,
        Phases = [new PhaseStart(0, 5), new PhaseStart(1, long.MaxValue)],
        LatchedPicoseconds = 0,
        WrittenPicoseconds = long.MaxValue,
        IvFrom = long.MaxValue,
        IsStale = true,
        Engine = int.MaxValue,
    };

    private static RunRecord Hostilely(RunRecord run, string variant, string depth) => run with
    {
        Version = Markup,
        Identity = run.Identity with { Scenario = Markup, About = Endless, Path = Markup, Sha256 = Endless, Variant = variant, Point = [new(Markup, depth)], Set = [Markup, Endless] },
        End = CaamDeadlock.Deadlock().End with { Ends = Markup, Rule = Endless, Message = Markup, Blocked = [new BlockedRecord(Markup, Endless, Markup, 5, Markup, Markup, Endless, [Markup, Endless])] },
        Latencies = [run.Latencies[0] with { Name = Markup }],
        Requests = [new RequestSeries { Name = Markup, Phases = [Markup, Endless], Requests = [Request(Markup), Request(Endless)] }],
        Steps = [run.Steps[0] with { Name = Endless, Unit = Markup }],
        Trace = [.. CaamDeadlock.Deadlock().Trace.Select(one => one with { Process = Markup, Function = Endless, Subject = Markup, Detail = Endless })],
    };
}
