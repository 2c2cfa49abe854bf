using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Reports.Tests.Validation;
using CryptoSim.Reports.Validation;
using Xunit;

namespace CryptoSim.Reports.Tests.Browser;

/// <summary>The page of a validation as a reader sees it; it has no script, so scripts are off.</summary>
public sealed class ValidationPageInBrowserTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [BrowserFact]
    public async Task Nothing_complains_nothing_is_wider_than_the_window_and_everything_can_be_read()
    {
        string path = _directory["validation.html"];
        ValidationPage.Write(path, MadeUpValidation.Report);
        await using Chromium chromium = await Chromium.StartAsync();
        foreach (bool dark in new[] { false, true })
        {
            Page page = await Page.OpenAsync(chromium, path, 1280, dark, scripts: false);
            foreach (int width in new[] { 1280, 400 })
            {
                await page.ResizeAsync(width);
                await page.WaitAsync($"innerWidth === {width}");
                await page.PictureAsync($"validation-{(dark ? "dark" : "light")}-{width}");
                Assert.Equal($"{width}: true", $"{width}: " + await page.EvaluateAsync("document.scrollingElement.scrollWidth <= innerWidth"));
            }

            string worst = await page.EvaluateAsync(Contrast.Worst);
            Assert.True(double.Parse(worst.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) >= 4.5, $"dark {dark}: contrast {worst}");
            Assert.Empty(page.Complaints);
            Assert.Empty(page.Requests);
            await page.CloseAsync();
        }
    }
}
