using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Reading;

/// <summary>Reads <c>outputs:</c> of a variant: workloads with the bytes that they put out.</summary>
internal static class OutputClaims
{
    private const string Example = "{ aio: 8b19050f66582cb7f7e4b6c873819b71 }";

    /// <summary>Reads the block; nothing is claimed if there is none.</summary>
    public static IReadOnlyList<OutputExpectation> Read(ClaimContext context, Node? node, string path)
    {
        if (node is null)
        {
            return [];
        }

        if (node is not MapNode map)
        {
            context.Errors.Add(node.Mark, $"{path} is {node.Noun}; it holds workloads with the bytes that they put out, for example {Example}");
            return [];
        }

        List<OutputExpectation> outputs = [];
        foreach (MapEntry entry in map.Entries)
        {
            CheckWorkload(context, entry.Key, path);
            outputs.Add(new OutputExpectation(entry.Key.Text, [.. ReadAll(context, entry.Value, $"{path}.{entry.Key.Text}")]));
        }

        return outputs;
    }

    private static void CheckWorkload(ClaimContext context, ScalarNode name, string path)
    {
        string workload = name.Text.Split('/')[0];   // aio/0 is the first socket of aio
        string[] known = [.. context.Parts.Parts.Where(part => part.Section == Section.Workload).Select(part => part.Name)];
        if (!known.Contains(workload))
        {
            context.Errors.Add(name.Mark, $"{path}: there is no workload {Printable.Quote(workload)}{Nearest.Hint(workload, known, "the workloads")}");
        }
    }

    private static IEnumerable<string> ReadAll(ClaimContext context, Node node, string path)
    {
        IReadOnlyList<Node> items = node is ListNode list ? list.Items : [node];
        return items.Select(item => ReadOne(context, item, path)).OfType<string>();
    }

    private static string? ReadOne(ClaimContext context, Node node, string path)
    {
        if (node is not ScalarNode { IsEmpty: false } scalar)
        {
            context.Errors.Add(node.Mark, $"{path} is {node.Noun}; it is bytes in hexadecimal digits, or {OutputExpectation.Nothing}");
            return null;
        }

        string text = scalar.Text;
        if (text == OutputExpectation.Nothing)
        {
            return "";
        }

        string? problem = text.All(char.IsAsciiHexDigit) ? text.Length % 2 == 0 ? null : $"has {text.Length} digits, and a byte has two" : "is not bytes in hexadecimal digits";
        if (problem is not null)
        {
            context.Errors.Add(node.Mark, $"{path}: {Printable.Quote(text)} {problem}");
        }

        return text.ToLowerInvariant();
    }
}
