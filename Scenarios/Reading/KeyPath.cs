using System.Diagnostics.CodeAnalysis;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Reading;

/// <summary>A dotted path such as <c>jr0.interrupt.latency</c>, and where in the tree it leads.</summary>
internal static class KeyPath
{
    /// <summary>Header keys that a variant or a sweep may change; the command line may also change replicate.</summary>
    public static IReadOnlyList<string> HeaderKeys { get; } = ["kernel", "seed", "warmup", "time_limit"];

    /// <summary>Where a path leads: keys from the root down.</summary>
    /// <param name="root">The tree, for the names of the parts and what they are.</param>
    /// <param name="path">The path.</param>
    /// <param name="isCommandLine">It stands in <c>--set</c>.</param>
    /// <param name="location">Keys from the root down, if the result is true.</param>
    /// <param name="problem">A sentence, if the result is false.</param>
    public static bool TryResolve(
        MapNode root, string path, bool isCommandLine, [NotNullWhen(true)] out string[]? location, [NotNullWhen(false)] out string? problem)
    {
        string[] keys = path.Split('.');
        location = null;
        PartTable parts = new(root);
        if (parts.TryFind(keys[0], out Part? part))
        {
            problem = Walk(part.Model, keys, part.Name);
            location = [part.Section.Key, .. keys];
            return problem is null;
        }

        if (keys[0] == Section.Hardware.Key && keys.Length > 1 && Section.Hardware.Own!.TryFind(keys[1], out _))
        {
            problem = Walk(Section.Hardware.Own, keys, Section.Hardware.Key);
            location = keys;
            return problem is null;
        }

        if (keys.Length == 1 && (HeaderKeys.Contains(path) || (isCommandLine && path == "replicate")))
        {
            (location, problem) = (keys, null);
            return true;
        }

        problem = Unknown(keys, path, parts);
        return false;
    }

    private static string? Walk(OptionModel? model, string[] keys, string name)
    {
        for (int i = 1; i < keys.Length && model is not null; i++)
        {
            string before = string.Join('.', keys[..i]);
            if (keys[i] == "model" && i == 1)
            {
                return $"{before}.model decides which keys there are; give the whole part: {name}: {{ model: ..., ... }}";
            }

            if (!model.TryFind(keys[i], out OptionKey? option))
            {
                string word = model.Word is null ? "" : $" ({model.Word})";
                return $"there is no key {Printable.Quote(keys[i])} in {before}{word}" + Hint(before, keys[i], [.. model.Keys.Select(k => k.Name)]);
            }

            if (option.Nested is null && i + 1 < keys.Length)
            {
                return $"{before}.{keys[i]} is {option.Legal()}; there is nothing below it";
            }

            model = option.Nested;
        }

        return null;
    }

    private static string Hint(string before, string key, string[] keys) => Nearest.Find(key, keys) is { } near
        ? $"; did you mean '{before}.{near}'?"
        : $"; its keys are {Nearest.Join(keys)}";

    private static string Unknown(string[] keys, string path, PartTable parts)
    {
        string first = keys[0];
        if (Section.All.Any(s => s.Key == first))
        {
            bool isPart = keys.Length > 1 && parts.TryFind(keys[1], out _);
            string[] own = [.. Section.Hardware.Own!.Keys.Select(k => k.Name)];
            string near = keys.Length > 1 && first == Section.Hardware.Key && Nearest.Find(keys[1], own) is { } meant
                ? $"did you mean 'hardware.{meant}'?"
                : $"a path begins with the name of a part, or is one of {string.Join(", ", own.Select(k => $"'hardware.{k}'"))}";
            return $"there is no path {Printable.Quote(path)}; "
                + (isPart ? $"did you mean '{string.Join('.', keys[1..])}'?" : near);
        }

        if (first is "scenario" or "about" or "source" or "replicate")
        {
            return $"'{first}' is the same for every run of a scenario";
        }

        string[] candidates = [.. parts.Names, .. keys.Length == 1 ? HeaderKeys : [Section.Hardware.Key]];
        return $"there is no path {Printable.Quote(path)}" + (Nearest.Find(first, candidates) is { } name
            ? $"; did you mean '{string.Join('.', [name, .. keys[1..]])}'?"
            : $"; a path begins with the name of a part: {Nearest.Join(parts.Names)}");
    }
}
