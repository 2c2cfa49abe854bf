using Xunit.Sdk;

namespace CryptoSim.Tidy.Tests;

/// <summary>Assertions that list everything that is wrong, one line each.</summary>
internal static class Tidy
{
    /// <summary>Fails with a line for each item of which <paramref name="fault"/> says something.</summary>
    public static void None<T>(IEnumerable<T> items, Func<T, string?> fault)
    {
        string[] faults = [.. items.Select(item => fault(item) is { } what ? $"{item}: {what}" : "").Where(line => line.Length > 0).Order(StringComparer.Ordinal)];
        if (faults.Length > 0)
        {
            throw new XunitException($"{faults.Length} found:\n" + string.Join('\n', faults));
        }
    }

    /// <summary>Where <paramref name="word"/> first stands, or null.</summary>
    public static string? LineOf(string text, string word)
    {
        int at = text.IndexOf(word, StringComparison.Ordinal);
        return at < 0 ? null : $"line {text.AsSpan(0, at).Count('\n') + 1} has '{word}'";
    }
}
