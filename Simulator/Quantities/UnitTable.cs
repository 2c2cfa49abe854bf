using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace CryptoSim.Simulator;

/// <summary>The units of one quantity, ascending, and the exact reading and printing of values in them.</summary>
internal sealed class UnitTable
{
    private readonly string _smallest;
    private readonly bool _roundsDown;
    private readonly (string Name, long Factor)[] _units;

    public UnitTable(string smallest, params (string Name, long Factor)[] units)
        : this(smallest, roundsDown: false, units)
    {
    }

    public UnitTable(string smallest, bool roundsDown, params (string Name, long Factor)[] units)
    {
        _smallest = smallest;
        _roundsDown = roundsDown;
        _units = units;
    }

    public bool TryParse(string text, string what, out long value, [NotNullWhen(false)] out string? error)
    {
        value = 0;
        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] is '.' or '_'))
        {
            digits++;
        }

        string number = text[..digits].Replace("_", "", StringComparison.Ordinal);
        string unit = text[digits..];
        if (number.Length == 0)
        {
            error = text.StartsWith('-') ? $"is negative; {what} is not" : $"is not {what}; write a number and a unit, such as {Example}";
            return false;
        }

        long factor = Factor(unit);
        if (factor == 0)
        {
            error = UnitError(number, unit, what);
            return false;
        }

        return TryScale(number, factor, what, out value, out error);
    }

    /// <summary>The exact value in the largest unit in which it has at most three decimals.</summary>
    public string Print(long value)
    {
        for (int i = _units.Length - 1; i > 0; i--)
        {
            (string name, long factor) = _units[i];
            if (value >= factor && value % factor * 1000 % factor == 0)
            {
                return ((decimal)value / factor).ToString("0.###", CultureInfo.InvariantCulture) + name;
            }
        }

        return value.ToString(CultureInfo.InvariantCulture) + (value == 0 ? _units[1].Name : _smallest);
    }

    public string PrintRounded(long value, IFormatProvider format)
    {
        if (value == 0)
        {
            return "0" + _units[Math.Min(1, _units.Length - 1)].Name;
        }

        decimal magnitude = Math.Abs((decimal)value);
        int i = _units.Length - 1;
        while (i > 0 && magnitude < _units[i].Factor * 0.9995m)
        {
            i--;
        }

        decimal scaled = value / (decimal)_units[i].Factor;
        decimal absolute = Math.Abs(scaled);
        string pattern = absolute >= 99.95m ? "0" : absolute >= 9.995m ? "0.#" : "0.##";
        return scaled.ToString(pattern, format) + _units[i].Name;
    }

    private string Example => "4" + _units[1].Name;

    private long Factor(string unit)
    {
        foreach ((string name, long factor) in _units)
        {
            if (name == unit)
            {
                return factor;
            }
        }

        return 0;
    }

    private string UnitError(string number, string unit, string what)
    {
        if (unit.Length == 0)
        {
            return $"has no unit; {what} is written with one, such as {Example}";
        }

        string intended = _units.Select(u => u.Name).FirstOrDefault(n => string.Equals(n, unit, StringComparison.OrdinalIgnoreCase))
            ?? _units.Skip(1).Select(u => u.Name).FirstOrDefault(n => char.ToLowerInvariant(n[0]) == char.ToLowerInvariant(unit[0]))
            ?? _units[1].Name;
        string all = string.Join(", ", _units.Select(u => u.Name));
        return $"has the unit '{unit}', which is not one of {all}; did you mean {number}{intended}?";
    }

    private bool TryScale(string number, long factor, string what, out long value, [NotNullWhen(false)] out string? error)
    {
        value = 0;
        int point = number.IndexOf('.', StringComparison.Ordinal);
        string fraction = point < 0 ? "" : number[(point + 1)..];
        if (number.IndexOf('.', point + 1) >= 0 && point >= 0 || number.Length > 30 || number == ".")
        {
            error = $"is not {what}: '{(number.Length > 30 ? number[..30] + "..." : number)}' is not a number";
            return false;
        }

        BigInteger whole = BigInteger.Parse("0" + number.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * factor;
        BigInteger scale = BigInteger.Pow(10, fraction.Length);
        if (whole % scale != 0 && !_roundsDown)
        {
            error = $"is finer than the smallest step of {what}";
            return false;
        }

        whole /= scale;
        if (whole > long.MaxValue)
        {
            error = $"is too large for {what}";
            return false;
        }

        value = (long)whole;
        error = null;
        return true;
    }
}
