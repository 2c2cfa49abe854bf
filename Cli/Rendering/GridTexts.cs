using CryptoSim.Scenarios.Exploring;

namespace CryptoSim.Cli.Rendering;

/// <summary>Sentences about the cells of a grid.</summary>
internal static class GridTexts
{
    /// <summary>What the law says about a cell's driver.</summary>
    public static string Law(GridCell cell) => cell.LawSaysHangs is null
        ? "the law says nothing about this driver"
        : "the law: " + GridCell.LawOf(cell.Driver, cell.Submit);

    /// <summary>A cell and the law differ.</summary>
    public static string Mismatch(GridCell cell) => FormattableString.Invariant(
        $"{cell.Driver}, {cell.Submit}: W={cell.Contexts} R={cell.Requests} D={cell.Depth} E={cell.Engines} {ExploreWords.Of(cell.Result.Verdict)}{(cell.Result.Found is { } found ? " " + found : "")}; the law says it {(cell.LawSaysHangs == true ? "can hang" : "never hangs")}");

    /// <summary>In how many cells the law holds.</summary>
    public static string Summary(ExploredGrid grid)
    {
        int about = grid.Cells.Count(cell => cell.LawSaysHangs is not null);
        int open = grid.Cells.Count(cell => cell.IsOpen);
        string answer = $"the law holds in {Figures.Count(grid.Cells.Count(cell => cell.Agrees == true))} of {Figures.Count(about)} cells";
        return open > 0 ? $"{answer}; {Figures.Count(open)} have no answer" : answer;
    }
}
