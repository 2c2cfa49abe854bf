using System.Globalization;
using System.Xml.Linq;
using CryptoSim.Reports.Figures;
using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Plots.Svg;
using CryptoSim.Reports.Tables;
using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Recording;
using Xunit;

namespace CryptoSim.Reports.Tests.Plots;

public sealed class PlotsTests
{
    private static readonly Lazy<IReadOnlyList<(string Name, string Svg)>> All = new(() =>
    [
        .. Gallery.Files(new RunSet(MadeUp.Sweep(replications: 3)), Theme.Light),
        .. Gallery.Files(new RunSet(MadeUp.Pair(3000)), Theme.Light),
        .. Gallery.Files(new RunSet(CaamDeadlock.All), Theme.Light),
        .. Gallery.Files(new RunSet(Keyslots.All), Theme.Light),
        .. Gallery.Files(new RunSet(Timelines.All), Theme.Light),
        .. Gallery.Files(new RunSet([Timelines.Many("mutex", 16), Timelines.Many("driver-queue", 16, sockets: 3)]), Theme.Light),
    ]);

    [Fact]
    public void Keyslots_in_use_have_a_row_for_each_variant_and_the_classes_of_bios_a_figure()
    {
        Figure[] figures = [.. Gallery.Of(new RunSet(Keyslots.All))];
        Figure rows = figures.Single(figure => figure.Id == "steps-ufs0.keyslots");
        string[] texts = [.. Texts(rows.Draw(Theme.Light, rows.Size)).Select(text => text.Words)];

        Assert.Contains("requeue", texts);
        Assert.Contains("park", texts);
        Assert.Equal("requeue: 1.00 slots in use on average; park: 2 slots in use on average", rows.Description);
        Assert.Equal(
            $"requeue, not encrypted: {Of(900, 1500)}; requeue, key was in a slot: {Of(1000, 1700)}; park, not encrypted: {Of(100, 250)}; park, key was in a slot: {Of(110, 1400)}",
            figures.Single(figure => figure.Id == "latency-by-class-ufs0").Description);
        Assert.StartsWith("requeue, file: median", figures.Single(figure => figure.Id == "latency-by-workload").Description, StringComparison.Ordinal);

        static string Of(int median, int p99) => $"median {ValueText.Duration(median * 1e6)}, p99 {ValueText.Duration(p99 * 1e6)}";
    }

    [Fact]
    public void Where_there_are_several_workloads_a_title_says_whose_bios_are_plotted()
    {
        Assert.Equal("Cumulative distribution: metadata", Title(Keyslots.All, "latency-cdf-metadata"));
        Assert.Equal("Tail by percentile: file", Title(Keyslots.All, "latency-nines-file"));
        Assert.Equal("Cumulative distribution", Title(MadeUp.Pair(3000), "latency-cdf"));

        static string Title(IReadOnlyList<RunRecord> records, string id) => Gallery.Of(new RunSet(records)).Single(figure => figure.Id == id).Labels!.Title;
    }

    [Fact]
    public void Eight_variants_have_eight_colours_dashes_and_markers()
    {
        int[] eight = [.. Enumerable.Range(0, 8)];
        Assert.All<Func<int, string>>([Theme.Light.SeriesColor, Theme.Dark.SeriesColor, Theme.Named.SeriesColor, Theme.Light.InkColor, Theme.Dash, Marker], of => Assert.Equal(8, eight.Select(of).Distinct().Count()));

        static string Marker(int index)
        {
            var canvas = new SvgCanvas(PlotSize.Half, "", "", "");
            canvas.Marker(index, 10, 10, "red");
            return canvas.Finish();
        }
    }

    [Fact]
    public void Every_figure_is_well_formed_and_says_in_words_what_it_shows()
    {
        foreach ((string name, string svg) in All.Value)
        {
            XElement root = XDocument.Parse(svg).Root!;
            Assert.Equal("img", (string?)root.Attribute("role"));
            Assert.True(((string?)root.Attribute("aria-label"))?.Length > 20, name);
        }
    }

    [Fact]
    public void No_text_leaves_its_figure()
    {
        foreach ((string name, string svg) in All.Value)
        {
            (double width, double height) = SizeOf(svg);
            Assert.True(Texts(svg).Skip(5).Any(), name);
            Assert.All(Texts(svg), text =>
            {
                Assert.True(text.Left >= -1 && text.Right <= width + 1, $"{name}: '{text.Words}' from {text.Left} to {text.Right} of {width}");
                Assert.True(text.Bottom <= height && text.Top >= 0, $"{name}: '{text.Words}'");
            });
        }
    }

