using System.Reflection;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>The layouts of all types that a model's state is made of. Refuses a type that it does not understand, by name.</summary>
internal sealed class LayoutTable
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private const int RecentMask = 255;

    private readonly (Type? Type, TypeLayout Layout)[] _recent = new (Type?, TypeLayout)[RecentMask + 1];
    private readonly Dictionary<Type, TypeLayout> _byType = [];
    private readonly List<TypeLayout> _byId = [];

    /// <summary>How many types there are so far.</summary>
    internal int Count => _byId.Count;

    internal TypeLayout this[int id] => _byId[id];

    /// <summary>The layout of an object's type.</summary>
    /// <exception cref="NotCapturableException">The type or one of its fields is not understood.</exception>
    /// <param name="type">The type.</param>
    /// <param name="path">The field through which it was reached; null if through none.</param>
    internal TypeLayout Of(Type type, string? path = null)
    {
        ref var recent = ref _recent[ReferenceEqualityComparer.Instance.GetHashCode(type) & RecentMask];
        if (ReferenceEquals(recent.Type, type))
        {
            return recent.Layout;
        }

        var layout = Find(type, path);
        recent = (type, layout);
        return layout;
    }

    private TypeLayout Find(Type type, string? path)
    {
        if (_byType.TryGetValue(type, out var layout))
        {
            return layout;
        }

        MutableStatics.Check(type);
        try
        {
            layout = Make(type);
        }
        catch (NotCapturableException refused) when (path is not null)
        {
            throw new NotCapturableException($"{path} holds a {Name(type)}: {refused.Message}");
        }

        _byType.Add(type, layout);
        _byId.Add(layout);
        return layout;
    }

    private TypeLayout Make(Type type)
    {
        int id = _byId.Count;
        if (ConstantTypes.IsConstant(type))
        {
            return new TypeLayout { Type = type, Id = id, IsConstant = true };
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return new TypeLayout { Type = type, Id = id, IsDelegate = true };
        }

        if (type.IsArray)
        {
            return MakeArray(type, id);
        }

        if (CollectionAdapter.For(type) is { } adapter)
        {
            return new TypeLayout { Type = type, Id = id, Collection = adapter };
        }

        if (IsForeign(type))
        {
            throw new NotCapturableException($"{Name(type)} cannot be part of a state: it is a type of the framework whose content is not known");
        }

        return MakeObject(type, id);
    }

    private static TypeLayout MakeArray(Type type, int id)
    {
        if (type.GetArrayRank() != 1)
        {
            throw new NotCapturableException($"{Name(type)} cannot be part of a state: only arrays of one dimension can");
        }

        var element = type.GetElementType()!;
        return new TypeLayout
        {
            Type = type,
            Id = id,
            ElementSize = FieldOffsets.SizeOf(element),
            Leaves = [.. LeafFinder.OfValue(element, $"{Name(element)}[]")],
        };
    }

    private static TypeLayout MakeObject(Type type, int id)
    {
        var leaves = new List<Leaf>();
        foreach (var level in Levels(type))
        {
            foreach (var field in level.GetFields(Declared).Where(LeafFinder.IsState))
            {
                leaves.AddRange(LeafFinder.OfField(field, FieldOffsets.Of(field), isFrame: typeof(Frame).IsAssignableFrom(type)));
            }
        }

        RefuseInheritance(type);
        RefuseItems(type);
        int self = leaves.FindIndex(leaf => leaf.Kind == LeafKind.SelfFrame);
        int selfOffset = self < 0 ? -1 : leaves[self].Offset;
        leaves.RemoveAll(leaf => leaf.Kind == LeafKind.SelfFrame);
        return new TypeLayout
        {
            Type = type,
            Id = id,
            Leaves = [.. leaves],
            MutableLeaves = [.. leaves.Where(leaf => !leaf.IsReadOnly)],
            SelfOffset = selfOffset,
            IsWaitable = typeof(Waitable).IsAssignableFrom(type),
            IsCaptured = typeof(ICaptured).IsAssignableFrom(type),
            IsProcess = typeof(ProcessFrame).IsAssignableFrom(type),
            IsTimer = type == typeof(TimerFrame),
        };
    }

    /// <summary>A class and those it derives from, the most general first.</summary>
    private static IEnumerable<Type> Levels(Type type) =>
        type.BaseType is { } above && above != typeof(object) ? Levels(above).Append(type) : [type];

    /// <summary>A class that inherits fields of the framework is as little understood as the framework's own: what they mean is not known.</summary>
    private static void RefuseInheritance(Type type)
    {
        var foreign = Levels(type).LastOrDefault(level => IsForeign(level) && level != typeof(ValueType) && level != typeof(Enum));
        if (foreign is not null && Levels(foreign).Any(level => level.GetFields(Declared).Length > 0))
        {
            throw new NotCapturableException($"{Name(type)} cannot be part of a state: it derives from {Name(foreign)}, a type of the framework whose content is not known");
        }
    }

    /// <summary>What lies in an object that writes part of itself must be understood too; asked here, where a refusal can still name the field.</summary>
    private static void RefuseItems(Type type)
    {
        foreach (var level in Levels(type).Where(level => level.IsGenericType && typeof(ICaptured).IsAssignableFrom(level) && !typeof(Frame).IsAssignableFrom(level)))
        {
            foreach (var item in level.GetGenericArguments())
            {
                _ = LeafFinder.OfValue(item, Name(item)).Count();
            }
        }
    }

    /// <summary>True for types of the framework: nobody here knows what their fields mean.</summary>
    internal static bool IsForeign(Type type) => type != typeof(object) && IsFramework(type.Assembly);

    /// <summary>True for the assemblies of the framework.</summary>
    internal static bool IsFramework(Assembly assembly) =>
        assembly == typeof(object).Assembly
        || (assembly.GetName().Name is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal)));

    /// <summary>Makes an object; what its constructor throws comes out as it is.</summary>
    internal static object Create(Type type) =>
        Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.DoNotWrapExceptions, null, null, null)!;

    /// <summary>A type's name as C# spells it.</summary>
    internal static string Name(Type type)
    {
        if (type.IsArray)
        {
            return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return tick < 0 ? type.Name : $"{type.Name[..tick]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
