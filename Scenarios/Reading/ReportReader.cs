namespace CryptoSim.Scenarios.Reading;

/// <summary>Reads <c>report:</c>.</summary>
internal sealed class ReportReader(ClaimContext context)
{
    /// <summary>What can be asked for.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["blocked-graph", "bio-timeline", "claims", "keyslot-occupancy", "latency-by-class", "latency-by-workload", "latency-cdf", "latency-curve", "latency.csv", "nines-plot", "perfetto", "phases.csv", "report.html", "request-timeline", "ring-occupancy",
            "sequence-chart", "stages", "stages.csv", "summary.csv", "trace"];

    private static readonly string[] Arguments = ["of", "x", "y", "at"];

    public IReadOnlyList<ReportRequest> Read()
    {
        switch (context.Root.Find("report"))
        {
            case null:
                return [];
            case ListNode list:
                return [.. list.Items.Select(ReadItem).OfType<ReportRequest>()];
            case Node other:
                context.Errors.Add(other.Mark, $"report is {other.Noun}; it is a list of outputs, for example [trace, summary.csv]");
                return [];
        }
    }

    private ReportRequest? ReadItem(Node item)
    {
        ScalarNode? name = item switch
        {
            ScalarNode scalar => scalar,
            MapNode { Entries.Count: 1 } map => map.Entries[0].Key,
            _ => null,
        };
        if (name is null)
        {
            context.Errors.Add(item.Mark, $"{item.Noun} in report; an entry is a word, or a word with its arguments");
            return null;
        }

        if (!Names.Contains(name.Text))
        {
            context.Errors.Add(name.Mark, $"{Printable.Quote(name.Text)} is not a report{Nearest.Hint(name.Text, Names.ToArray(), "reports")}");
        }

        return item is MapNode entry ? ReadArguments(name.Text, entry.Entries[0].Value) : new ReportRequest { Name = name.Text };
    }

    private ReportRequest? ReadArguments(string name, Node value)
    {
        if (value is not MapNode map)
        {
            context.Errors.Add(value.Mark, $"the arguments of {name} are {value.Noun}; they are keys with values: {string.Join(", ", Arguments)}");
            return null;
        }

        foreach (MapEntry entry in map.Entries.Where(e => !Arguments.Contains(e.Key.Text)))
        {
            context.Errors.Add(entry.Key.Mark, $"unknown key {Printable.Quote(entry.Key.Text)} in {name}{Nearest.Hint(entry.Key.Text, Arguments, "its keys")}");
        }

        return new ReportRequest
        {
            Name = name,
            Of = Text(map.Find("of"), "of"),
            X = Text(map.Find("x"), "x"),
            Y = map.Find("y") switch
            {
                ListNode list => [.. list.Items.Select(i => Text(i, "y")).OfType<string>()],
                { } single => Text(single, "y") is { } text ? [text] : [],
                null => [],
            },
            At = context.ReadAt(map.Find("at")),
        };
    }

    private string? Text(Node? node, string key)
    {
        if (node is not null and not ScalarNode { IsEmpty: false })
        {
            context.Errors.Add(node.Mark, $"{key} is {node.Noun}; it is a word");
        }

        return (node as ScalarNode)?.Text;
    }
}
