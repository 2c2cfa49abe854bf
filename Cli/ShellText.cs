namespace CryptoSim.Cli;

/// <summary>Text that a POSIX shell reads as one word.</summary>
internal static class ShellText
{
    /// <summary>The text as it is when a shell leaves it alone, else in single quotes.</summary>
    public static string Quote(string text)
    {
        bool plain = text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "_-+=./:,@%".Contains(c, StringComparison.Ordinal));
        return plain ? text : "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
    }

    /// <summary>The words as one command line.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));
}
