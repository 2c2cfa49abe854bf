using System.Text;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Simulator.Exploration;

/// <summary>What makes two failures the same failure: how the run ends, the broken rule, and who waits for ever for what at which source line. Numbers of like processes and objects do not count.</summary>
/// <param name="Ends">E.g. <c>deadlock</c>.</param>
/// <param name="Rule">E.g. <c>DM-C5</c>; empty if none is named.</param>
/// <param name="Waits">Of each process at the root of the blocking, as a class, what it waits on and where: <c>kcryptd/N @ ctx->restart ConvertContext.cs:89</c>; sorted, each once, separated by a semicolon.</param>
public sealed record FailureSignature(string Ends, string Rule, string Waits)
{
    /// <summary>The signature of a run.</summary>
    public static FailureSignature Of(RunEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        var dead = end.Blocked.Where(b => b.Reason is "nobody" or "cycle").ToList();
        var counted = dead.Count > 0 ? dead : end.Blocked.Where(b => b.Reason != "alive").ToList();
        int shortest = counted.Select(b => b.Chain.Count).DefaultIfEmpty().Min();
        var waits = counted.Where(b => b.Chain.Count == shortest)
            .Select(b => $"{Class(b.Process)} @ {Class(b.WaitsOn)} {b.Source}".TrimEnd())
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
        return new FailureSignature(end.Ends, end.Rule ?? "", string.Join("; ", waits));
    }

    /// <summary>The word under which a failing run is reported; null for one that does not fail. A run that was stopped at a limit does not.</summary>
    public static string? FoundIn(RunEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return end.Ends is "completed" or "time-limit" ? null
            : end is { Ends: "deadlock", Rule: LostWakeup.Rule } ? "lost-wakeup"
            : end.Ends;
    }

    /// <summary>How a run ends, for the last line of a schedule: <c>hung kcryptd/0 @ ctx->restart</c>, <c>fault DM-C5</c>, <c>completed</c>.</summary>
    public static string Describe(RunEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        return end.Ends == "deadlock" && end.Blocked.Count > 0 ? $"hung {end.Blocked[0].Process} @ {end.Blocked[0].WaitsOn}"
            : end.Rule is null ? end.Ends : $"{end.Ends} {end.Rule}";
    }

    /// <summary><c>kcryptd/0</c> as <c>kcryptd/N</c>: digits after a slash, a number sign or a tilde.</summary>
    private static string Class(string name)
    {
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            text.Append(name[i]);
            if (name[i] is '/' or '#' or '~' && i + 1 < name.Length && char.IsAsciiDigit(name[i + 1]))
            {
                text.Append('N');
                while (i + 1 < name.Length && char.IsAsciiDigit(name[i + 1]))
                {
                    i++;
                }
            }
        }

        return text.ToString();
    }
}
