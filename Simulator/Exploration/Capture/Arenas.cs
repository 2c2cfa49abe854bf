using System.Reflection;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Objects that restored states are built of: those of each type are used again, from the first, in every restore.</summary>
/// <remarks>A new one is a copy of an object of the model, so that fields that are no state (names, meters) hold something usable.</remarks>
internal sealed class Arenas
{
    private static readonly Func<object, object> Copy =
        typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!.CreateDelegate<Func<object, object>>();

    private readonly List<Arena> _used = [];

    /// <summary>All objects are free again.</summary>
    internal void Begin()
    {
        foreach (var arena in _used)
        {
            arena.Taken = 0;
        }

        _used.Clear();
    }

    internal object Take(TypeLayout layout)
    {
        var arena = Use(layout);
        if (arena.Taken == arena.Objects.Count)
        {
            arena.Objects.Add(Make(layout));
        }

        return arena.Objects[arena.Taken++];
    }

    /// <summary>Arrays are found by their length among those not taken yet.</summary>
    internal Array TakeArray(TypeLayout layout, int length)
    {
        var arena = Use(layout);
        var objects = arena.Objects;
        int found = arena.Taken;
        while (found < objects.Count && ((Array)objects[found]).Length != length)
        {
            found++;
        }

        if (found == objects.Count)
        {
            objects.Add(Array.CreateInstance(layout.Type.GetElementType()!, length));
        }

        (objects[found], objects[arena.Taken]) = (objects[arena.Taken], objects[found]);
        return (Array)objects[arena.Taken++];
    }

    private static object Make(TypeLayout layout)
    {
        if (layout.Collection is { } collection)
        {
            return collection.Create();
        }

        object made = Copy(layout.Model ?? throw new InvalidOperationException($"no {layout} has been seen yet"));
        (made as ICaptured)?.Renew();
        return made;
    }

    private Arena Use(TypeLayout layout)
    {
        if (layout.Arena.Taken == 0)
        {
            _used.Add(layout.Arena);
        }

        return layout.Arena;
    }
}

/// <summary>The objects of one type.</summary>
internal sealed class Arena
{
    internal readonly List<object> Objects = [];
    internal int Taken;   // those in the state that was restored last
}
