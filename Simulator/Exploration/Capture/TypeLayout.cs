namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>How the objects of one type are written and read: its leaves in order, and what it is beside them. Made once for each type.</summary>
internal sealed class TypeLayout
{
    internal required Type Type { get; init; }

    /// <summary>Number within its table; stands in the bytes where an object of the type is first met.</summary>
    internal required int Id { get; init; }

    /// <summary>Values that belong to the state, in order of declaration, base classes first. Of an array: those of one element.</summary>
    internal Leaf[] Leaves = [];

    /// <summary>The leaves that can change after construction.</summary>
    internal Leaf[] MutableLeaves = [];

    /// <summary>An object of the type as the model made it; new ones are copies of it.</summary>
    internal object? Model;

    /// <summary>A collection of the framework that is written item by item; null for other types.</summary>
    internal CollectionAdapter? Collection { get; init; }

    /// <summary>[B] Size of an array element; 0 for other types.</summary>
    internal int ElementSize { get; init; }

    /// <summary>A value that is compared and never rebuilt: a string, a record of values.</summary>
    internal bool IsConstant { get; init; }

    /// <summary>Writes part of itself.</summary>
    internal bool IsCaptured { get; init; }

    /// <summary>The root frame of a process or timer.</summary>
    internal bool IsProcess { get; init; }

    /// <summary>The frame of a timer, which has a slot only while something of it is pending.</summary>
    internal bool IsTimer { get; init; }

    /// <summary>A delegate with one method: written as the method and its target.</summary>
    internal bool IsDelegate { get; init; }

    /// <summary>Something processes wait on.</summary>
    internal bool IsWaitable { get; init; }

    /// <summary>[B] Where the frame refers to itself, in the builder of its state machine; -1 when it does not.</summary>
    internal int SelfOffset { get; init; } = -1;

    /// <summary>Objects of the type that restored states are built of.</summary>
    internal readonly Arena Arena = new();

    internal bool IsArray => ElementSize > 0;

    /// <summary>Nothing of such an object changes after its construction; what it refers to may.</summary>
    internal bool IsFrozen => !IsConstant && !IsDelegate && !IsArray && Collection is null && !IsCaptured && MutableLeaves.Length == 0;

    public override string ToString() => Type.Name;
}
