using System.Text;

namespace CryptoSim.Scenarios.Reading.Options;

/// <summary>How C# names are spelled in a scenario: keys in snake_case, values in kebab-case. By rule, never by a table.</summary>
internal static class CaseRules
{
    /// <summary><c>WhenFull</c> is <c>when_full</c>.</summary>
    public static string Key(string name) => Split(name, '_');

    /// <summary><c>DropRequest</c> is <c>drop-request</c>.</summary>
    public static string Value(string name) => Split(name, '-');

    private static string Split(string name, char separator)
    {
        StringBuilder text = new();
        foreach (char c in name)
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append(separator);
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
