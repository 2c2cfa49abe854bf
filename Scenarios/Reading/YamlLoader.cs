using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Mark = CryptoSim.Scenarios.Reading.Mark;

namespace CryptoSim.Scenarios.Reading;

/// <summary>Turns the events of the YAML parser into nodes with places. Anchors, aliases, tags and merge keys are refused by name, so a text cannot grow while it is read.</summary>
internal sealed class YamlLoader
{
    private const int DeepestNesting = 20;
    private const int MostNodes = 200_000;

    private readonly Parser _parser;
    private readonly Func<Mark, Mark> _place;
    private readonly ErrorList _errors;
    private readonly Stack<OpenBracket> _open = new();
    private int _depth;
    private int _nodes;
    private Mark _last = Mark.Nowhere with { Line = 1, Column = 1 };

    private YamlLoader(string text, Func<Mark, Mark> place, ErrorList errors)
    {
        _parser = new Parser(new StringReader(text));
        _place = place;
        _errors = errors;
    }

    /// <summary>The one document of a text; null and errors if it is not one.</summary>
    /// <param name="text">YAML.</param>
    /// <param name="place">Completes a line and column by the file they belong to.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public static Node? Load(string text, Func<Mark, Mark> place, ErrorList errors)
    {
        YamlLoader loader = new(text, place, errors);
        try
        {
            return loader.LoadDocument();
        }
        catch (StoppedException stop)
        {
            errors.Add(place(stop.At), stop.Message);
        }
        catch (YamlException e)
        {
            loader.Refuse(Place(e.Start), e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The parser reports some unfinished texts this way.
            loader.Refuse(loader._last, "");
        }

        return null;
    }

    private Node? LoadDocument()
    {
        Next();
        ParsingEvent begin = Next();
        if (begin is StreamEnd)
        {
            return null;
        }

        Node root = LoadNode(Next());
        Next();
        ParsingEvent end = Next();
        if (end is not StreamEnd)
        {
            throw new StoppedException(At(end), "a second document begins here; a scenario is one document");
        }

        return root;
    }

    private ParsingEvent Next()
    {
        if (!_parser.MoveNext() || _parser.Current is null)
        {
            throw new StoppedException(_last, "the text ends too early");
        }

        _last = At(_parser.Current);
        return _parser.Current;
    }

    private Node LoadNode(ParsingEvent e)
    {
        if (++_nodes > MostNodes)
        {
            throw new StoppedException(At(e), $"more than {MostNodes} values; a scenario is smaller");
        }

        Mark mark = _place(At(e));
        if (e is AnchorAlias alias)
        {
            _errors.Add(mark, $"the alias '*{Printable.Shorten(alias.Value.ToString())}' is not part of the format; write the value where it is used");
            return new ScalarNode(mark, "", Quoted: true);
        }

        RefuseAnchorAndTag(e as NodeEvent, mark);
        return e switch
        {
            Scalar scalar => new ScalarNode(mark, scalar.Value, scalar.Style != ScalarStyle.Plain),
            MappingStart start => Nested(start.Style == MappingStyle.Flow ? '{' : ' ', e, mark, LoadMap),
            SequenceStart start => Nested(start.Style == SequenceStyle.Flow ? '[' : ' ', e, mark, LoadList),
            _ => throw new StoppedException(At(e), "the text ends too early"),
        };
    }

    private void RefuseAnchorAndTag(NodeEvent? e, Mark mark)
    {
        if (e is null)
        {
            return;
        }

        if (!e.Anchor.IsEmpty)
        {
            _errors.Add(mark, $"the anchor '&{Printable.Shorten(e.Anchor.ToString())}' is not part of the format; write the value where it is used");
        }

        if (!e.Tag.IsEmpty)
        {
            _errors.Add(mark, $"the tag '{Printable.Shorten(e.Tag.ToString())}' is not part of the format");
        }
    }

    private Node Nested(char bracket, ParsingEvent e, Mark mark, Func<Mark, Node> load)
    {
        if (++_depth > DeepestNesting)
        {
            throw new StoppedException(At(e), $"nested deeper than {DeepestNesting} levels");
        }

        if (bracket != ' ')
        {
            _open.Push(new OpenBracket(bracket, At(e)));
        }

        Node node = load(mark);
        if (bracket != ' ')
        {
            _open.Pop();
        }

        _depth--;
        return node;
    }

    private MapNode LoadMap(Mark mark)
    {
        List<MapEntry> entries = [];
        Dictionary<string, Mark> seen = new(StringComparer.Ordinal);
        for (ParsingEvent e = Next(); e is not MappingEnd; e = Next())
        {
            Node keyNode = LoadNode(e);
            Node value = LoadNode(Next());
            if (keyNode is not ScalarNode key)
            {
                _errors.Add(keyNode.Mark, $"{keyNode.Noun} in the place of a key; a key is a word");
            }
            else if (CheckKey(key, seen))
            {
                bool nothing = value is ScalarNode { IsEmpty: true };
                entries.Add(new MapEntry(key, nothing ? value with { Mark = key.Mark } : value));
            }
        }

        return new MapNode(mark, entries);
    }

    private bool CheckKey(ScalarNode key, Dictionary<string, Mark> seen)
    {
        if (key.Text == "<<" && !key.Quoted)
        {
            _errors.Add(key.Mark, "the merge key '<<' is not part of the format; write the keys where they are used");
            return false;
        }

        if (seen.TryGetValue(key.Text, out Mark? first))
        {
            _errors.Add(key.Mark, $"the key {Printable.Quote(key.Text)} stands here a second time; it is already on line {first.Line}");
            return false;
        }

        seen.Add(key.Text, key.Mark);
        return true;
    }

    private ListNode LoadList(Mark mark)
    {
        List<Node> items = [];
        for (ParsingEvent e = Next(); e is not SequenceEnd; e = Next())
        {
            items.Add(LoadNode(e));
        }

        return new ListNode(mark, items);
    }

    private void Refuse(Mark at, string message)
    {
        if (_open.Count > 0)
        {
            OpenBracket open = _open.Peek();
            char closing = open.Bracket == '[' ? ']' : '}';
            Mark mark = _place(open.At);
            string before = mark.Line > 0 ? $" before line {at.Line}, column {at.Column}" : "";
            _errors.Add(mark, $"'{open.Bracket}' opens here and is not closed by '{closing}', or an entry{before} lacks its comma");
            return;
        }

        _errors.Add(_place(at), YamlSyntax.Explain(message));
    }

    private static Mark At(ParsingEvent e) => Place(e.Start);

    private static Mark Place(YamlDotNet.Core.Mark start) => Mark.Nowhere with { Line = (int)start.Line, Column = (int)start.Column };

    private sealed record OpenBracket(char Bracket, Mark At);

    private sealed class StoppedException(Mark at, string message) : Exception(message)
    {
        public Mark At { get; } = at;
    }
}
