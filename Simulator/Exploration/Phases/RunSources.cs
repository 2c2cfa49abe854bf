namespace CryptoSim.Simulator.Exploration.Phases;

/// <summary>Where the runs of an exploration come from: built anew for a single one or where the clock counts, restored where many are made in any order.</summary>
internal sealed class RunSources(IExplorableFactory factory) : IDisposable
{
    private RestoredRuns? _restored;
    private bool _isRefused;

    /// <summary>Runs on models built anew.</summary>
    internal BuiltRuns Built { get; } = new(factory);

    /// <summary>The quickest source of many runs.</summary>
    internal IRunSource Many(ExplorationMode mode)
    {
        if (mode != ExplorationMode.Untimed)
        {
            return Built;
        }

        _restored ??= _isRefused ? null : Restored();
        return _restored is null ? Built : _restored;
    }

    public void Dispose()
    {
        Built.Dispose();
        _restored?.Dispose();
    }

    /// <summary>A model of which no state can be made is built for each run; the search says why, if there is one.</summary>
    private RestoredRuns? Restored()
    {
        try
        {
            return new RestoredRuns(factory);
        }
        catch (NotCapturableException)
        {
            _isRefused = true;
            return null;
        }
    }
}
