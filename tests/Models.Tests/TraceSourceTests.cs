using CryptoSim.Models.Caam;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests;

public sealed class TraceSourceTests
{
    private static IReadOnlyList<TraceEvent> Trace(bool sources)
    {
        Scene scene = new();
        scene = (scene with { Ring = scene.Ring with { Usable = 3, WhenFull = WhenFull.DropRequest } }).With("writer", Scene.Write("4KiB"));
        using Machine machine = Machine.Build(scene.Options, new MachineRunOptions { Seed = 1, TraceKept = 1_000, TraceSources = sources });
        Assert.True(machine.Run());
        return machine.Trace;
    }

    [Fact]
    public void The_answer_and_the_fault_of_a_dropped_request_name_the_lines_of_that_decision()
    {
        IReadOnlyList<TraceEvent> trace = Trace(sources: true);
        TraceEvent answer = trace.Single(e => e.Result == "EBUSY" && e.Kind == TraceKind.Return);
        TraceEvent fault = trace.Single(e => e.Kind == TraceKind.Fault);

        int decision = Line(fault.Source);
        Assert.StartsWith("JobRing.cs:", fault.Source, StringComparison.Ordinal);
        Assert.Equal(decision - 1, Line(answer.Source));
    }

    [Fact]
    public void Every_event_names_a_line_when_asked_and_none_otherwise()
    {
        Assert.All(Trace(sources: true), e => Assert.Matches(@"^\w+\.cs:\d+$", e.Source));
        Assert.DoesNotContain(Trace(sources: true), e => e.Source.StartsWith("Tracer.cs", StringComparison.Ordinal));
        Assert.All(Trace(sources: false), e => Assert.Empty(e.Source));
    }

    [Fact]
    public void But_for_the_lines_the_trace_is_the_same() =>
        Assert.Equal(Trace(sources: false), Trace(sources: true).Select(e => e with { Source = "" }));

    private static int Line(string source) => int.Parse(source[(source.IndexOf(':', StringComparison.Ordinal) + 1)..], System.Globalization.CultureInfo.InvariantCulture);
}
