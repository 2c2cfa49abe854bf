using CryptoSim.Reports.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Reports.Tests.TestKit;

/// <summary>An exploration in which every text is markup, endless, or not printable.</summary>
internal static class HostileExploration
{
    private const string Markup = Hostile.Markup;
    private static readonly string Endless = new('w', 400);

    public static Exploration All => new()
    {
        Scenario = Markup,
        About = Endless,
        Path = Markup,
        Version = Markup,
        Command = Endless,
        Program = Markup,
        Variants =
        [
            new ExploredVariant(Markup, Hostilely(CaamExploration.Deadlock))
            {
                Size = [Markup, Endless],
                AsExpected = false,
                Expected = Markup,
                Files = new ExplorationFiles { Schedule = Markup, Repro = Endless, Perfetto = Markup, Page = Endless },
            },
            new ExploredVariant(Endless, CaamExploration.Bounded with { Bound = Markup }),
        ],
    };

    private static ExplorationResult Hostilely(ExplorationResult result) => result with
    {
        Found = Markup,
        Rule = Endless,
        Message = Markup,
        Phases = [new PhaseReport(0, Markup, Endless, Markup, Failed: true)],
        Failure = result.Failure! with
        {
            Schedule = result.Failure.Schedule with { Scenario = Markup, Sha256 = Endless, Choices = [Markup, Endless], Expect = Markup },
            Steps = [.. result.Failure.Steps.Select(Hostilely)],
            End = result.Failure.End with { Ends = Markup, Message = Endless, Blocked = [.. result.Failure.End.Blocked.Select(one => one with { Process = Markup, WaitsOn = Endless, Function = Markup, Source = Endless, Owner = Markup, Chain = [Markup, Endless, Markup + "x"] })] },
            Sibling = result.Failure.Sibling! with { Steps = [.. result.Failure.Sibling.Steps.Select(Hostilely)] },
        },
    };

    private static TraceStep Hostilely(TraceStep step) => step with
    {
        Process = Markup,
        Context = Endless,
        Label = step.Number % 2 == 0 ? Markup : Endless,
        Source = Endless,
        Enabled = [Markup, Endless],
        Events = [.. step.Events.Select(one => one with { Process = Markup, Target = Endless, Subject = Markup, Result = Markup, Detail = Endless })],
    };
}
