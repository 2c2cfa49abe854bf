using CryptoSim.Scenarios.Claims;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Reading;

/// <summary>Reads <c>expect:</c>.</summary>
internal sealed class ExpectReader(ClaimContext context)
{
    private const string BetweenKey = "between";
    private static readonly string[] Keys = ["ends", "rule", "blocked", "outputs", "holds", "explore"];

    private readonly List<Expectation> _expectations = [];
    private readonly List<Claim> _between = [];

    public IReadOnlyList<Expectation> Expectations => _expectations;

    public IReadOnlyList<Claim> Between => _between;

    /// <summary>Reads the block; nothing is claimed if there is none.</summary>
    public static ExpectReader Read(ClaimContext context)
    {
        ExpectReader reader = new(context);
        reader.Read();
        return reader;
    }

    private void Read()
    {
        Node? node = context.Root.Find("expect");
        if (node is not MapNode map)
        {
            if (node is not null)
            {
                context.Errors.Add(node.Mark, $"expect is {node.Noun}; it holds variants, each with ends, blocked or holds");
            }

            return;
        }

        foreach (MapEntry entry in map.Entries)
        {
            ReadEntry(entry);
        }
    }

    private void ReadEntry(MapEntry entry)
    {
        string name = entry.Key.Text;
        if (name == BetweenKey)
        {
            _between.AddRange(ReadClaims(entry.Value, BetweenKey, isBetween: true));
            return;
        }

        if (name != Expectation.Every && !context.Variants.Contains(name))
        {
            string[] known = [Expectation.Every, BetweenKey, .. context.Variants];
            context.Errors.Add(entry.Key.Mark, $"expect: there is no variant {Printable.Quote(name)}{Nearest.Hint(name, known, "the words here")}");
        }

        if (entry.Value is MapNode map)
        {
            _expectations.Add(ReadExpectation(name, map));
        }
        else
        {
            context.Errors.Add(entry.Value.Mark, $"expect.{name} is {entry.Value.Noun}; it takes the keys {string.Join(", ", Keys)}");
        }
    }

    private Expectation ReadExpectation(string variant, MapNode map)
    {
        string path = "expect." + variant;
        foreach (MapEntry entry in map.Entries.Where(e => !Keys.Contains(e.Key.Text)))
        {
            context.Errors.Add(entry.Key.Mark, $"unknown key {Printable.Quote(entry.Key.Text)} in {path}{Nearest.Hint(entry.Key.Text, Keys, "its keys")}");
        }

        return new Expectation
        {
            Variant = variant,
            Ends = (Ending?)ReadWord(map.Find("ends"), typeof(Ending), path + ".ends"),
            Rule = (string?)ReadWord(map.Find("rule"), typeof(string), path + ".rule"),
            Blocked = ReadBlocked(map.Find("blocked"), path + ".blocked"),
            Outputs = OutputClaims.Read(context, map.Find("outputs"), path + ".outputs"),
            Holds = [.. ReadClaims(map.Find("holds"), path + ".holds", isBetween: false)],
            Explore = (ExploreVerdict?)ReadWord(map.Find("explore"), typeof(ExploreVerdict), path + ".explore"),
        };
    }

    private object? ReadWord(Node? node, Type type, string path)
    {
        if (node is null)
        {
            return null;
        }

        ValueKind kind = ValueKind.Of(type)!;
        if (node is not ScalarNode { IsEmpty: false } scalar)
        {
            context.Errors.Add(node.Mark, $"{path} is {node.Noun}; it is {kind.Noun}");
            return null;
        }

        if (!kind.TryRead(scalar.Text, out object? value, out string? problem))
        {
            context.Errors.Add(node.Mark, $"{path}: {Printable.Quote(scalar.Text)} {problem}");
        }

        return value;
    }

    private List<BlockedExpectation> ReadBlocked(Node? node, string path)
    {
        List<BlockedExpectation> blocked = [];
        if (node is not MapNode map)
        {
            if (node is not null)
            {
                context.Errors.Add(node.Mark, $"{path} is {node.Noun}; it names processes and what they wait on, for example {{ kcryptd/0: ctx->restart }}");
            }

            return blocked;
        }

        foreach (MapEntry entry in map.Entries)
        {
            if (entry.Value is ScalarNode { IsEmpty: false } waitsOn)
            {
                blocked.Add(new BlockedExpectation(entry.Key.Text, waitsOn.Text));
            }
            else
            {
                context.Errors.Add(entry.Value.Mark, $"{path}.{entry.Key.Text} is {entry.Value.Noun}; it is what the process waits on, for example ctx->restart");
            }
        }

        return blocked;
    }

    private IEnumerable<Claim> ReadClaims(Node? node, string path, bool isBetween)
    {
        if (node is null)
        {
            return [];
        }

        if (node is ListNode list)
        {
            return list.Items.Select(item => ReadClaim(item, path, isBetween)).OfType<Claim>();
        }

        context.Errors.Add(node.Mark, $"{path} is {node.Noun}; it is a list of claims, for example [jr0.backlog.max <= 1]");
        return [];
    }

    private Claim? ReadClaim(Node item, string path, bool isBetween)
    {
        Node? text = item;
        IReadOnlyList<KeyValuePair<string, string>> at = [];
        if (item is MapNode map)
        {
            text = map.Find("claim");
            at = context.ReadAt(map.Find("at"));
            foreach (MapEntry entry in map.Entries.Where(e => e.Key.Text is not ("claim" or "at")))
            {
                context.Errors.Add(entry.Key.Mark, $"unknown key {Printable.Quote(entry.Key.Text)} in a claim of {path}; its keys are claim, at");
            }
        }

        if (text is not ScalarNode { IsEmpty: false } scalar)
        {
            context.Errors.Add((text ?? item).Mark, $"{(text ?? item).Noun} in {path}; a claim is a comparison such as 'jr0.backlog.max <= 1', or {{ claim: '...', at: {{ ... }} }}");
            return null;
        }

        Claim? claim = ClaimParser.Parse(scalar.Text, isBetween ? context.Variants : null, out ClaimProblem? problem);
        problem ??= claim is null ? null : ClaimNames.Check(claim, context.Parts.Names);
        if (problem is not null)
        {
            int column = scalar.Mark.Column + problem.Offset + (scalar.Quoted ? 1 : 0);
            context.Errors.Add(scalar.Mark.Line > 0 ? scalar.Mark with { Column = column } : scalar.Mark, problem.Message);
        }

        return claim is null ? null : claim with { At = at };
    }
}
