using System.Reflection;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Exploration;

/// <summary>Source lines of trace events.</summary>
internal static class TraceSource
{
    private static readonly PropertyInfo? Source = typeof(TraceEvent).GetProperty("Source");

    /// <summary>Source line in the model at which an event was written; empty if not known.</summary>
    public static string Of(TraceEvent? happening) => happening is null ? "" : Source?.GetValue(happening) as string ?? "";
}
