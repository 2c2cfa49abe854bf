using System.Text;

namespace CryptoSim.Reports.Pages;

/// <summary>The style sheet and the script of the page, embedded in this assembly.</summary>
internal static class PageAssets
{
    public static string Style { get; } = Read("report.css");

    /// <summary>Empty if the program was built without Node: the page then has its static figures only.</summary>
    public static string Script { get; } = Read("report.js");

    private static string Read(string name)
    {
        using Stream? stream = typeof(PageAssets).Assembly.GetManifestResourceStream("CryptoSim.Reports.web." + name);
        if (stream is null)
        {
            return "";
        }

        // "</script" and "<!--" inside a script would end it early; esbuild escapes the first, and neither occurs in the second form.
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd('\n');
    }
}
