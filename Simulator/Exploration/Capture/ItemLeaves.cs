namespace CryptoSim.Simulator.Exploration.Capture;

/// <summary>The leaves of a value of a type, found once.</summary>
internal static class ItemLeaves<T>
{
    internal static readonly Leaf[] Of = [.. LeafFinder.OfValue(typeof(T), LayoutTable.Name(typeof(T)))];
}
