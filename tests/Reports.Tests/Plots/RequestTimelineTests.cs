using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CryptoSim.Reports.Figures;
using CryptoSim.Reports.Plots;
using CryptoSim.Reports.Plots.Timelines;
using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Recording;
using Xunit;

namespace CryptoSim.Reports.Tests.Plots;

public sealed partial class RequestTimelineTests
{
    private static readonly Figure Drawn = Gallery.Of(new RunSet(Timelines.All)).Single(figure => figure.Id == "request-timeline");
    private static readonly XElement[] Elements = [.. XDocument.Parse(Drawn.Draw(Theme.Light, Drawn.Size)).Descendants()];

    /// <summary>A phase as it is drawn, in pixels, and the microseconds that its words say.</summary>
    private sealed record Mark(string Request, string Phase, double Left, double Right, double Y, double From, double To);

    [Fact]
    public void Every_phase_of_every_request_has_its_mark()
    {
        IEnumerable<string> recorded =
            from run in Timelines.All
            from request in run.Requests[0].Requests
            from phase in request.Phases
            select $"request {request.Number}: {Timelines.Phases[phase.Phase]}";

        Assert.Equal(recorded, Marks().Select(mark => $"{mark.Request}: {mark.Phase}"));
    }

    [Fact]
    public void Every_mark_stands_exactly_where_its_instants_are_on_one_scale_for_all_variants()
    {
        Mark[] marks = [.. Marks()];
        double left = marks[0].Left;
        double perMicrosecond = (marks.Max(mark => mark.Right) - left) / 110;   // the mutex's second request ends last

        Assert.Equal((0, 10), (marks[0].From, marks[0].To));
        Assert.All(marks, mark =>
        {
            Assert.Equal(left + (mark.From * perMicrosecond), mark.Left, tolerance: 0.011);   // two decimals in the file
            Assert.Equal(left + (mark.To * perMicrosecond), mark.Right, tolerance: 0.011);
        });
    }

    [Fact]
    public void Requests_stand_one_below_the_other_and_work_is_a_bar_and_waiting_a_line()
    {
        Mark[] marks = [.. Marks()];

        Assert.Equal(7, marks.Select(mark => mark.Y).Distinct().Count());
        Assert.True(marks.Zip(marks.Skip(1), (one, next) => next.Y >= one.Y).All(down => down));
        Assert.Equal(
            ["Queued on Mutex", "IV in flight (enqueue sw queue)", "Place in HW Queue", "HW Queue full (backlog)"],
            Elements.Where(element => element.Name.LocalName == "path" && Title(element) is not null).Select(element => Words().Match(Title(element)!)).Where(words => words.Success).Select(words => words.Groups["phase"].Value));
    }

