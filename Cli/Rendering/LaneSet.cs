using CryptoSim.Reports.Exploring;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Rendering;

/// <summary>The processes and parts that get a lane beside a trace: those who hang and those of the point of no return first, then the busiest.</summary>
internal sealed class LaneSet
{
    private readonly TraceDigest _digest;
    private readonly FailingTrace _failure;
    private readonly HashSet<string> _processes;

    public LaneSet(FailingTrace failure, TraceDigest digest, IEnumerable<TraceRow> rows, int most)
    {
        (_failure, _digest) = (failure, digest);
        _processes = [.. WaitChain.ProcessesOf(failure)];
        var busy = new Dictionary<string, int>();
        var found = new List<string>();
        foreach (string name in rows.Where(row => row.Kind != TraceRowKind.Folded).Select(row => row.Steps[0]).SelectMany(Parties))
        {
            busy[name] = busy.GetValueOrDefault(name) + 1;
            if (busy[name] == 1)
            {
                found.Add(name);
            }
        }

        string[] wanted = [.. digest.Turning is null ? [] : Parties(digest.Turning), .. digest.Stuck.Select(one => one.Process)];
        HashSet<string> kept = [.. found.OrderByDescending(wanted.Contains).ThenByDescending(name => busy[name]).Take(most)];
        Names = [.. found.Where(kept.Contains)];
    }

    /// <summary>Left to right, in the order of appearance.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The lane of a process or part; -1 if it has none.</summary>
    public int Of(string name) => Names.ToList().IndexOf(name);

    /// <summary>Whom the main happening of a step goes to; empty if to nobody.</summary>
    public string Destination(TraceStep step) => StepMeaning.Main(step) switch
    {
        { Kind: TraceKind.Callback } one => _digest.Submitter(one.Subject) ?? one.Target,
        { Kind: TraceKind.Call or TraceKind.Return or TraceKind.Fault or TraceKind.Wake } one => one.Target,
        _ => "",
    };

    /// <summary>What each lane shows beside the step with this number: D once it sleeps for ever, : while it sleeps, . for a part that runs no code.</summary>
    public IReadOnlyList<char> Marks(int number) => [.. Names.Select(name => Mark(name, number))];

    private char Mark(string name, int number)
    {
        if (!_processes.Contains(name))
        {
            return '.';
        }

        bool stuck = _digest.Stuck.Any(one => one.Process == name);
        if (stuck && _digest.LastStep(name) is var last && (last is null || last <= number))
        {
            return 'D';
        }

        TraceStep? latest = _failure.Steps.LastOrDefault(step => step.Process == name && step.Number <= number);
        return latest is not null && latest.Events.Any(one => one.Kind == TraceKind.Wait) ? ':' : '|';
    }

    private IEnumerable<string> Parties(TraceStep step)
    {
        yield return step.Process;
        string destination = Destination(step);
        if (destination.Length > 0 && destination != step.Process)
        {
            yield return destination;
        }
    }
}
