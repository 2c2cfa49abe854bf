using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Exploration;

/// <summary>One run of a traced model, of which each step is written down.</summary>
internal sealed class Telling(IExplorable model, OpenSteps open, IChooserStrategy strategy, int stepLimit) : IChooserStrategy
{
    private const string Unknown = "process";   // the context of who never says one

    private readonly Walk _walk = new(open, stepLimit);
    private readonly List<TraceStep> _steps = [];
    private readonly Dictionary<string, string> _contexts = new(StringComparer.Ordinal);
    private string _process = "";
    private Process _handle;
    private byte _mark;   // of the process before the step
    private string[] _others = [];
    private int _told;   // trace events that belong to earlier steps

    /// <summary>Steps so far.</summary>
    public IReadOnlyList<TraceStep> Steps => _steps;

    /// <summary>The walk.</summary>
    public Walk Walk => _walk;

    /// <summary>Runs to the end, or until <paramref name="goOn"/> says no to the last step.</summary>
    public TracedResult Run(Func<TraceStep, bool>? goOn = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        strategy.Begin(0);
        _told = model.Trace.Count;
        bool ended = _walk.Run(new SteppedRun(model.Simulation), this, _ => Tell() is var step && goOn?.Invoke(step) != false);
        return new TracedResult
        {
            Steps = WithContexts(),
            End = ended ? model.DescribeEnd() : null,
            Preemptions = _walk.Preemptions,
            Choices = [.. _walk.Choices.Take(_walk.Explicit)],
        };
    }

    public bool Begin(int number) => true;

    public int Choose(ChoicePoint point)
    {
        int place = strategy.Choose(point);
        if (place >= 0)
        {
            _process = point.NameAt(place);
            _handle = point[place];
            _mark = _handle.Frame!.Mark;
            _others = [.. Enumerable.Range(0, point.Count).Where(i => i != place).Select(point.NameAt)];
        }

        return place;
    }

    public void Ended(int steps) => strategy.Ended(steps);

    private TraceStep Tell()
    {
        TraceEvent[] events = [.. model.Trace.Skip(_told)];
        _told = model.Trace.Count;
        var telling = TraceLabel.MostTelling(events);
        string word = model.ContextOf(_handle.Frame?.Mark ?? _mark);
        string context = word.Length > 0 ? word : events.LastOrDefault(e => e.Process == _process)?.Context ?? events.LastOrDefault()?.Context ?? _contexts.GetValueOrDefault(_process, "");
        _contexts[_process] = context;
        var step = new TraceStep(_steps.Count + 1, _process, context, TraceLabel.Of(events), telling?.Source ?? "", events, _others);
        _steps.Add(step);
        return step;
    }

    /// <summary>A process that has said nothing yet is in the context that it says first.</summary>
    private List<TraceStep> WithContexts()
    {
        var first = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in _steps.Where(s => s.Context.Length > 0))
        {
            first.TryAdd(step.Process, step.Context);
        }

        return _steps.ConvertAll(s => s.Context.Length > 0 ? s : s with { Context = first.GetValueOrDefault(s.Process, Unknown) });
    }
}
