using CryptoSim.Scenarios.Showing;

namespace CryptoSim.Cli.Rendering;

/// <summary>The one JSON document of <c>gallery --json</c>. What is not there is null.</summary>
internal static class GalleryJson
{
    public static void Write(IReadOnlyList<ShownEntry> shown, TextWriter output) => ExploreJson.WriteDocument(output, json =>
    {
        json.WriteStartArray("entries");
        foreach (ShownEntry one in shown)
        {
            json.WriteStartObject();
            json.WriteString("id", one.Entry.Id);
            json.WriteString("title", one.Entry.Title);
            json.WriteString("source", one.Source);
            json.WriteString("symptom", one.Entry.Symptom);
            json.WriteString("buggy_ends", one.BuggyEnds);
            json.WriteString("fixed_ends", one.FixedEnds);
            if (one.Proved is { } proved)
            {
                json.WriteBoolean("proved", proved);
            }
            else
            {
                json.WriteNull("proved");
            }

            json.WriteBoolean("as_expected", one.AsExpected);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
