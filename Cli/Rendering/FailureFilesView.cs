using CryptoSim.Reports.Exploring;

namespace CryptoSim.Cli.Rendering;

/// <summary>How to see a failing schedule again: commands and files.</summary>
internal sealed class FailureFilesView(Screen screen, string command)
{
    private const int Label = 11;

    public void Write(ExploredVariant explored)
    {
        string stretched = explored.Result.Failure is { } failure ? Stretching.Text(failure) : "";
        if (stretched.Length > 0)
        {
            screen.Write(Row("stretched").Add(stretched), hang: Label);
        }

        ExplorationFiles files = explored.Files;
        Command("replay", "replay", files.Schedule);
        Command("repro", "run", files.Repro);
        Path("perfetto", files.Perfetto);
        Path("page", files.Page);
    }

    private void Command(string label, string verb, string? file)
    {
        if (file is not null)
        {
            screen.WriteWhole(Row(label).Add($"{command} {verb} {ShellText.Quote(file)}", Tone.Strong));
        }
    }

    private void Path(string label, string? file)
    {
        if (file is not null)
        {
            screen.WriteWhole(Row(label).Add(file));
        }
    }

    private static Line Row(string label) => new Line().Column(label, Label, Tone.Dim);
}
