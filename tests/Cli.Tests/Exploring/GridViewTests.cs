using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Cli.Tests.Exploring;

public class GridViewTests
{
    private static readonly GridRanges Small = new() { Contexts = new(1, 2), Requests = new(1, 2), Depth = new(1, 2), Engines = new(1, 2) };

    [Fact]
    public void The_frontier_is_a_block_of_marks_for_each_driver()
    {
        string[] lines = View(Cells((w, r, d, _) => w * r > d ? Explored.Hangs : Explored.Proved));

        int at = Array.IndexOf(lines, "drop-request, wait-on-busy  the law: can hang exactly if W*R > D");
        Assert.Equal(
            [
                "        D=1     D=2",
                "        R=12    R=12",
                "  W=1     .H      ..",
                "  W=2     HH      .H",
            ],
            lines[(at + 1)..(at + 5)]);
        Assert.StartsWith("the law holds in 16 of 16 cells · ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_that_differs_from_the_law_is_listed_and_one_that_depends_on_the_engines_is_marked()
    {
        string[] lines = View(Cells((w, r, d, e) => w * r > d && e == 1 ? Explored.Hangs : Explored.Proved));

        Assert.Contains("  W=1     .*      ..", lines);
        Assert.Contains("differs  drop-request, wait-on-busy: W=1 R=2 D=1 E=2 PROVED; the law says it can hang", lines);
        Assert.StartsWith("the law holds in 12 of 16 cells · ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_without_an_answer_neither_holds_nor_breaks_the_law()
    {
        var open = new ExplorationResult { Verdict = ExplorationVerdict.Bounded };

        string[] lines = View(Cells((_, _, _, _) => open));

        Assert.Contains("  W=1     ??      ??", lines);
        Assert.StartsWith("the law holds in 0 of 16 cells; 16 have no answer · ", lines[^1], StringComparison.Ordinal);
    }

    private static GridCell[] Cells(Func<int, int, int, int, ExplorationResult> result) =>
        [.. from w in Small.Contexts.Values
            from r in Small.Requests.Values
            from d in Small.Depth.Values
            from e in Small.Engines.Values
            select new GridCell { Variant = "drop", Contexts = w, Requests = r, Depth = d, Engines = e, Driver = "drop-request", Submit = "wait-on-busy", LawSaysHangs = w * r > d, Result = result(w, r, d, e) }];

    private static string[] View(GridCell[] cells)
    {
        var output = new StringWriter { NewLine = "\n" };
        new GridView(new Screen(new Surroundings { Output = output, Error = TextWriter.Null })).Write(new ExploredGrid(Explored.Scenario, Small, cells, 0.1));
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
