using System.Collections;
using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Walks the objects of a simulation as they lie in memory: who refers to whom by fields that belong to the state.</summary>
internal sealed class Reach(LayoutTable layouts)
{
    private readonly Stack<object> _open = new();

    /// <summary>Adds everything that can be reached from some objects, themselves included, without passing through a process other than them.</summary>
    internal void Mark(HashSet<object> marked)
    {
        foreach (object start in marked)
        {
            _open.Push(start);
        }

        while (_open.TryPop(out object? value))
        {
            foreach (object next in From(value))
            {
                if (next is not ProcessFrame && marked.Add(next))
                {
                    _open.Push(next);
                }
            }
        }
    }

    /// <summary>What an object refers to.</summary>
    internal IEnumerable<object> From(object value)
    {
        var layout = layouts.Of(value.GetType());
        if (layout.IsConstant)
        {
            return [];
        }

        if (layout.IsDelegate)
        {
            return ((Delegate)value).Target is { } target ? [target] : [];
        }

        if (value is IEnumerable items && (layout.IsArray || layout.Collection is not null))
        {
            return Items(items);
        }

        return value is ProcessFrame frame ? References(value, layout).Concat(Engine(frame)) : References(value, layout);
    }

    internal static ref object? Place(object value, in Leaf leaf) => ref Unsafe.As<byte, object?>(ref Unsafe.Add(ref RawObject.Of(value), leaf.Offset));

    private static List<object> References(object value, TypeLayout layout)
    {
        var found = new List<object>();
        foreach (var leaf in layout.Leaves)
        {
            if (leaf.Kind == LeafKind.Reference && Place(value, leaf) is { } next)
            {
                found.Add(next);
            }
        }

        return found;
    }

    private static IEnumerable<object> Engine(ProcessFrame frame) =>
        frame.WaitingOn is { } waitable ? [frame.Top, waitable] : [frame.Top];

    /// <summary>Items that are values with references inside count as not understood: the collection itself is handed on.</summary>
    private static IEnumerable<object> Items(IEnumerable items) => items.Cast<object?>().Where(item => item is not null and not ValueType).Cast<object>();
}
