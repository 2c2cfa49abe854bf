using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>
/// Objects that are there from the start and stay: what processes work on and what that refers to for good. They keep
/// their identity: only what can change of them is written, and it is restored in place.
/// </summary>
/// <remarks>
/// Fixed is the object whose method the processes of one kind run, when all of that kind share it; and whatever a fixed
/// object refers to by a field that never changes. All else is rebuilt, so that equal objects can change places.
/// </remarks>
internal sealed class FixedObjects
{
    private readonly LayoutTable _layouts;
    private readonly List<object> _all = [];
    private readonly Dictionary<object, int> _numbers = new(ReferenceEqualityComparer.Instance);

    private FixedObjects(LayoutTable layouts) => _layouts = layouts;

    /// <summary>All of them, by number.</summary>
    internal IReadOnlyList<object> All => _all;

    /// <summary>Those of which something can change, with their layouts, in order of number.</summary>
    internal List<(object Object, TypeLayout Layout)> Changing { get; } = [];

    internal bool Contains(object value) => _numbers.ContainsKey(value);

    /// <summary>Finds them in a simulation that stands at its start.</summary>
    internal static FixedObjects Of(Simulation simulation, LayoutTable layouts)
    {
        var objects = new FixedObjects(layouts);
        foreach (object root in Roots(simulation))
        {
            objects.Add(root);
        }

        for (int i = 0; i < objects._all.Count; i++)
        {
            objects.Follow(objects._all[i]);
        }

        return objects;
    }

    private void Add(object value)
    {
        if (_numbers.TryAdd(value, _all.Count))
        {
            _all.Add(value);
        }
    }

    private void Follow(object value)
    {
        var layout = _layouts.Of(value.GetType());
        if (!layout.IsFrozen && !layout.IsConstant && !layout.IsDelegate)
        {
            Changing.Add((value, layout));
        }

        if (layout.IsArray || layout.Collection is not null)
        {
            return;   // what lies in it can be another object later
        }

        foreach (var leaf in layout.Leaves)
        {
            if (leaf is { IsReadOnly: true, Kind: LeafKind.Reference } && At(value, leaf) is { } next)
            {
                Reach(next, leaf.Path);
            }
        }
    }

    /// <summary>A delegate that never changes is not written, so what its methods work on must be found here.</summary>
    private void Reach(object value, string path)
    {
        if (value is Delegate several)
        {
            foreach (var one in several.GetInvocationList())
            {
                if (one.Target is { } target and not Delegate)
                {
                    Reach(target, path);
                }
            }
        }
        else if (Stays(value, path))
        {
            Add(value);
        }
    }

    private bool Stays(object value, string path) =>
        value is TimerFrame || (value is not Frame and not CryptoSim.Simulator.Simulation && !_layouts.Of(value.GetType(), path).IsConstant);

    private static object? At(object value, in Leaf leaf) => Unsafe.As<byte, object?>(ref Unsafe.Add(ref RawObject.Of(value), leaf.Offset));

    /// <summary>The object of each kind of process, when all of the kind share it.</summary>
    private static IEnumerable<object> Roots(Simulation simulation)
    {
        var kinds = new List<(Type Kind, object? Owner, bool Shared)>();
        for (int slot = 0; slot < simulation.SlotCount; slot++)
        {
            if (simulation.LiveFrameAt(slot) is not { } frame)
            {
                continue;
            }

            object? owner = frame.MethodOwner;
            int known = kinds.FindIndex(kind => kind.Kind == frame.StateMachine);
            if (known < 0)
            {
                kinds.Add((frame.StateMachine, owner, true));
            }
            else if (!ReferenceEquals(kinds[known].Owner, owner))
            {
                kinds[known] = (frame.StateMachine, null, false);
            }
        }

        return kinds.Where(kind => kind is { Shared: true, Owner: not null } && kind.Owner is not Simulation).Select(kind => kind.Owner!);
    }
}
