namespace CryptoSim.Simulator;

/// <summary>Names for people, taken from compiled state machines such as <c>&lt;ConvertAsync&gt;d__12</c>.</summary>
internal static class ProcessNames
{
    internal static string Of(ProcessFrame frame) => frame.Name ?? Method(frame.StateMachine);

    /// <summary>The method's name: <c>ConvertAsync</c>; of a local function its own name.</summary>
    internal static string Method(Type stateMachine)
    {
        string name = stateMachine.Name;
        int local = name.IndexOf("g__", StringComparison.Ordinal);
        if (local >= 0)
        {
            int bar = name.IndexOf('|', local);
            return bar < 0 ? name[(local + 3)..] : name[(local + 3)..bar];
        }

        int open = name.LastIndexOf('<');
        int close = name.IndexOf('>', StringComparison.Ordinal);
        return open >= 0 && close > open + 1 ? name[(open + 1)..close] : name;
    }

    /// <summary>File and line of a wait, <c>ConvertContext.cs:123</c>: one type lives in one file of its name. Null when the line is not known.</summary>
    internal static string? Source(ProcessFrame frame)
    {
        if (frame.Line == 0)
        {
            return null;
        }

        var type = frame.Top.StateMachine;
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        int tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return $"{(tick < 0 ? type.Name : type.Name[..tick])}.cs:{frame.Line}";
    }
}
