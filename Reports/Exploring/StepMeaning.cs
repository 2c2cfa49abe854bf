using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Exploring;

/// <summary>What one step of a trace amounts to: the happening that tells most, who it goes to, and whether it was refused.</summary>
public static class StepMeaning
{
    private static readonly TraceKind[] Order =
        [TraceKind.Fault, TraceKind.Return, TraceKind.Call, TraceKind.Callback, TraceKind.Wake, TraceKind.Step, TraceKind.Wait];

    /// <summary>The happening that tells most; null if the step left no trace.</summary>
    public static TraceEvent? Main(TraceStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Events.OrderBy(one => Array.IndexOf(Order, one.Kind)).FirstOrDefault();
    }

    /// <summary>The label, or words for a step without one.</summary>
    public static string Text(TraceStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Label.Length > 0 ? step.Label : "runs";
    }

    /// <summary>It shows from outside: it called, answered, slept or woke somebody.</summary>
    public static bool Shows(TraceStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Events.Count > 0;
    }

    /// <summary>What else is known of the step: how full the ring is, that the request was dropped; empty if nothing.</summary>
    public static string Detail(TraceStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        string[] details =
        [
            .. step.Events.Where(one => one.Kind is TraceKind.Return or TraceKind.Call or TraceKind.Callback or TraceKind.Step)
                .Select(one => one.Kind == TraceKind.Return && one.Detail.Length > 0 && char.IsAsciiDigit(one.Detail[0]) ? $"{one.Target} {one.Detail}" : one.Detail)
                .Where(one => one.Length > 0 && !step.Label.Contains(one, StringComparison.Ordinal)),
        ];
        return string.Join(", ", details.Distinct());
    }

    /// <summary>Something was refused or lost, or a rule broken.</summary>
    public static bool IsBad(TraceStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Events.Any(one => one.Kind == TraceKind.Fault);
    }

    /// <summary>Who else could have run.</summary>
    public static IEnumerable<string> Others(TraceStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Enabled.Where(one => one != step.Process);
    }
}
