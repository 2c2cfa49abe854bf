namespace CryptoSim.Simulator.Exploration;

/// <summary>One whole run under a strategy, and the choices it took.</summary>
/// <param name="open">Which steps may be next.</param>
/// <param name="stepLimit">Steps after which a run counts as unending [1..].</param>
/// <param name="named">False to write down places only, which is quicker: a run that turns out to matter is walked again.</param>
internal sealed class Walk(OpenSteps open, int stepLimit, bool named = true)
{
    /// <summary>Steps in a row after which the default order lets the next process in, so that one that polls does not keep the others out for ever.</summary>
    private const int Patience = 1000;

    private const int LeastOfLivelock = 10_000;

    private readonly ChoicePoint _point = new();
    private readonly List<int> _places = [];
    private readonly List<string> _names = [];
    private readonly List<string> _choices = [];
    private int _choiceCount;
    private Process _last;
    private int _streak;

    /// <summary>The place taken at each step.</summary>
    public IReadOnlyList<int> Places => _places;

    /// <summary>Name of the process of each step.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Name of the process of each step at which more than one was open.</summary>
    public IReadOnlyList<string> Choices => _choices;

    /// <summary>The first so many of <see cref="Choices"/> are needed: the others are what is taken when nobody chooses.</summary>
    public int Explicit { get; private set; }

    /// <summary>Choices of another process although the last one could have gone on.</summary>
    public int Preemptions { get; private set; }

    /// <summary>The last choice point: what was open at the step about to be taken.</summary>
    public ChoicePoint Point => _point;

    /// <summary>Takes steps to the end, to the limit, or until the strategy or <paramref name="goOn"/> breaks it off.</summary>
    /// <returns>False when it was broken off.</returns>
    public bool Run(SteppedRun run, IChooserStrategy strategy, Func<Walk, bool>? goOn = null)
    {
        Begin(run);
        while (!run.IsOver)
        {
            if (run.Steps >= stepLimit)
            {
                GiveUp(run);
                break;
            }

            if (!Step(run, strategy) || goOn?.Invoke(this) == false)
            {
                return false;
            }
        }

        strategy.Ended(run.Steps);
        return true;
    }

    /// <summary>Takes one step of a run that is not over; false, with nothing done, when the strategy breaks off.</summary>
    public bool Step(SteppedRun run, IChooserStrategy strategy)
    {
        Look(run);
        int place = strategy.Choose(_point);
        if (place < 0)
        {
            return false;
        }

        Note(place);
        int index = _point.Open[place];
        open.Taking(run, index);
        run.Step(index);
        if (!run.IsOver)
        {
            open.Taken(run);
        }

        return true;
    }

    /// <summary>A run that moves its clock, and has stood at one instant for long, goes round there.</summary>
    private void GiveUp(SteppedRun run)
    {
        if (!open.MovesClock || !run.EndIfLivelock(Math.Max(LeastOfLivelock, stepLimit / 2)))
        {
            run.GiveUp();
        }
    }

    public void Begin(SteppedRun run)
    {
        _places.Clear();
        _names.Clear();
        _choices.Clear();
        (Explicit, Preemptions, _choiceCount, _last, _streak) = (0, 0, 0, default, 0);
        _point.Run = run;
        open.Begin(run);
    }

    private void Look(SteppedRun run)
    {
        open.Collect(run, _point.Open);
        _point.Last = -1;
        for (int i = 0; i < _point.Count && _point.Last < 0; i++)
        {
            _point.Last = _point[i] == _last ? i : -1;
        }

        _point.Default = _point.Last < 0 ? 0 : _streak % Patience == Patience - 1 ? (_point.Last + 1) % _point.Count : _point.Last;
    }

    private void Note(int place)
    {
        var process = _point[place];
        _places.Add(place);
        if (_point.Count > 1)
        {
            _choiceCount++;
            Explicit = place == _point.Default ? Explicit : _choiceCount;
            Preemptions += _point.Last >= 0 && place != _point.Last ? 1 : 0;
        }

        if (named)
        {
            NoteName(_point.NameAt(place));
        }

        _streak = process == _last ? _streak + 1 : 0;
        _last = process;
    }

    private void NoteName(string name)
    {
        _names.Add(name);
        if (_point.Count > 1)
        {
            _choices.Add(name);
        }
    }
}
