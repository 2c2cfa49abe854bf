using System.Globalization;
using System.Text;

namespace CryptoSim.Simulator.Exploration;

/// <summary>One line of a schedule file that is being read, from left to right.</summary>
internal struct ScheduleLine(string file, int number, string text)
{
    private int _at;

    /// <summary>Nothing but blanks is left.</summary>
    public bool IsAtEnd
    {
        get
        {
            while (_at < text.Length && text[_at] is ' ' or '\t')
            {
                _at++;
            }

            return _at == text.Length;
        }
    }

    public readonly char Next => _at < text.Length ? text[_at] : '\0';

    /// <summary>An error at the next character.</summary>
    public readonly ScheduleException Error(string what) => ErrorAt(_at, what);

    /// <summary>The next bare word, without its blanks; empty at the end.</summary>
    public string Key()
    {
        _ = IsAtEnd;
        int start = _at;
        while (_at < text.Length && text[_at] is not (' ' or '\t'))
        {
            _at++;
        }

        return text[start.._at];
    }

    /// <summary>The next name, bare or in quotes; a bare one ends before a blank or a star.</summary>
    public string Name(string expected)
    {
        if (IsAtEnd)
        {
            throw Error("expected " + expected);
        }

        if (Next == '"')
        {
            return Quoted();
        }

        int start = _at;
        while (_at < text.Length && text[_at] is not (' ' or '\t' or '*'))
        {
            _at++;
        }

        return _at > start ? text[start.._at] : throw Error("expected " + expected);
    }

    /// <summary>All that is left, bare or in quotes.</summary>
    public string Rest(string expected)
    {
        if (IsAtEnd)
        {
            throw Error("expected " + expected);
        }

        if (Next == '"')
        {
            string quoted = Quoted();
            return IsAtEnd ? quoted : throw Error("expected the end of the line after the closing quote");
        }

        int start = _at;
        _at = text.Length;
        return text[start..].TrimEnd(' ', '\t');
    }

    /// <summary>A whole number in a range.</summary>
    public int Number(int least, int most, string expected)
    {
        int start = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        bool ok = int.TryParse(text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int value);
        return ok && value >= least && value <= most ? value : throw ErrorAt(start, string.Create(CultureInfo.InvariantCulture, $"expected {expected} from {least} to {most}"));
    }

    public void Skip() => _at++;

    private string Quoted()
    {
        int start = _at++;
        var value = new StringBuilder();
        while (Next != '"')
        {
            if (_at >= text.Length)
            {
                throw ErrorAt(start, "expected a closing quote");
            }

            value.Append(Next == '\\' ? Escape() : Next);
            _at++;
        }

        _at++;
        return value.ToString();
    }

    /// <summary>Leaves the place at the last character of the escape.</summary>
    private char Escape()
    {
        int start = _at++;
        if (Next is '"' or '\\')
        {
            return Next;
        }

        if (Next == 'u' && _at + 4 < text.Length && ushort.TryParse(text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
        {
            _at += 4;
            return (char)code;
        }

        throw ErrorAt(start, "expected \\\", \\\\ or \\u with four hexadecimal digits");
    }

    private readonly ScheduleException ErrorAt(int column, string what) => new(string.Create(CultureInfo.InvariantCulture, $"{file}:{number}:{column + 1}: {what}"));
}
