using System.Text.Json;

namespace CryptoSim.Cli.Tests.Gallery;

public class GalleryCommandTests
{
    private static readonly string[] Promised = ["id", "title", "source", "symptom", "buggy_ends", "fixed_ends", "proved", "as_expected"];

    [Theory]
    [InlineData("B01")]
    [InlineData("b01")]
    [InlineData("DM-B01")]
    [InlineData("E1")]
    [InlineData("b01-caam-drops-the-request")]
    public void An_entry_is_found_by_any_of_its_names(string name)
    {
        CommandResult result = Command.Run("gallery", name, "--json");

        Assert.Equal(ExitCode.Success, result.Code);
        JsonElement entry = Assert.Single(JsonDocument.Parse(result.Output).RootElement.GetProperty("entries").EnumerateArray());
        Assert.Equal("B01", entry.GetProperty("id").GetString());
    }

    [Fact]
    public void The_document_has_exactly_the_promised_names()
    {
        JsonElement root = JsonDocument.Parse(Command.Run("gallery", "B01", "--json").Output).RootElement;
        JsonElement entry = root.GetProperty("entries")[0];

        Assert.Equal(["entries"], root.EnumerateObject().Select(p => p.Name));
        Assert.Equal(Promised, entry.EnumerateObject().Select(p => p.Name));
        Assert.Equal(("deadlock", "completed"), (entry.GetProperty("buggy_ends").GetString(), entry.GetProperty("fixed_ends").GetString()));
        Assert.Equal((true, true), (entry.GetProperty("proved").GetBoolean(), entry.GetProperty("as_expected").GetBoolean()));
        Assert.Equal("fix ee38767f152a, mail 000_3c7679767576e472", entry.GetProperty("source").GetString());
    }

    [Fact]
    public void Where_a_metric_is_claimed_of_the_fix_nothing_is_proved()
    {
        JsonElement entry = JsonDocument.Parse(Command.Run("gallery", "B02", "--json").Output).RootElement.GetProperty("entries")[0];

        Assert.Equal(JsonValueKind.Null, entry.GetProperty("proved").ValueKind);
        Assert.Equal(("completed", true), (entry.GetProperty("buggy_ends").GetString(), entry.GetProperty("as_expected").GetBoolean()));
    }

    [Fact]
    public void The_story_of_one_tells_runs_and_replays_it_and_says_how_to_go_on()
    {
        using var directory = new TemporaryDirectory();

        CommandResult result = Command.Run("gallery", "B01", "--out", directory["out"], "--quiet");

        Assert.Equal(("", ExitCode.Success), (result.Error, result.Code));
        string[] inOrder = ["B01  CAAM answers EBUSY", "symptom ", "caam_jr_enqueue() looks for room", "buggy                     deadlock at",
            "Every schedule", "CAUSE ", "replayed  same: ", "fixed                     PROVED", "B01 as expected: ", "\nexplore   ./cryptosim explore ", "\nreplay    ./cryptosim replay "];
        int[] places = [.. inOrder.Select(text => result.Output.IndexOf(text, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.True(File.Exists(directory["out/buggy.sched"]) && File.Exists(directory["out/buggy.run"]));
        Assert.Equal(ExitCode.Success, Command.Run("replay", directory["out/buggy.run"]).Code);
    }

    [Fact]
    public void The_page_is_written_where_it_is_asked_for()
    {
        using var directory = new TemporaryDirectory();

        CommandResult result = Command.Run("gallery", "B01", "--json", "--html", directory["page"]);

        Assert.Equal(ExitCode.Success, result.Code);
        Assert.Equal(["gallery.html"], Directory.EnumerateFiles(directory["page"]).Select(Path.GetFileName));
        Assert.Contains("B01: CAAM answers EBUSY", File.ReadAllText(directory["page/gallery.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gallery B1: no such entry; did you mean 'B01'?", "gallery", "B1")]
    [InlineData("gallery b01-caam-drop-the-request: no such entry; did you mean 'b01-caam-drops-the-request'?", "gallery", "b01-caam-drop-the-request")]
    [InlineData("gallery nonsense: no such entry; there are: A01, ", "gallery", "nonsense")]
    [InlineData("--out does nothing without the number of an entry (see: cryptosim gallery --help)", "gallery", "--out", "x")]
    [InlineData("--steps does nothing with --json (see: cryptosim gallery --help)", "gallery", "B01", "--steps", "--json")]
    public void What_there_is_not_is_told_with_what_was_probably_meant(string message, params string[] words)
    {
        CommandResult result = Command.Run(words);

        Assert.Equal(ExitCode.Usage, result.Code);
        Assert.StartsWith("cryptosim: " + message, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }
}
