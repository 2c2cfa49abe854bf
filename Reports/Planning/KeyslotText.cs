using System.Globalization;
using CryptoSim.Reports.Statistics;
using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Planning;

/// <summary>The words and numbers of a keyslot plan, alike in the terminal and on the page.</summary>
public static class KeyslotText
{
    /// <summary>A number with its unit: <c>12.3 %</c>, <c>4.10k/s</c>, <c>104 µs</c>.</summary>
    public static string Value(KeyslotQuantity quantity, double value)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        return quantity.Kind == ValueKind.Rate ? Rate(value, ValueText.Digits) : ValueText.Of(quantity.Kind, value);
    }

    /// <summary>The same with half of its interval, in the unit of the value: <c>12.3 ±0.4 %</c>.</summary>
    public static string WithInterval(KeyslotQuantity quantity, ConfidenceInterval value)
    {
        string mean = Value(quantity, value.Mean);
        double half = value.High - value.Mean;
        if (!value.HasInterval || (half == 0 && value.Mean == 0))
        {
            return mean;
        }

        int unit = mean.TakeWhile(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-').Count();
        string number = mean[..unit];
        double scale = quantity.Kind == ValueKind.Duration || quantity.Kind == ValueKind.Rate ? Scale(mean[unit..]) : 0.01;
        return $"{number} ±{Half(half / scale)}{mean[unit..]}";
    }

    /// <summary>As short as it fits the cell of a heat map: two digits and the unit.</summary>
    public static string Cell(KeyslotQuantity quantity, double value)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        return quantity.Kind switch
        {
            ValueKind.Share => value == 0 ? "0 %" : value < 0.0001 ? "<.01 %" : TwoDigits(value * 100) + " %",
            ValueKind.Rate => Rate(value, TwoDigits),
            _ => Math.Abs(value) < 50_000 ? "0 µs" : Short(value),
        };
    }

    /// <summary><c>30 % unencrypted</c>.</summary>
    public static string Mix(int? mix) => mix is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent} % unencrypted") : "the scenario's mix";

    /// <summary><c>64 keys</c>.</summary>
    public static string Keys(int? keys) => keys is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? "key" : "keys")}") : "the scenario's keys";

    /// <summary><c>8</c>, or <c>&gt;64</c> if not even those are enough; a question mark if nothing is known.</summary>
    public static string Need(KeyslotNeed need)
    {
        ArgumentNullException.ThrowIfNull(need);
        string slots = need.Slots.ToString(CultureInfo.InvariantCulture);
        return need.IsEnough ? slots : need.Lacks is null ? "?" : ">" + slots;
    }

    /// <summary>A design's need in words: <c>park: 8 slots</c>, <c>requeue: more than 64 slots (plain I/O is delayed by more than 10 µs)</c>.</summary>
    public static string Sentence(KeyslotNeed need, KeyslotReport report)
    {
        ArgumentNullException.ThrowIfNull(need);
        ArgumentNullException.ThrowIfNull(report);
        string slots = string.Create(CultureInfo.InvariantCulture, $"{need.Slots} {(need.Slots == 1 ? "slot" : "slots")}");
        return need.IsEnough ? $"{need.Design}: {slots}"
            : need.Lacks is null ? $"{need.Design}: nothing is known"
            : $"{need.Design}: {slots} are not enough, {Lack(need.Lacks, report)}";
    }

    /// <summary>What is asked for, in words.</summary>
    public static string Criterion(KeyslotReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return $"less than {ValueText.Of(ValueKind.Share, report.Target)} of the encrypted I/O finds no keyslot, and unencrypted I/O takes less than {ValueText.Duration(report.MaxDelayPicoseconds)} longer on average";
    }

    private static string Lack(string id, KeyslotReport report) => id == KeyslotQuantity.NoSlot.Id
        ? $"{ValueText.Of(ValueKind.Share, report.Target)} or more of the encrypted I/O finds none"
        : $"unencrypted I/O takes {ValueText.Duration(report.MaxDelayPicoseconds)} or more longer";

    private static string Rate(double value, Func<double, string> digits) => value switch
    {
        >= 999_500 => digits(value / 1e6) + "M/s",
        >= 999.5 => digits(value / 1e3) + "k/s",
        _ => digits(value) + "/s",
    };

    private static string Short(double picoseconds)
    {
        string text = ValueText.Duration(picoseconds);
        int blank = text.IndexOf(' ', StringComparison.Ordinal);
        double number = double.Parse(text[..blank], NumberStyles.Number, CultureInfo.InvariantCulture);
        return TwoDigits(number) + text[blank..];
    }

    private static string TwoDigits(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 9.95 => value.ToString("0", CultureInfo.InvariantCulture),
        >= 0.995 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.00", CultureInfo.InvariantCulture),
    };

    private static string Half(double half) => half switch
    {
        0 => "0",
        >= 99.95 => half.ToString("0", CultureInfo.InvariantCulture),
        >= 0.995 => half.ToString("0.0", CultureInfo.InvariantCulture),
        _ => half.ToString("0.00", CultureInfo.InvariantCulture),
    };

    /// <summary>What one of a unit is: [ps] for times, [1/s] for rates.</summary>
    private static double Scale(string unit) => unit.Trim() switch
    {
        "s" => 1e12,
        "ms" => 1e9,
        "µs" => 1e6,
        "ns" => 1e3,
        "ps" => 1,
        "M/s" => 1e6,
        "k/s" => 1e3,
        _ => 1,
    };
}
