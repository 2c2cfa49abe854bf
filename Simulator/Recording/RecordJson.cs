using System.Text.Json;

namespace CryptoSim.Simulator.Recording;

/// <summary>A forward walk over JSON that knows what it wants next. A method ending in <c>Here</c> takes the token under the cursor, the others the one after it.</summary>
internal ref struct RecordJson(ReadOnlySpan<byte> bytes)
{
    private Utf8JsonReader _reader = new(bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes);

    /// <summary>Reads one item that starts under the cursor.</summary>
    public delegate T Item<T>(ref RecordJson json);

    public static FormatException Bad(string what) => new("is a damaged run record: " + what);

    public static FormatException Missing(string name) => Bad(name + " is missing");

    /// <summary>Text from a file as part of a one-line message.</summary>
    public static string OneLine(string text) => new([.. text.Select(c => char.IsControl(c) ? '?' : c)]);

    public void Enter()
    {
        Next();
        EnterHere();
    }

    public readonly void EnterHere() => Require(JsonTokenType.StartObject, "an object");

    public readonly void EnterArrayHere() => Require(JsonTokenType.StartArray, "an array");

    public void LeaveArray()
    {
        Next();
        Require(JsonTokenType.EndArray, "the end of an array");
    }

    /// <summary>Nothing but blanks may follow.</summary>
    public void End()
    {
        if (_reader.Read())
        {
            throw Bad("something follows its end");
        }
    }

    public bool NextProperty(out string name)
    {
        Next();
        bool more = _reader.TokenType == JsonTokenType.PropertyName;
        name = more ? _reader.GetString()! : "";
        return more;
    }

    /// <summary>Moves to the next item of an array; false at its end.</summary>
    public bool NextItem()
    {
        Next();
        return _reader.TokenType != JsonTokenType.EndArray;
    }

    public void Skip()
    {
        Next();
        _reader.Skip();
    }

    public string Text()
    {
        Next();
        return TextHere();
    }

    public readonly string TextHere()
    {
        Require(JsonTokenType.String, "a text");
        return _reader.GetString()!;
    }

    public string? TextOrNull()
    {
        Next();
        return _reader.TokenType == JsonTokenType.Null ? null : TextHere();
    }

    public long Long()
    {
        Next();
        return LongHere();
    }

    public readonly long LongHere() => _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out long value)
        ? value : throw Wrong("a whole number");

    /// <summary>A whole number that is not negative.</summary>
    public long Count()
    {
        long value = Long();
        return value >= 0 ? value : throw Wrong("a number that is not negative");
    }

    public ulong Unsigned()
    {
        Next();
        return _reader.TokenType == JsonTokenType.Number && _reader.TryGetUInt64(out ulong value) ? value : throw Wrong("a whole number");
    }

    public decimal Decimal()
    {
        Next();
        return _reader.TokenType == JsonTokenType.Number && _reader.TryGetDecimal(out decimal value) ? value : throw Wrong("a number");
    }

    /// <summary>An array of items; an item may take several tokens without brackets of its own.</summary>
    public List<T> List<T>(Item<T> read)
    {
        Next();
        EnterArrayHere();
        var items = new List<T>();
        while (NextItem())
        {
            items.Add(read(ref this));
        }

        return items;
    }

    public List<long> Longs() => List(static (ref RecordJson json) => json.LongHere());

    public List<KeyValuePair<string, string>> Pairs() => List(static (ref RecordJson json) =>
    {
        json.EnterArrayHere();
        var pair = KeyValuePair.Create(json.Text(), json.Text());
        json.LeaveArray();
        return pair;
    });

    private void Next()
    {
        if (!_reader.Read())
        {
            throw Bad("it ends too early");
        }
    }

    private readonly void Require(JsonTokenType type, string what)
    {
        if (_reader.TokenType != type)
        {
            throw Wrong(what);
        }
    }

    private readonly FormatException Wrong(string wanted) => Bad($"{wanted} is expected at byte {_reader.TokenStartIndex + 1}");
}
