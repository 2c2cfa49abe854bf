namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Takes from one process, for the length of a step, every reference to an object that can change and that others can reach as well: if the step needs one, it fails at once.</summary>
internal sealed class Blindfold(Simulation simulation, LayoutTable layouts, FixedObjects fixedObjects)
{
    private readonly Reach _reach = new(layouts);
    private readonly List<(object Owner, Leaf Leaf, object Value)> _taken = [];

    /// <summary>Hides them.</summary>
    /// <returns>False, with nothing hidden, when some lie where they cannot be taken from.</returns>
    internal bool PutOn(ProcessFrame process)
    {
        var others = Others(process);
        if (HideFrom(process, others))
        {
            return true;
        }

        TakeOff();
        return false;
    }

    /// <summary>Gives everything back.</summary>
    internal void TakeOff()
    {
        foreach (var (owner, leaf, value) in _taken)
        {
            Reach.Place(owner, leaf) = value;
        }

        _taken.Clear();
    }

    /// <summary>All that other processes and the fixed objects can reach.</summary>
    private HashSet<object> Others(ProcessFrame process)
    {
        var marked = new HashSet<object>(ReferenceEqualityComparer.Instance);
        for (int slot = 0; slot < simulation.SlotCount; slot++)
        {
            if (simulation.LiveFrameAt(slot) is { } frame && frame != process)
            {
                marked.Add(frame);
            }
        }

        foreach (object value in fixedObjects.All)
        {
            marked.Add(value);
        }

        _reach.Mark(marked);
        return marked;
    }

    private bool HideFrom(ProcessFrame process, HashSet<object> others)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance) { process };
        var open = new Stack<object>(seen);
        while (open.TryPop(out object? value))
        {
            var layout = layouts.Of(value.GetType());
            if (layout.IsArray || layout.Collection is not null || layout.IsDelegate)
            {
                if (_reach.From(value).Any(next => IsSecret(next, others)))
                {
                    return false;
                }
            }
            else
            {
                Hide(value, layout, others);
            }

            foreach (object next in _reach.From(value))
            {
                if (!layouts.Of(next.GetType()).IsConstant && (next is not ProcessFrame || next == process) && seen.Add(next))
                {
                    open.Push(next);
                }
            }
        }

        return true;
    }

    private void Hide(object value, TypeLayout layout, HashSet<object> others)
    {
        foreach (var leaf in layout.Leaves)
        {
            if (leaf.Kind == LeafKind.Reference && Reach.Place(value, leaf) is { } next && IsSecret(next, others))
            {
                _taken.Add((value, leaf, next));
                Reach.Place(value, leaf) = null;
            }
        }
    }

    /// <summary>Can change, and somebody else can reach it. What never changes may be seen; what it refers to is looked at in turn.</summary>
    private bool IsSecret(object value, HashSet<object> others)
    {
        var layout = layouts.Of(value.GetType());
        return !layout.IsConstant && !layout.IsFrozen && value is not Frame && !IsFreeList(value) && others.Contains(value);
    }

    /// <summary>Objects not in use are no state, so taking one is nobody else's business.</summary>
    private static bool IsFreeList(object value) => value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(FreeList<>);
}
