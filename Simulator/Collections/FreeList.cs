using System.Diagnostics.CodeAnalysis;

namespace CryptoSim.Simulator;

/// <summary>Objects that are not in use and wait for their next one. Part of no state: exploration forgets them, so whoever takes must be able to make a new one.</summary>
/// <typeparam name="T">The objects' type.</typeparam>
/// <threadsafety>Belongs to the thread that runs its simulation.</threadsafety>
public sealed class FreeList<T>
    where T : class
{
    [NotState]
    private readonly Stack<T> _items = new();

    /// <summary>Takes the object that was put back last; false when none is left.</summary>
    public bool TryTake([NotNullWhen(true)] out T? item) => _items.TryPop(out item);

    /// <summary>Puts an object back that nobody uses any more.</summary>
    public void Put(T item) => _items.Push(item);

    /// <summary>Drops every object; after a restored state they may be in use again.</summary>
    internal void Forget() => _items.Clear();
}
