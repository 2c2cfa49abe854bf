using System.Security.Cryptography;
using System.Text;
using CryptoSim.Reports.Plots;

namespace CryptoSim.Reports.Pages;

/// <summary>The head of every page: what it may load (nothing), its title, its colours in light and dark.</summary>
internal static class PageHead
{
    /// <param name="page">Gets everything up to the body.</param>
    /// <param name="title">Of the page.</param>
    /// <param name="script">The only script that it may run; empty for none.</param>
    public static void Write(Html page, string title, string script)
    {
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        string scripts = script.Length > 0 ? $"'sha256-{hash}'" : "'none'";
        page.Line("<!doctype html>")
            .Line("<html lang=\"en\">")
            .Line("<head>")
            .Line("<meta charset=\"utf-8\">")
            .Line($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">")
            .Line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Line("<meta name=\"color-scheme\" content=\"light dark\">")
            .Element("title", title + " · CryptoSim")
            .Raw("<style>\n:root{").Raw(Theme.Light.Variables()).Line("}")
            .Raw("@media (prefers-color-scheme:dark){:root:not([data-theme=light]){").Raw(Theme.Dark.Variables()).Line("}}")
            .Raw(":root[data-theme=dark]{").Raw(Theme.Dark.Variables()).Line("}")
            .Line(PageAssets.Style).Line("</style>")
            .Line("</head>");
    }
}
