using CryptoSim.Reports.Pages;
using Xunit;

namespace CryptoSim.Reports.Tests.Browser;

/// <summary>A test that needs Chromium and the bundled script: skipped with a reason where one is missing, except on CI, where it then fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = Chromium.Path is null ? "chromium is not installed (set CHROMIUM to its path)"
                : PageAssets.Script.Length == 0 ? "the script of the report was not bundled: node was missing when this was built"
                : null;
        }
    }
}