    [Fact]
    public void An_arrow_leads_from_where_an_IV_is_updated_to_where_the_next_request_reads_it()
    {
        Mark[] marks = [.. Marks()];
        string[] arrows = [.. Elements.Where(element => element.Name.LocalName == "path" && (string?)element.Attribute("stroke-width") == "1.2").Select(element => (string)element.Attribute("d")!).Skip(1)];
        Mark updated = marks.First(mark => mark.Phase == "Respond and update IV");
        Mark read = marks.First(mark => mark.Request == "request 2" && mark.Phase == "Process");

        Assert.Equal(2, arrows.Length);   // the legend's was the first
        Assert.StartsWith(FormattableString.Invariant($"M{updated.Right:0.##} "), arrows[0], StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"H{read.Left:0.##}V"), arrows[0], StringComparison.Ordinal);
        Assert.DoesNotContain("H", arrows[1], StringComparison.Ordinal);   // the driver's queue hands it on at once: straight down
    }

    [Fact]
    public void A_stale_IV_is_marked_in_red_where_it_was_read_and_in_words()
    {
        Mark placed = Marks().Single(mark => mark.Phase == "Place in HW Queue");
        XElement cross = Elements.Last(element => element.Name.LocalName == "path" && (string?)element.Attribute("stroke") == Theme.Light.Fault);

        Assert.StartsWith(FormattableString.Invariant($"M{placed.Left - 4.5:0.##} "), (string)cross.Attribute("d")!, StringComparison.Ordinal);
        Assert.Single(Elements, element => (string?)element.Attribute("fill") == Theme.Light.FaultBack);
        Assert.Contains(Elements, element => element is { Name.LocalName: "text", Value: "50.0 µs, read the user's IV" } && (string?)element.Attribute("fill") == Theme.Light.Fault);
    }

    [Fact]
    public void A_request_that_never_comes_back_goes_on_to_the_end_of_the_axis()
    {
        Assert.Contains(Elements, element => element is { Name.LocalName: "text", Value: "never called back" });
        Assert.Equal(110, Marks().Last().To);
    }

    [Fact]
    public void The_words_say_on_which_side_of_the_serialization_descriptors_are_built() => Assert.Equal(
        "mutex: 2 requests in 110 µs, BUILD / MAP HW DESCS after serialization; "
        + "driver-queue: 2 requests in 90.0 µs, BUILD / MAP HW DESCS before serialization; "
        + "none: 3 requests in 80.0 µs, 1 started from a stale IV, 1 never called back", Drawn.Description);

    [Fact]
    public void The_legend_has_the_words_of_the_mail_for_what_is_there_and_no_others()
    {
        string[] texts = [.. Elements.Where(element => element.Name.LocalName == "text").Select(element => element.Value)];

        Assert.Superset(new HashSet<string>(["Request from userspace", .. Timelines.Phases, "read the user's IV", "IV updated, read by the next", "read a stale IV"]), texts.ToHashSet());
        Assert.DoesNotContain("Queued on Mutex", Gallery.Files(new RunSet([Timelines.All[1]]), Theme.Light).Single(figure => figure.Name == "request-timeline").Svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 40, 16)]
    [InlineData(2, 40, 16)]
    [InlineData(3, 40, 8)]
    [InlineData(2, 5, 5)]
    public void One_or_two_variants_show_sixteen_requests_and_more_show_eight(int variants, int requests, int shown)
    {
        Figure figure = Gallery.Of(new RunSet([.. Enumerable.Range(0, variants).Select(i => Timelines.Many($"v{i}", requests))])).Single(one => one.Group == FigureGroup.Requests);

        Assert.Equal(variants * shown * 4, MarksOf(XDocument.Parse(figure.Draw(Theme.Light, figure.Size)).Descendants()).Count());
    }

    [Fact]
    public void Many_variants_are_drawn_in_figures_of_four_on_the_same_scale()
    {
        Figure[] figures = [.. Gallery.Of(new RunSet([.. Enumerable.Range(1, 9).Select(i => Timelines.Many($"v{i}", i))])).Where(one => one.Group == FigureGroup.Requests)];

        Assert.Equal(["request-timeline", "request-timeline-2"], figures.Select(figure => figure.Id));
        Assert.Single(figures.Select(figure => MarksOf(XDocument.Parse(figure.Draw(Theme.Light, figure.Size)).Descendants()).First()).Select(mark => (mark.Left, mark.Right)).Distinct());
    }

    [Fact]
    public void Requests_of_one_socket_stand_together_and_say_which_engine_they_had()
    {
        Figure figure = Gallery.Of(new RunSet([Timelines.Many("v", 6, sockets: 2)])).Single(one => one.Group == FigureGroup.Requests);
        XElement[] elements = [.. XDocument.Parse(figure.Draw(Theme.Light, figure.Size)).Descendants()];

        Assert.Equal(
            ["aio/0 request 1", "aio/0 request 2", "aio/0 request 3", "aio/1 request 1", "aio/1 request 2", "aio/1 request 3"],
            MarksOf(elements).Select(mark => mark.Request).Distinct());
        Assert.Equal(["0", "0", "0", "1", "1", "1"], elements.Where(element => element.Name.LocalName == "text" && element.Value is "0" or "1").Select(element => element.Value));
        Assert.Contains(elements, element => Title(element)?.StartsWith("aio/1 request 1: Process (engine 1)", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void A_phase_of_another_version_is_a_bar_of_its_own() => Assert.False(PhaseStyle.Of("Something new", 3).IsWait);

    private static IEnumerable<Mark> Marks() => MarksOf(Elements);

    private static IEnumerable<Mark> MarksOf(IEnumerable<XElement> elements) =>
        from element in elements
        where Title(element) is not null
        let words = Words().Match(Title(element)!)
        where words.Success
        let place = Place(element)
        select new Mark(words.Groups["request"].Value, words.Groups["phase"].Value, place.Left, place.Right, place.Y, Number(words.Groups["from"].Value), Number(words.Groups["to"].Value));

    private static string? Title(XElement element) => element.Elements().FirstOrDefault(child => child.Name.LocalName == "title")?.Value;

    private static (double Left, double Right, double Y) Place(XElement element)
    {
        if (element.Name.LocalName == "rect")
        {
            double x = Number((string)element.Attribute("x")!);
            return (x, x + Number((string)element.Attribute("width")!), Number((string)element.Attribute("y")!) + 6.5);
        }

        double[] numbers = [.. ((string)element.Attribute("d")!).Split('M', 'L', ' ').Where(part => part.Length > 0).Select(Number)];
        return (numbers[0], numbers[2], numbers[1]);
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<request>[^:]+): (?<phase>.+?)( \(engine \d+\))?, [^,]+, (?<from>[\d.,]+) µs to (?<to>[\d.,]+) µs$")]
    private static partial Regex Words();
}