    [Fact]
    public void No_text_covers_another()
    {
        foreach ((string name, string svg) in All.Value)
        {
            Label[] texts = [.. Texts(svg)];
            for (int i = 0; i < texts.Length; i++)
            {
                for (int j = i + 1; j < texts.Length; j++)
                {
                    Assert.False(texts[i].Covers(texts[j]), $"{name}: '{texts[i].Words}' and '{texts[j].Words}'");
                }
            }
        }
    }

    [Fact]
    public void The_same_data_gives_the_same_bytes()
    {
        Assert.Equal(All.Value, (IEnumerable<(string, string)>)
        [
            .. Gallery.Files(new RunSet(MadeUp.Sweep(replications: 3)), Theme.Light),
            .. Gallery.Files(new RunSet(MadeUp.Pair(3000)), Theme.Light),
            .. Gallery.Files(new RunSet(CaamDeadlock.All), Theme.Light),
            .. Gallery.Files(new RunSet(Keyslots.All), Theme.Light),
            .. Gallery.Files(new RunSet(Timelines.All), Theme.Light),
            .. Gallery.Files(new RunSet([Timelines.Many("mutex", 16), Timelines.Many("driver-queue", 16, sockets: 3)]), Theme.Light),
        ]);
    }

    [Fact]
    public void Variants_differ_by_dash_and_marker_not_by_colour_alone()
    {
        string cdf = All.Value.First(figure => figure.Name == "latency-cdf").Svg;

        Assert.Contains("stroke=\"#d55e00\" stroke-width=\"2\" stroke-dasharray=\"7 4\"", cdf, StringComparison.Ordinal);
        Assert.Equal(6, Enumerable.Range(0, 6).Select(Theme.Dash).Distinct().Count());
    }

    [Theory]
    [InlineData(99, 1)]
    [InlineData(999, 1)]
    [InlineData(1000, 2)]
    [InlineData(10_000, 3)]
    [InlineData(99_999, 3)]
    public void The_tail_ends_at_the_last_nine_that_ten_bios_lie_beyond(long bios, int nines) => Assert.Equal(nines, Scale.LastNine(bios));

    [Theory]
    [InlineData(29e6, 6.1e9, 7, 10)]
    [InlineData(1e7, 1e8, 7, 8)]
    [InlineData(5e7, 5e7, 7, 8)]
    public void Log_axes_run_from_a_power_of_ten_to_a_power_of_ten(double min, double max, int low, int high) => Assert.Equal((low, high), Scale.Decades(min, max));

    [Fact]
    public void Hostile_names_are_text_in_every_figure()
    {
        foreach ((string _, string svg) in Gallery.Files(new RunSet(Hostile.Records), Theme.Light))
        {
            XElement root = XDocument.Parse(svg).Root!;
            Assert.DoesNotContain(root.Descendants(), element => element.Name.LocalName is "b" or "script" or "img");
        }
    }

    [Fact]
    public void Where_runs_fail_along_a_sweep_the_grid_says_where()
    {
        RunRecord[] runs = [.. MadeUp.Depths.Select(depth => depth > 8 ? Failed(depth) : MadeUp.Run("revert", depth, 0, 30))];
        string svg = Gallery.Files(new RunSet(runs), Theme.Light).Single(figure => figure.Name == "outcomes").Svg;

        Assert.Contains("revert does not complete at 16, 32, 64", svg, StringComparison.Ordinal);
    }

    private static RunRecord Failed(int depth)
    {
        RunRecord run = MadeUp.Run("revert", depth, 0, 30);
        return run with { End = run.End with { Ends = "deadlock" } };
    }

    // ── texts of a drawing, with the space they take in a wide face ─────

    private static (double Width, double Height) SizeOf(string svg)
    {
        XElement root = XDocument.Parse(svg).Root!;
        return (Number(root, "width"), Number(root, "height"));
    }

    private static IEnumerable<Label> Texts(string svg) =>
        from text in XDocument.Parse(svg).Descendants()
        where text.Name.LocalName == "text" && text.Attribute("transform") is null && text.Value.Length > 0
        let size = text.Attribute("font-size") is null ? 12.5 : Number(text, "font-size")
        let width = TextWidth.Of(text.Value, size, text.Attribute("font-weight") is not null)
        let anchor = (string?)text.Attribute("text-anchor")
        let left = Number(text, "x") - (anchor == "middle" ? width / 2 : anchor == "end" ? width : 0)
        select new Label(text.Value, left, Number(text, "y") - size * 0.75, left + width, Number(text, "y") + size * 0.2);

    private static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);

    private sealed record Label(string Words, double Left, double Top, double Right, double Bottom)
    {
        public bool Covers(Label other) => Left < other.Right - 0.5 && other.Left < Right - 0.5 && Top < other.Bottom - 0.5 && other.Top < Bottom - 0.5;
    }
}
