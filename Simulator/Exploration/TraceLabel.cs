using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Exploration;

/// <summary>The happening of a step that tells most, in the kernel's words.</summary>
public static class TraceLabel
{
    /// <summary>What a step without trace events is called.</summary>
    public const string Nothing = "runs";

    /// <summary>The label of a step: <c>caam_jr_enqueue(req#4, MAY_BACKLOG) = EBUSY</c>.</summary>
    public static string Of(IReadOnlyList<TraceEvent> events) => MostTelling(events) is { } telling ? Spell(telling, events) : Nothing;

    /// <summary>The event that the label is about: a fault before an errno, a callback, a wait, a wake-up, a call, a step; the first of equals. Null if there is none.</summary>
    public static TraceEvent? MostTelling(IReadOnlyList<TraceEvent> events) => events.MinBy(Rank);

    /// <summary>True for an answer that is an error number other than EINPROGRESS, which asynchronous crypto answers when all is well.</summary>
    internal static bool IsRefusal(TraceEvent happening) => happening is { Kind: TraceKind.Return, Result: not "EINPROGRESS" } && happening.Result.StartsWith('E');

    private static int Rank(TraceEvent happening) => happening.Kind switch
    {
        TraceKind.Fault => 0,
        TraceKind.Return when IsRefusal(happening) => 1,
        TraceKind.Return when happening.Result.StartsWith('E') => 2,
        TraceKind.Callback => 3,
        TraceKind.Wait => 4,
        TraceKind.Wake => 5,
        TraceKind.Return => 6,
        TraceKind.Call => 7,
        _ => 8,
    };

    private static string Spell(TraceEvent happening, IReadOnlyList<TraceEvent> events)
    {
        bool calledBack = happening.Kind == TraceKind.Callback && happening.Target.Contains('_', StringComparison.Ordinal);
        string function = calledBack ? $"{happening.Function} -> {happening.Target}" : happening.Function;
        string[] arguments = [happening.Subject, Flags(happening, events)];
        string call = string.Join(", ", arguments.Where(a => a.Length > 0));
        bool isSentence = happening.Kind is TraceKind.Wait or TraceKind.Wake or TraceKind.Step;
        return function
            + (call.Length > 0 || !isSentence ? $"({call})" : "")
            + (happening.Result.Length > 0 ? " = " + happening.Result : isSentence && happening.Detail.Length > 0 ? ": " + happening.Detail : "");
    }

    /// <summary>The flags of the call that a return or fault belongs to: a detail in capitals, as <c>MAY_BACKLOG</c>.</summary>
    private static string Flags(TraceEvent happening, IReadOnlyList<TraceEvent> events)
    {
        if (happening.Kind is not (TraceKind.Return or TraceKind.Fault or TraceKind.Call))
        {
            return "";
        }

        var call = events.LastOrDefault(e => e.Kind == TraceKind.Call && e.Subject == happening.Subject && e.Target == happening.Target);
        return call is { Detail.Length: > 0 } && call.Detail.All(c => char.IsAsciiLetterUpper(c) || c is '_' or '|' or ' ') ? call.Detail : "";
    }
}
