using System.Runtime.CompilerServices;

namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>Writes and reads the awaiter of a get from a store. Its cell number is a matter of history; what counts is whether the item has come, and which.</summary>
internal abstract class DeliveryLeaf
{
    internal static DeliveryLeaf For(Type suspension) =>
        (DeliveryLeaf)LayoutTable.Create(typeof(DeliveryLeaf<>).MakeGenericType(suspension.GetGenericArguments()));

    /// <summary>Writes it; false, with nothing written, when there is none.</summary>
    internal abstract bool Write(StateWriter writer, ref byte place);

    internal abstract void Read(StateReader reader, ref byte place, bool isThere);
}

/// <inheritdoc/>
internal sealed class DeliveryLeaf<T> : DeliveryLeaf
{
    private readonly Leaf[] _item = [.. LeafFinder.OfValue(typeof(T), LayoutTable.Name(typeof(T)))];

    internal override bool Write(StateWriter writer, ref byte place)
    {
        ref var suspension = ref Unsafe.As<byte, Suspension<T>>(ref place);
        if (suspension.Store is not { } store)
        {
            return false;
        }

        writer.Edges?.LookAway(true);   // taking its own item from the store is nobody else's business
        writer.Reference(store);
        writer.Edges?.LookAway(false);
        if (!writer.IsWaiting(store))
        {
            writer.Item(store.Delivered(suspension.Cell), _item);
        }

        return true;
    }

    internal override void Read(StateReader reader, ref byte place, bool isThere)
    {
        ref var suspension = ref Unsafe.As<byte, Suspension<T>>(ref place);
        if (!isThere)
        {
            suspension = default;
            return;
        }

        var store = (Store<T>)reader.Reference()!;
        int cell = store.RentCell();
        if (reader.IsWaiting(store))
        {
            reader.SetCell(cell);
        }
        else
        {
            store.Deliver(cell, reader.Item<T>(_item));
        }

        suspension = new Suspension<T>(store, cell);
    }
}
