using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Exploring;

/// <summary>A request or bio that was submitted and never came back.</summary>
/// <param name="Subject">Its name, <c>req#4</c>.</param>
/// <param name="Step">1-based number of the step that submitted it.</param>
/// <param name="Answer">What its submitter was told, <c>EBUSY</c>; empty if nothing.</param>
public sealed record OpenRequest(string Subject, int Step, string Answer)
{
    /// <summary>Those of a trace, in the order of submission: called for, and neither answered with an end nor called back with one.</summary>
    public static IReadOnlyList<OpenRequest> Of(IEnumerable<TraceStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var open = new List<OpenRequest>();
        foreach (TraceStep step in steps)
        {
            foreach (TraceEvent one in step.Events.Where(one => one.Subject.Length > 0))
            {
                Follow(open, one, step.Number);
            }
        }

        return open;
    }

    private static void Follow(List<OpenRequest> open, TraceEvent one, int step)
    {
        int at = open.FindIndex(request => request.Subject == one.Subject);
        if (one.Kind == TraceKind.Call && at < 0)
        {
            open.Add(new OpenRequest(one.Subject, step, ""));
        }
        else if (at >= 0 && one.Kind == TraceKind.Return && one.Result is "EINPROGRESS" or "EBUSY")
        {
            open[at] = open[at] with { Answer = one.Result };
        }
        else if (at >= 0 && ((one.Kind == TraceKind.Callback && one.Result != "EINPROGRESS") || (one.Kind == TraceKind.Return && one.Result.Length > 0)))
        {
            open.RemoveAt(at);
        }
    }
}
