using CryptoSim.Reports.Exploring;
using CryptoSim.Reports.Tests.TestKit;
using Xunit;

namespace CryptoSim.Reports.Tests.Browser;

/// <summary>The page of an exploration as a reader sees it; it has no script, so scripts are off.</summary>
public sealed class ExplorationPageInBrowserTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [BrowserFact]
    public async Task Nothing_complains_nothing_is_asked_for_and_nothing_is_wider_than_the_window()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        foreach (string name in new[] { "caam", "cycle", "hostile" })
        {
            Page page = await Page.OpenAsync(chromium, Write(name), 1280, scripts: false);
            foreach (int width in new[] { 1280, 400 })
            {
                await page.ResizeAsync(width);
                await page.WaitAsync($"innerWidth === {width}");
                await page.PictureAsync($"explore-{name}-{width}");
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
            Page page = await Page.OpenAsync(chromium, Write("caam"), 1280, dark, scripts: false);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(one => one.open = true)");
            await page.PictureAsync($"explore-caam-{(dark ? "dark" : "light")}");
            string worst = await page.EvaluateAsync(Contrast.Worst);
            Assert.True(double.Parse(worst.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) >= 4.5, $"dark {dark}: contrast {worst}");
            await page.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task Without_scripts_the_charts_the_chains_and_the_steps_are_there()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        Page page = await Page.OpenAsync(chromium, Write("caam"), 1280, scripts: false);

        Assert.Equal("2", await page.EvaluateAsync("[...document.querySelectorAll('figure .static svg')].filter(s => s.getBoundingClientRect().height > 300).length"));
        Assert.Equal("1", await page.EvaluateAsync("[...document.querySelectorAll('.chain svg')].filter(s => s.getBoundingClientRect().height > 40).length"));
        Assert.Equal("18", await page.EvaluateAsync("document.querySelectorAll('.steps tbody tr').length"));
    }

    [BrowserFact]
    public async Task Markup_in_names_stays_text()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        Page page = await Page.OpenAsync(chromium, Write("hostile"), 1280, scripts: false);

        Assert.Equal("undefined", await page.EvaluateAsync("typeof window.broken"));
        Assert.Equal("0", await page.EvaluateAsync("document.querySelectorAll('b, img, iframe, script').length"));
    }

    private string Write(string name)
    {
        string path = _directory[name + ".html"];
        ExplorationPage.Write(path, name switch
        {
            "caam" => CaamExploration.All,
            "cycle" => CaamExploration.Of(new ExploredVariant("abba", CaamExploration.Cycle)),
            _ => HostileExploration.All,
        });
        return path;
    }
}
