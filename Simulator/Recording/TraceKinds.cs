namespace CryptoSim.Simulator.Recording;

/// <summary>The names of <see cref="TraceKind"/> in files and tables.</summary>
public static class TraceKinds
{
    private static readonly string[] Names = ["call", "return", "callback", "wait", "wake", "step", "fault"];

    /// <summary>The lower-case name of <paramref name="kind"/>.</summary>
    public static string Name(TraceKind kind) => Names[(int)kind];

    /// <summary>The kind called <paramref name="name"/>, or null.</summary>
    public static TraceKind? Find(string name)
    {
        int index = Array.IndexOf(Names, name);
        return index < 0 ? null : (TraceKind)index;
    }
}
