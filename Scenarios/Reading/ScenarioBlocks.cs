using System.Text;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Reading;

/// <summary>Writes the blocks that have no defaults as they were given: gallery, sweep, variants, timing, expect, explore, report.</summary>
internal static class ScenarioBlocks
{
    public static void Write(StringBuilder text, MapNode root)
    {
        foreach (string block in MachineBinder.Blocks.Except(Section.All.Select(s => s.Key)))
        {
            if (root.Find(block) is { } node)
            {
                text.Append('\n').Append(block).Append(':');
                WriteNode(text, node, 1, flatFrom: block is "variants" or "expect" ? 3 : 2);
            }
        }
    }

    /// <summary>Block style down to a depth, and one line for each value below it.</summary>
    private static void WriteNode(StringBuilder text, Node node, int depth, int flatFrom)
    {
        if (depth < flatFrom && node is MapNode { Entries.Count: > 0 } map)
        {
            text.Append('\n');
            foreach (MapEntry entry in map.Entries)
            {
                text.Append(' ', depth * 2).Append(YamlText.Scalar(entry.Key.Text)).Append(':');
                WriteNode(text, entry.Value, depth + 1, flatFrom);
            }
        }
        else if (node is ListNode { Items.Count: > 0 } list && list.Items.Any(i => i is MapNode || i.ToFlowText().Length > 12) && list.Items.Count > 1)
        {
            text.Append('\n');
            foreach (Node item in list.Items)
            {
                text.Append(' ', depth * 2).Append("- ").Append(item.ToFlowText()).Append('\n');
            }
        }
        else
        {
            text.Append(' ').Append(node.ToFlowText()).Append('\n');
        }
    }
}
