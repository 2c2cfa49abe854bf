using CryptoSim.Reports.Showing;
using CryptoSim.Reports.Tests.TestKit;
using Xunit;

namespace CryptoSim.Reports.Tests.Browser;

/// <summary>The page of the gallery as a reader sees it; it has no script, so scripts are off.</summary>
public sealed class GalleryPageInBrowserTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [BrowserFact]
    public async Task Nothing_complains_nothing_is_asked_for_and_nothing_is_wider_than_the_window()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        foreach (string name in new[] { "gallery", "hostile" })
        {
            Page page = await Page.OpenAsync(chromium, Write(name), 1280, scripts: false);
            foreach (int width in new[] { 1280, 400 })
            {
                await page.ResizeAsync(width);
                await page.WaitAsync($"innerWidth === {width}");
                await page.PictureAsync($"gallery-{name}-{width}");
                Assert.Equal($"{name} {width}: true", $"{name} {width}: " + await page.EvaluateAsync("document.scrollingElement.scrollWidth <= innerWidth"));
            }

            Assert.Empty(page.Complaints);
            Assert.Empty(page.Requests);
            await page.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task Everything_can_be_read_in_light_and_dark()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        foreach (bool dark in new[] { false, true })
        {
            Page page = await Page.OpenAsync(chromium, Write("gallery"), 1280, dark, scripts: false);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
            await page.PictureAsync($"gallery-{(dark ? "dark" : "light")}");
            string worst = await page.EvaluateAsync(Contrast.Worst);
            Assert.True(double.Parse(worst.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) >= 4.5, $"dark {dark}: contrast {worst}");
            await page.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task The_number_of_an_entry_leads_to_it()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        Page page = await Page.OpenAsync(chromium, Write("gallery"), 1280, scripts: false);

        Assert.Equal("4", await page.EvaluateAsync("[...document.querySelectorAll('#entries a')].filter(a => document.querySelector(a.getAttribute('href'))).length"));
        Assert.Equal("undefined", await page.EvaluateAsync("typeof window.broken"));
    }

    private string Write(string name)
    {
        string path = _directory[name + ".html"];
        GalleryPage.Write(path, name == "gallery" ? MadeUpGallery.All : MadeUpGallery.HostileAll);
        return path;
    }
}
