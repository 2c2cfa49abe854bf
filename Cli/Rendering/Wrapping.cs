namespace CryptoSim.Cli.Rendering;

/// <summary>Breaks a line between words.</summary>
internal static class Wrapping
{
    /// <summary>The line as lines of at most <paramref name="width"/> columns, if its words allow; all but the first start at <paramref name="hang"/>.</summary>
    public static IEnumerable<Line> Wrap(Line line, int width, int hang)
    {
        if (line.Length <= width)
        {
            yield return line;
            yield break;
        }

        int indent = hang < width / 2 ? hang : 4;
        var current = new Line();
        (string Text, Tone Tone) blanks = default;
        foreach ((string word, Tone tone) in Words(line))
        {
            if (string.IsNullOrWhiteSpace(word))
            {
                blanks = (blanks.Text + word, tone);
                continue;
            }

            int gap = blanks.Text?.Length ?? 0;
            if (current.Length + gap + word.Length > width && current.Length > indent)
            {
                yield return current;
                current = new Line().To(indent);
            }
            else
            {
                current.Add(blanks.Text ?? "", blanks.Tone);
            }

            current.Add(word, tone);
            blanks = default;
        }

        yield return current;
    }

    /// <summary>Words and the blanks between them, with their tones.</summary>
    private static IEnumerable<(string Word, Tone Tone)> Words(Line line)
    {
        foreach ((string text, Tone tone) in line.Pieces)
        {
            int start = 0;
            for (int i = 1; i <= text.Length; i++)
            {
                if (i == text.Length || (text[i] == ' ') != (text[i - 1] == ' '))
                {
                    yield return (text[start..i], tone);
                    start = i;
                }
            }
        }
    }
}
