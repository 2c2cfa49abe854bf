namespace CryptoSim.Cli;

/// <summary>How the user started the command, so that a printed command can be pasted back.</summary>
internal static class CommandName
{
    /// <summary>Set by the wrapper to the name under which it was called.</summary>
    public const string Variable = "CRYPTOSIM_COMMAND";

    /// <summary><c>./cryptosim</c>, <c>cryptosim</c>, or <c>dotnet run --project Cli -c Release --</c>.</summary>
    public static string Of(Surroundings surroundings)
    {
        string? told = surroundings.Variable(Variable);
        return string.IsNullOrWhiteSpace(told) ? Deduce(AppContext.BaseDirectory, Environment.CurrentDirectory) : told;
    }

    /// <summary>A program that lies in the build's own output directory was started by <c>dotnet run</c>; any other is installed.</summary>
    internal static string Deduce(string baseDirectory, string workingDirectory)
    {
        const string output = "/artifacts/bin/CryptoSim.Cli/";
        string path = baseDirectory.Replace('\\', '/');
        int at = path.IndexOf(output, StringComparison.Ordinal);
        if (at < 0)
        {
            return "cryptosim";
        }

        string project = Path.GetRelativePath(workingDirectory, Path.Combine(path[..at], "Cli"));
        bool release = path[(at + output.Length)..].StartsWith("release", StringComparison.OrdinalIgnoreCase);
        return $"dotnet run --project {ShellText.Quote(project)} -c {(release ? "Release" : "Debug")} --";
    }
}
