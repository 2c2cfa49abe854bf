using System.Text;

namespace CryptoSim.Scenarios.Reading;

/// <summary>Where a node stands.</summary>
/// <param name="File">The file, or the whole assignment: <c>--set jr0.depth=8</c>.</param>
/// <param name="Line">1-based; 0 on the command line.</param>
/// <param name="Column">1-based; 0 on the command line.</param>
/// <param name="Kind">Whose mistake an error at this place is.</param>
internal sealed record Mark(string File, int Line, int Column, ScenarioErrorKind Kind)
{
    /// <summary>A place in no file.</summary>
    public static Mark Nowhere { get; } = new("", 0, 0, ScenarioErrorKind.Input);
}

/// <summary>A YAML value with its place. Immutable, without anchors and tags.</summary>
internal abstract record Node(Mark Mark)
{
    /// <summary>What a user calls it.</summary>
    public abstract string Noun { get; }

    /// <summary>The value on one line, as flow YAML that reads back the same.</summary>
    public string ToFlowText()
    {
        StringBuilder text = new();
        Write(text);
        return text.ToString();
    }

    protected internal abstract void Write(StringBuilder text);
}

/// <summary>A single value.</summary>
internal sealed record ScalarNode(Mark Mark, string Text, bool Quoted) : Node(Mark)
{
    public override string Noun => IsEmpty ? "nothing" : "a single value";

    /// <summary>Nothing stands where a value should.</summary>
    public bool IsEmpty => Text.Length == 0 && !Quoted;

    /// <summary>The bare word for a value that is left out.</summary>
    public bool IsNull => !Quoted && Text is "null" or "~";

    protected internal override void Write(StringBuilder text) => text.Append(YamlText.Scalar(Text));
}

/// <summary>Keys with values, in the order of the file.</summary>
internal sealed record MapNode(Mark Mark, IReadOnlyList<MapEntry> Entries) : Node(Mark)
{
    public static MapNode Empty { get; } = new(Mark.Nowhere, []);

    public override string Noun => Entries.Count == 0 ? "empty" : "keys with values";

    public Node? Find(string key)
    {
        foreach (MapEntry entry in Entries)
        {
            if (entry.Key.Text == key)
            {
                return entry.Value;
            }
        }

        return null;
    }

    /// <summary>A copy in which <paramref name="key"/> has a new value; a new key comes last.</summary>
    public MapNode With(string key, Node value)
    {
        List<MapEntry> entries = [.. Entries];
        int at = entries.FindIndex(e => e.Key.Text == key);
        ScalarNode name = at < 0 ? new ScalarNode(value.Mark, key, Quoted: false) : entries[at].Key;
        MapEntry entry = new(name, value);
        if (at < 0)
        {
            entries.Add(entry);
        }
        else
        {
            entries[at] = entry;
        }

        return this with { Entries = entries };
    }

    protected internal override void Write(StringBuilder text)
    {
        string separator = "{ ";
        foreach (MapEntry entry in Entries)
        {
            text.Append(separator).Append(YamlText.Scalar(entry.Key.Text)).Append(": ");
            entry.Value.Write(text);
            separator = ", ";
        }

        text.Append(Entries.Count == 0 ? "{}" : " }");
    }
}

/// <summary>A key and its value.</summary>
internal sealed record MapEntry(ScalarNode Key, Node Value);

/// <summary>Values in order.</summary>
internal sealed record ListNode(Mark Mark, IReadOnlyList<Node> Items) : Node(Mark)
{
    public override string Noun => Items.Count == 0 ? "an empty list" : "a list";

    protected internal override void Write(StringBuilder text)
    {
        text.Append('[');
        for (int i = 0; i < Items.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Items[i].Write(text);
        }

        text.Append(']');
    }
}
