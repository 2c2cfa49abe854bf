using Xunit;

namespace CryptoSim.Reports.Tests.Browser;

/// <summary>A test that needs Chromium: skipped with a reason where there is none, except on CI, where it then fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.Path is null && Environment.GetEnvironmentVariable("CI") != "true")
        {
            Skip = "chromium is not installed (set CHROMIUM to its path)";
        }
    }
}
