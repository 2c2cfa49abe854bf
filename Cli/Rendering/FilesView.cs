namespace CryptoSim.Cli.Rendering;

/// <summary>The files that a command wrote, the report first.</summary>
internal sealed class FilesView(Screen screen)
{
    public void Write(IReadOnlyList<string> files)
    {
        string label = "wrote";
        foreach (string file in files.OrderByDescending(file => file.EndsWith(".html", StringComparison.Ordinal)))
        {
            screen.Write(new Line().Column(label, 8, Tone.Dim).Add(file), hang: 8);
            label = "";
        }
    }
}
