using CryptoSim.Scenarios.Exploring;

namespace CryptoSim.Cli.Rendering;

/// <summary>The one JSON document of <c>explore --grid --json</c>.</summary>
internal static class GridJson
{
    public static void Write(ExploredGrid grid, TextWriter output) => ExploreJson.WriteDocument(output, json =>
    {
        json.WriteString("scenario", grid.Scenario.Name);
        json.WriteNumber("seconds", Math.Round((decimal)grid.WallSeconds, 6));
        json.WriteNumber("law_holds", grid.Cells.Count(cell => cell.Agrees == true));
        json.WriteNumber("law_of", grid.Cells.Count(cell => cell.LawSaysHangs is not null));
        json.WriteStartArray("cells");
        foreach (GridCell cell in grid.Cells)
        {
            json.WriteStartObject();
            json.WriteNumber("contexts", cell.Contexts);
            json.WriteNumber("requests", cell.Requests);
            json.WriteNumber("depth", cell.Depth);
            json.WriteNumber("engines", cell.Engines);
            json.WriteString("driver", cell.Driver);
            json.WriteString("submit", cell.Submit);
            json.WriteString("verdict", ExploreWords.Of(cell.Result.Verdict));
            json.WriteString("found", cell.Result.Found);
            json.WriteString("variant", cell.Variant);
            json.WriteString("law", cell.LawSaysHangs switch { true => "hangs", false => "never-hangs", null => null });
            json.WriteNumber("states", cell.Result.Counts.States);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
