using CryptoSim.Scenarios.Reading;

namespace CryptoSim.Scenarios.Claims;

/// <summary>Reads claims: <c>metric op value</c>, <c>metric in a..b</c>, either side a product with a number.</summary>
internal sealed class ClaimParser
{
    private static readonly string[] Operators = ["<", "<=", ">", ">=", "==", "in"];

    private readonly string _text;
    private readonly IReadOnlyList<string>? _variants;
    private readonly List<ClaimToken> _tokens;
    private int _at;

    private ClaimParser(string text, IReadOnlyList<string>? variants)
    {
        _text = text;
        _variants = variants;
        _tokens = ClaimTokens.Split(text, variants ?? []);
    }

    /// <summary>Reads a claim.</summary>
    /// <param name="text">The claim.</param>
    /// <param name="variants">The variants that metrics begin with; null where they do not.</param>
    /// <param name="problem">Why the text is not a claim; null if it is.</param>
    public static Claim? Parse(string text, IReadOnlyList<string>? variants, out ClaimProblem? problem)
    {
        try
        {
            problem = null;
            return new ClaimParser(text, variants).ParseClaim();
        }
        catch (ClaimException e)
        {
            problem = e.Problem;
            return null;
        }
    }

    private Claim ParseClaim()
    {
        ClaimSide left = ParseSide();
        ClaimToken operation = Take();
        if (operation.Kind != ClaimTokenKind.Comparison || !Operators.Contains(operation.Text))
        {
            throw Wrong(operation, $"a comparison ({string.Join(", ", Operators)})");
        }

        Claim claim = operation.Text == "in" ? ParseRange(left) : ParseComparison(left, operation.Text);
        if (Peek().Kind != ClaimTokenKind.End)
        {
            throw Wrong(Peek(), "the end of the claim");
        }

        return claim.Left.Metric is null && claim.Right.Metric is null
            ? throw new ClaimException(0, $"the claim {Printable.Quote(_text)} compares two numbers; a side names a metric")
            : claim;
    }

    private Claim ParseComparison(ClaimSide left, string operation) => new()
    {
        Text = _text,
        Left = left,
        Right = ParseSide(),
        Comparison = operation switch
        {
            "<" => Comparison.Less,
            "<=" => Comparison.LessOrEqual,
            ">" => Comparison.Greater,
            ">=" => Comparison.GreaterOrEqual,
            _ => Comparison.Equal,
        },
    };

    private Claim ParseRange(ClaimSide left)
    {
        ClaimToken start = Peek();
        ClaimNumber low = ParseNumber();
        if (Take() is { Kind: not ClaimTokenKind.Range } other)
        {
            throw Wrong(other, "'..' of a range (a..b)");
        }

        ClaimNumber high = ParseNumber();
        CheckRange(low, high, start);
        MetricName? metric = null;
        if (Peek().Kind == ClaimTokenKind.Times)
        {
            Take();
            metric = ParseMetric(Take());
            Unitless(low, start);
        }

        return new Claim { Text = _text, Left = left, Right = new ClaimSide(low, metric), High = new ClaimSide(high, metric), Comparison = Comparison.In };
    }

    private static void CheckRange(ClaimNumber low, ClaimNumber high, ClaimToken start)
    {
        if (low.Unit != high.Unit)
        {
            throw new ClaimException(start.Offset, "the ends of the range have different units; write both with their unit, such as 1ms..2ms");
        }

        if (low.Value > high.Value)
        {
            throw new ClaimException(start.Offset, "the range ends before it begins; write the smaller end first");
        }
    }

    private ClaimSide ParseSide()
    {
        ClaimToken first = Peek();
        if (first.Kind == ClaimTokenKind.Name)
        {
            MetricName metric = ParseMetric(Take());
            return Peek().Kind != ClaimTokenKind.Times ? new ClaimSide(new ClaimNumber(1, ""), metric) : new ClaimSide(ParseFactor(), metric);
        }

        ClaimNumber number = ParseNumber();
        if (Peek().Kind != ClaimTokenKind.Times)
        {
            return new ClaimSide(number, null);
        }

        Take();
        Unitless(number, first);
        return new ClaimSide(number, ParseMetric(Take()));
    }

    private ClaimNumber ParseFactor()
    {
        Take();
        ClaimToken token = Peek();
        ClaimNumber factor = ParseNumber();
        Unitless(factor, token);
        return factor;
    }

    private ClaimNumber ParseNumber()
    {
        ClaimToken token = Take();
        if (token.Kind != ClaimTokenKind.Number)
        {
            throw Wrong(token, "a number or a metric");
        }

        return ClaimNumbers.TryRead(token.Text, out ClaimNumber number, out string? problem)
            ? number
            : throw new ClaimException(token.Offset, $"{Printable.Quote(token.Text)} {problem}");
    }

    private MetricName ParseMetric(ClaimToken token)
    {
        if (token.Kind != ClaimTokenKind.Name)
        {
            throw Wrong(token, "a metric (such as jr0.backlog.max)");
        }

        if (_variants is null)
        {
            return new MetricName(null, token.Text, token.Offset);
        }

        string? variant = _variants.Where(v => token.Text.StartsWith(v + ".", StringComparison.Ordinal)).MaxBy(v => v.Length);
        return variant is null
            ? throw new ClaimException(token.Offset, $"{Printable.Quote(token.Text)} does not begin with a variant" + Meant(token.Text))
            : new MetricName(variant, token.Text[(variant.Length + 1)..], token.Offset);
    }

    private string Meant(string name)
    {
        if (_variants!.Count == 0)
        {
            return "; the scenario has none";
        }

        string? near = Nearest.Find(name.Split('.')[0], _variants);
        return near is null ? $", as in '{_variants[0]}.{Printable.Shorten(name)}'; the variants are {Nearest.Join(_variants.ToArray())}" : $"; did you mean '{near}'?";
    }

    private static void Unitless(ClaimNumber number, ClaimToken token)
    {
        if (number.Unit.Length > 0)
        {
            throw new ClaimException(token.Offset, $"{Printable.Quote(token.Text)} has a unit; a factor is a bare number, such as 1.5");
        }
    }

    private ClaimToken Peek() => _tokens[_at];

    private ClaimToken Take() => _tokens[_at == _tokens.Count - 1 ? _at : _at++];

    private ClaimException Wrong(ClaimToken token, string what) => new(
        token.Offset,
        token.Kind == ClaimTokenKind.End
            ? $"the claim {Printable.Quote(_text)} ends where {what} belongs"
            : $"{Printable.Quote(token.Text)} stands where {what} belongs");

    private sealed class ClaimException(int offset, string message) : Exception(message)
    {
        public ClaimProblem Problem => new(offset, Message);
    }
}
