using System.Globalization;
using CryptoSim.Reports.Planning;
using CryptoSim.Reports.Tests.Planning;
using CryptoSim.Reports.Tests.TestKit;
using Xunit;

namespace CryptoSim.Reports.Tests.Browser;

/// <summary>The page of a keyslot plan as a reader sees it.</summary>
public sealed class KeyslotPageInBrowserTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [BrowserFact]
    public async Task Every_map_is_drawn_nothing_complains_and_nothing_is_wider_than_the_window()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        foreach (bool scripts in new[] { true, false })
        {
            Page page = await Page.OpenAsync(chromium, Write(MadeUpPlan.Report), 1280, scripts: scripts);
            foreach (int width in new[] { 1280, 400 })
            {
                await page.ResizeAsync(width);
                await page.WaitAsync($"innerWidth === {width}");
                await page.PictureAsync($"keyslots-{width}{(scripts ? "" : "-static")}");
                Assert.Equal($"{width}: true", $"{width}: " + await page.EvaluateAsync("document.scrollingElement.scrollWidth <= innerWidth"));
            }

            Assert.Equal(scripts ? KeyslotQuantity.All.Count.ToString(CultureInfo.InvariantCulture) : "0", await page.EvaluateAsync("document.querySelectorAll('.chart canvas').length"));
            Assert.Equal("true", await page.EvaluateAsync($"[...document.querySelectorAll('.heat .static')].every(e => e.checkVisibility() === {(scripts ? "false" : "true")})"));
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
            foreach (bool scripts in new[] { true, false })
            {
                Page page = await Page.OpenAsync(chromium, Write(MadeUpPlan.Report), 1280, dark, scripts);
                await page.PictureAsync($"keyslots-{(dark ? "dark" : "light")}{(scripts ? "" : "-static")}");
                string worst = await page.EvaluateAsync(Contrast.Worst);
                Assert.True(double.Parse(worst.Split(' ')[0], CultureInfo.InvariantCulture) >= 4.5, $"dark {dark}, scripts {scripts}: contrast {worst}");
                await page.CloseAsync();
            }
        }
    }

    [BrowserFact]
    public async Task Every_class_of_colour_has_an_ink_that_can_be_read_on_it()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        foreach (bool dark in new[] { false, true })
        {
            Page page = await Page.OpenAsync(chromium, Write(MadeUpPlan.Report), 1280, dark, scripts: false);
            await page.EvaluateAsync("""
                document.body.replaceChildren(...[...Array(15).keys()].map(i => {
                  const e = document.createElement('p');
                  e.style.cssText = `background:var(--heat-${i});color:var(--heat-ink-${i})`;
                  e.append('class ' + i);
                  return e;
                }))
                """);
            string worst = await page.EvaluateAsync(Contrast.Worst);
            Assert.True(double.Parse(worst.Split(' ')[0], CultureInfo.InvariantCulture) >= 4.5, $"dark {dark}: contrast {worst}");
            await page.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task A_map_shows_the_colours_of_its_points_and_the_mix_that_is_chosen()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        Page page = await Page.OpenAsync(chromium, Write(MadeUpPlan.Report), 1280);
        const string Seen = """
            (heat => {
              const canvas = document.querySelector('#chart-no_slot_share canvas');
              const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
              const hex = getComputedStyle(document.documentElement).getPropertyValue('--heat-' + heat).trim();
              const color = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
              let seen = 0;
              for (let i = 0; i < data.length; i += 4) {
                seen += Math.abs(data[i] - color[0]) + Math.abs(data[i + 1] - color[1]) + Math.abs(data[i + 2] - color[2]) < 6 && data[i + 3] > 200;
              }
              return seen;
            })
            """;

        Assert.InRange(int.Parse(await page.EvaluateAsync(Seen + "(5)"), CultureInfo.InvariantCulture), 2000, 1_000_000);
        Assert.Equal("0", await page.EvaluateAsync(Seen + "(13)"));
        await page.EvaluateAsync("(s => { s.value = '0'; s.dispatchEvent(new Event('change')); })(document.querySelector('#figure-no_slot_share select'))");
        await page.WaitAsync(Seen + "(13) > 200");   // the point that failed is one of 10 %
    }

    [BrowserFact]
    public async Task Markup_in_names_stays_text()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        Page page = await Page.OpenAsync(chromium, Write(MadeUpPlan.Hostile), 1280);

        Assert.Equal("undefined", await page.EvaluateAsync("typeof window.broken"));
        Assert.Equal("0", await page.EvaluateAsync("document.querySelectorAll('b, img, iframe').length"));
        Assert.Empty(page.Complaints);
    }

    private string Write(KeyslotReport report)
    {
        string path = _directory["plan.html"];
        KeyslotPage.Write(path, report);
        return path;
    }
}
