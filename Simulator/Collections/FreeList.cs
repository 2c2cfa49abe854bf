using System.Diagnostics.CodeAnalysis;
using CryptoSim.Simulator.Exploration.Capture;

namespace CryptoSim.Simulator;

/// <summary>Objects that are not in use and wait for their next one. Part of no state: exploration forgets them, so whoever takes must be able to make a new one.</summary>
/// <remarks>
/// Stepped by hand, it forgets them after each step, whether or not a state was restored in between: a model that still
/// refers to an object it has put back then behaves alike in a search and in the run that shows what was found.
/// </remarks>
/// <typeparam name="T">The objects' type.</typeparam>
/// <threadsafety>Belongs to the thread that runs its simulation.</threadsafety>
public sealed class FreeList<T> : ICaptured
    where T : class
{
    [NotState]
    private Stack<T> _items = new();
    private readonly Simulation? _simulation = Simulation.CurrentIfAny;
    [NotState]
    private long _handStep;   // number of the step by hand in which the items were put back; 0 in an ordinary run

    /// <summary>Takes the object that was put back last; false when none is left.</summary>
    public bool TryTake([NotNullWhen(true)] out T? item)
    {
        ForgetOlder();
        return _items.TryPop(out item);
    }

    /// <summary>Puts an object back that nobody uses any more.</summary>
    public void Put(T item)
    {
        ForgetOlder();
        _items.Push(item);
    }

    /// <summary>Nothing: objects not in use are no state.</summary>
    void ICaptured.Capture(StateWriter writer)
    {
    }

    /// <summary>Drops every object: they may be in use again in the state that is restored.</summary>
    void ICaptured.Restore(StateReader reader) => _items.Clear();

    void ICaptured.Renew() => _items = new Stack<T>();

    private void ForgetOlder()
    {
        if (_simulation is not null && _handStep != _simulation.HandSteps)
        {
            _handStep = _simulation.HandSteps;
            _items.Clear();
        }
    }
}
