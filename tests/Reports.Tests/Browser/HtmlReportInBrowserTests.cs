using CryptoSim.Reports.Pages;
using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Recording;
using Xunit;

namespace CryptoSim.Reports.Tests.Browser;

/// <summary>The page as a reader sees it.</summary>
public sealed class HtmlReportInBrowserTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static readonly ClaimResult[] Claims =
    [
        new("revert.randwrite.iops > 1.5 * wait-every-request.randwrite.iops", "", "randwrite.iodepth=32", true, "2.31×", "[2.28, 2.34]"),
        new("jr0.backlog.max <= 1", "wait-every-request", "randwrite.iodepth=64", false, "3", null),
    ];

    public void Dispose() => _directory.Dispose();

    [BrowserFact]
    public async Task Every_chart_is_drawn_and_nothing_complains_or_asks_for_anything()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        foreach ((string name, int charts) in new[] { ("sweep", 9), ("pair", 6), ("deadlock", 1) })
        {
            Page page = await Page.OpenAsync(chromium, Write(name), 1280);
            await page.PictureAsync(name + "-1280");

            Assert.Empty(page.Complaints);
            Assert.Empty(page.Requests);
            Assert.Equal($"{charts}", await page.EvaluateAsync("document.querySelectorAll('.chart canvas').length"));
            Assert.Equal("true", await page.EvaluateAsync("[...document.querySelectorAll('.chart')].every(c => c.clientWidth > 200 && c.clientHeight > 200)"));

            // A chart whose parts were not bundled draws nothing: look for pixels of every series' colour.
            Assert.Equal("", await page.EvaluateAsync("""
                [...document.querySelectorAll('.chart')].filter(chart => {
                  const canvas = chart.querySelector('canvas');
                  const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                  const near = (i, c) => Math.abs(data[i] - c[0]) + Math.abs(data[i + 1] - c[1]) + Math.abs(data[i + 2] - c[2]) < 30 && data[i + 3] > 100;
                  const figure = JSON.parse(document.getElementById('charts').textContent).find(f => 'chart-' + f.id === chart.id);
                  return figure.series.some(s => {
                    const hex = getComputedStyle(document.documentElement).getPropertyValue((figure.kind === 'stages' ? '--stage-' : '--series-') + s.index).trim();
                    const color = [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
                    let seen = 0;
                    for (let i = 0; i < data.length; i += 4) seen += near(i, color);
                    return seen < 40;
                  });
                }).map(chart => chart.id).join(' ')
                """));
            await page.CloseAsync();
        }
    }

    [BrowserFact]
    public async Task Nothing_is_wider_than_the_window()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        foreach (string name in new[] { "sweep", "deadlock", "timelines", "hostile" })
        {
            foreach (bool scripts in new[] { true, false })
            {
                Page page = await Page.OpenAsync(chromium, Write(name), 1280, scripts: scripts);
                foreach (int width in new[] { 1280, 400 })
                {
                    await page.ResizeAsync(width);
                    await page.WaitAsync($"innerWidth === {width}");
                    await page.PictureAsync($"{name}-{width}{(scripts ? "" : "-static")}");
                    Assert.Equal($"{name} {width}: true", $"{name} {width}: " + await page.EvaluateAsync("document.scrollingElement.scrollWidth <= innerWidth"));
                }

                await page.CloseAsync();
            }
        }
    }

    [BrowserFact]
    public async Task Everything_can_be_read_in_light_and_dark()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        foreach (string name in new[] { "sweep", "deadlock", "timelines" })
        {
            foreach (bool dark in new[] { false, true })
            {
                foreach (bool scripts in new[] { true, false })
                {
                    Page page = await Page.OpenAsync(chromium, Write(name), 1280, dark, scripts);
                    await page.PictureAsync($"{name}-1280-{(dark ? "dark" : "light")}{(scripts ? "" : "-static")}");
                    string worst = await page.EvaluateAsync(Contrast.Worst);
                    Assert.True(double.Parse(worst.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) >= 4.5, $"{name}, dark {dark}, scripts {scripts}: contrast {worst}");
                    await page.CloseAsync();
                }
            }
        }
    }

    [BrowserFact]
    public async Task Without_scripts_every_figure_is_there_as_a_drawing()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        foreach ((string name, int figures) in new[] { ("sweep", 9), ("pair", 6), ("deadlock", 2) })
        {
            Page page = await Page.OpenAsync(chromium, Write(name), 1280, scripts: false);

            Assert.Equal($"{figures}", await page.EvaluateAsync("[...document.querySelectorAll('figure .static svg')].filter(s => s.checkVisibility() && s.getBoundingClientRect().height > 150).length"));
            Assert.Equal("0", await page.EvaluateAsync("[...document.querySelectorAll('.live, #theme')].filter(e => e.checkVisibility()).length"));
        }
    }

    [BrowserFact]
    public async Task The_button_switches_the_theme_and_a_point_can_be_chosen()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        Page page = await Page.OpenAsync(chromium, Write("sweep"), 1280);
        string light = await page.EvaluateAsync("getComputedStyle(document.body).backgroundColor");
        await page.EvaluateAsync("document.getElementById('theme').click()");
        Assert.NotEqual(light, await page.EvaluateAsync("getComputedStyle(document.body).backgroundColor"));

        string before = await page.EvaluateAsync("document.querySelector('#chart-latency-cdf canvas').toDataURL()");
        await page.EvaluateAsync("(s => { s.value = '0'; s.dispatchEvent(new Event('change')); })(document.querySelector('#figure-latency-cdf select'))");
        await page.WaitAsync($"document.querySelector('#chart-latency-cdf canvas').toDataURL().length !== {before.Length}");
        string bars = await page.EvaluateAsync("document.querySelector('#chart-stages canvas').toDataURL()");
        await page.EvaluateAsync("(s => { s.value = '0'; s.dispatchEvent(new Event('change')); })(document.querySelector('#figure-stages select'))");
        await page.WaitAsync($"document.querySelector('#chart-stages canvas').toDataURL().length !== {bars.Length}");
        Assert.Empty(page.Complaints);
    }

    [BrowserFact]
    public async Task Markup_in_names_stays_text()
    {
        await using Chromium chromium = await Chromium.StartAsync();
        Page page = await Page.OpenAsync(chromium, Write("hostile"), 1280);

        Assert.Equal("undefined", await page.EvaluateAsync("typeof window.broken"));
        Assert.Equal("0", await page.EvaluateAsync("document.querySelectorAll('b, img, iframe').length"));
        Assert.Empty(page.Complaints);
    }

    private string Write(string name)
    {
        string path = _directory[name + ".html"];
        (IReadOnlyList<RunRecord> records, ClaimResult[] claims) = name switch
        {
            "sweep" => (MadeUp.Sweep(replications: 3), Claims),
            "pair" => (MadeUp.Pair(6000), Claims),
            "deadlock" => (CaamDeadlock.All, []),
            "timelines" => (Timelines.All, []),
            _ => (Hostile.Records, Hostile.Claims),
        };
        HtmlReport.Write(path, records, claims, "cryptosim compare Scenarios/Library/revert-vs-wait-every-request.yaml --out out");
        return path;
    }
}
