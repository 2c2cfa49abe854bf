using System.Globalization;
using System.Text;
using CryptoSim.Scenarios;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli;

/// <summary>File names of run records: variant, sweep point and replication, as far as there are several.</summary>
internal static class RecordNames
{
    /// <summary>Extension of a run record.</summary>
    public const string Extension = ".run";

    /// <summary><c>caam-4.1.run</c>, <c>revert.randwrite.iodepth=32.r07.run</c>.</summary>
    public static string Of(Scenario scenario, RunIdentity identity)
    {
        string name = Point(identity);
        if (scenario.Replicate > 1)
        {
            int digits = (scenario.Replicate - 1).ToString(CultureInfo.InvariantCulture).Length;
            name += ".r" + identity.Replication.ToString("D" + digits, CultureInfo.InvariantCulture);
        }

        return Safe(name) + Extension;
    }

    /// <summary>Variant and sweep point, for what is written once for all replications: <c>revert.randwrite.iodepth=32</c>.</summary>
    public static string OfPoint(RunIdentity identity) => Safe(Point(identity));

    private static string Point(RunIdentity identity)
    {
        var name = new StringBuilder(identity.Variant.Length > 0 ? identity.Variant : identity.Scenario);
        foreach ((string path, string value) in identity.Point)
        {
            name.Append('.').Append(path).Append('=').Append(value);
        }

        return name.ToString();
    }

    /// <summary>Only characters that every file system and shell leaves alone; never hidden, never too long.</summary>
    internal static string Safe(string name)
    {
        const int longest = 200;
        var safe = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            safe.Append(char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '=' ? c : '_');
        }

        if (safe.Length == 0 || safe[0] is '.' or '-')
        {
            safe.Insert(0, '_');
        }

        return safe.Length <= longest ? safe.ToString() : safe.ToString(0, longest);
    }
}
