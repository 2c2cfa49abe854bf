namespace CryptoSim.Cli.Rendering;

/// <summary>One line of output, built from pieces with a tone.</summary>
internal sealed class Line
{
    private readonly List<(string Text, Tone Tone)> _pieces = [];

    /// <summary>The pieces in order.</summary>
    public IReadOnlyList<(string Text, Tone Tone)> Pieces => _pieces;

    /// <summary>[columns] Its length.</summary>
    public int Length { get; private set; }

    /// <summary>Appends text. Control characters, which a scenario's names could smuggle in, become visible.</summary>
    public Line Add(string text, Tone tone = Tone.Plain)
    {
        string clean = Visible(text);
        if (clean.Length > 0)
        {
            _pieces.Add((clean, tone));
            Length += clean.Length;
        }

        return this;
    }

    /// <summary>Appends text as a column: filled with blanks to <paramref name="width"/>, and at least one blank.</summary>
    public Line Column(string text, int width, Tone tone = Tone.Plain)
    {
        Add(text, tone);
        return Add(new string(' ', Math.Max(1, width - text.Length)));
    }

    /// <summary>Fills with blanks up to a column.</summary>
    public Line To(int column) => Add(new string(' ', Math.Max(0, column - Length)));

    /// <inheritdoc/>
    public override string ToString() => string.Concat(_pieces.Select(piece => piece.Text)).TrimEnd();

    private static string Visible(string text)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c))
            {
                return string.Concat(text.Select(one => char.IsControl(one) ? '\uFFFD' : one));
            }
        }

        return text;
    }
}
