using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>What kind of value lies at a place of an object, and so how it is written.</summary>
internal enum LeafKind : byte
{
    Bool,
    Byte,
    Short,
    Int,
    Long,
    Reference,
    SelfFrame,
    Simulation,      // in a value: nothing is written but whether it is there
    ProcessHandle,
    Suspension,
    StoreSuspension,
}

/// <summary>One value inside an object, array element or collection item that belongs to the state. Small: whole arrays of them are walked for each state.</summary>
internal struct Leaf
{
    internal LeafKind Kind;
    internal bool IsReadOnly;     // never changes once its object is built
    internal bool TellsFrame;     // a reference to the frame that the values after it belong to
    internal int Offset;          // [B] from the first field, or from the start of the value
    internal LeafDetails Details;

    internal readonly string Path => Details.Path;

    /// <summary>The place of a reference in an object.</summary>
    internal readonly ref object? ReferenceIn(object owner) => ref Unsafe.As<byte, object?>(ref Unsafe.Add(ref RawObject.Of(owner), Offset));

    /// <summary>The handle of a process in an object.</summary>
    internal readonly Process HandleIn(object owner) => Unsafe.As<byte, Process>(ref Unsafe.Add(ref RawObject.Of(owner), Offset));

    public override readonly string ToString() => $"{Path}: {Kind}";
}

/// <summary>What of a leaf is needed seldom.</summary>
/// <param name="Path">For messages: <c>JobRing._backlog</c>.</param>
/// <param name="Delivery">Of the awaiter of a get from a store; null for others.</param>
internal sealed record LeafDetails(string Path, DeliveryLeaf? Delivery);
