namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Takes from one process, for the length of a step, every reference to an object that can change and that others can reach as well: if the step needs one, it fails at once.</summary>
/// <remarks>Who can reach what is told by writing the state once more, without symmetry, and noting every reference: what is written is all there is.</remarks>
internal sealed class Blindfold
{
    private const byte Shared = 1;   // some other process or a fixed object can reach it
    private const byte Seen = 2;     // looked at for the process

    private readonly LayoutTable _layouts;
    private readonly FixedObjects _fixed;
    private readonly StateWriter _writer;
    private readonly EdgeList _edges = new();
    private readonly Stack<object> _open = new();
    private readonly List<(object Owner, Leaf Leaf, object Value)> _taken = [];
    private byte[] _marks = new byte[256];

    internal Blindfold(Simulation simulation, LayoutTable layouts, FixedObjects fixedObjects, ConstantTable constants)
    {
        (_layouts, _fixed) = (layouts, fixedObjects);
        _writer = new StateWriter(simulation, layouts, fixedObjects, constants, symmetry: false) { Edges = _edges };
    }

    /// <summary>Hides them.</summary>
    /// <returns>False, with nothing hidden, when some lie where they cannot be taken from.</returns>
    internal bool PutOn(ProcessFrame process)
    {
        _writer.Capture();
        int places = _writer.Numbered + _fixed.All.Count;
        if (_marks.Length < places)
        {
            _marks = new byte[places * 2];
        }

        Array.Clear(_marks, 0, places);
        MarkShared(process);
        if (HideFrom(process))
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
            leaf.ReferenceIn(owner) = value;
        }

        _taken.Clear();
    }

    private void MarkShared(ProcessFrame process)
    {
        foreach (object target in _edges.OfRoots)
        {
            Push(target, process, Shared);
        }

        foreach (var other in _writer.Order)
        {
            if (other != process)
            {
                _marks[PlaceOf(other)] |= Shared;
                if (!_writer.NumberOf(other).IsFixed)   // else what it refers to is among the roots
                {
                    _open.Push(other);
                }
            }
        }

        while (_open.TryPop(out object? value))
        {
            foreach (object target in _edges.Of(_writer.NumberOf(value).Number))
            {
                Push(target, process, Shared);
            }
        }
    }

    /// <summary>Fixed objects are shared as they are; a process is no way to what another one alone can reach.</summary>
    private void Push(object target, ProcessFrame process, byte mark)
    {
        var (number, isFixed) = _writer.NumberOf(target);
        if (number < 0 || isFixed || target == process || target is ProcessFrame || (_marks[number] & mark) != 0)
        {
            return;
        }

        _marks[number] |= mark;
        _open.Push(target);
    }

    private bool HideFrom(ProcessFrame process)
    {
        Look(process);
        while (_open.TryPop(out object? value))
        {
            var layout = _layouts.Of(value.GetType());
            bool isPlain = !layout.IsArray && layout.Collection is null && !layout.IsDelegate;
            if (isPlain)
            {
                HideIn(value, layout);
            }

            if (KnowsOthers(value, layout, process) || !LookOn(value))
            {
                _open.Clear();
                return false;
            }
        }

        return true;
    }

    private void HideIn(object value, TypeLayout layout)
    {
        foreach (var leaf in layout.Leaves)
        {
            if (leaf.Kind != LeafKind.Reference || leaf.ReferenceIn(value) is not { } target)
            {
                continue;
            }

            if (IsSecret(target))
            {
                _taken.Add((value, leaf, target));
                leaf.ReferenceIn(value) = null;
            }
            else
            {
                Look(target);
            }
        }
    }

    /// <summary>A handle of another process tells whether that one is still alive, and that cannot be taken away.</summary>
    private static bool KnowsOthers(object value, TypeLayout layout, ProcessFrame process)
    {
        if (layout.IsArray || layout.Collection is not null)
        {
            return layout.Type.GetElementType() == typeof(Process) || layout.Type.GenericTypeArguments.Contains(typeof(Process));
        }

        foreach (var leaf in layout.Leaves)
        {
            if (leaf.Kind == LeafKind.ProcessHandle && leaf.HandleIn(value) is { Exists: true } handle && handle.Frame != process)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Goes on to what an object refers to otherwise than by a field: items, what lies in an awaiter. False when a secret is among it.</summary>
    private bool LookOn(object value)
    {
        var (number, isFixed) = _writer.NumberOf(value);
        if (isFixed)
        {
            return true;   // never changes, so it has fields only
        }

        foreach (object target in _edges.Of(number))
        {
            if (!IsSecret(target))
            {
                Look(target);
            }
            else if (!_taken.Exists(taken => ReferenceEquals(taken.Owner, value) && ReferenceEquals(taken.Value, target)))
            {
                return false;
            }
        }

        return true;
    }

    private void Look(object value)
    {
        int place = PlaceOf(value);
        if (place >= 0 && (_marks[place] & Seen) == 0 && (value is not ProcessFrame || _open.Count == 0))
        {
            _marks[place] |= Seen;
            _open.Push(value);
        }
    }

    /// <summary>Can change, and somebody else can reach it. What never changes may be seen; what it refers to is looked at in turn.</summary>
    private bool IsSecret(object value)
    {
        var (number, isFixed) = _writer.NumberOf(value);
        var layout = _layouts.Of(value.GetType());
        bool isHarmless = number < 0 || layout.IsFrozen || value is Frame || IsFreeList(value);
        return !isHarmless && (isFixed || (_marks[number] & Shared) != 0);
    }

    private int PlaceOf(object value)
    {
        var (number, isFixed) = _writer.NumberOf(value);
        return isFixed ? _writer.Numbered + number : number;
    }

    /// <summary>Objects not in use are no state, so taking one is nobody else's business.</summary>
    private static bool IsFreeList(object value) => value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(FreeList<>);
}
