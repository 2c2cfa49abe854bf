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

    /// <summary>The same with half of its interval, both in one unit: <c>12.3 ±0.4 %</c>.</summary>
    public static string WithInterval(KeyslotQuantity quantity, ConfidenceInterval value)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        if (!value.HasInterval || (value.Mean == 0 && value.High == 0))
        {
            return Value(quantity, value.Mean);
        }

        double half = value.High - value.Mean;
        (double factor, string unit) = quantity.Kind switch
        {
            ValueKind.Share => (0.01, " %"),
            ValueKind.Rate => (1, "/s"),
            _ => UnitOf(Math.Max(Math.Abs(value.Mean), half)),
        };
        string pattern = (Math.Max(Math.Abs(value.Mean), half) / factor) switch { >= 99.95 => "#,0", >= 9.995 => "0.0", _ => "0.00" };
        string Number(double number)
        {
            string text = (number / factor).ToString(pattern, CultureInfo.InvariantCulture);
            return IsZero(text) ? text.TrimStart('-') : text;
        }

        return IsZero(Number(half)) ? Number(value.Mean) + unit : $"{Number(value.Mean)} ±{Number(half)}{unit}";
    }

    /// <summary>As short as it fits the cell of a heat map: two digits and the unit.</summary>
    public static string Cell(KeyslotQuantity quantity, double value)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        return quantity.Kind switch
        {
            ValueKind.Share => value <= 0 ? "0 %" : value < 0.00095 ? "<.1 %" : (value * 100).ToString(value < 0.0995 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %",
            ValueKind.Rate => Rate(value, TwoDigits),
            _ => Math.Abs(value) < 50_000 ? "0 µs" : Short(value),
        };
    }

    /// <summary>A limit, without needless zeros: <c>1 %</c>, <c>10 µs</c>, <c>4.1k/s</c>.</summary>
    public static string Bound(KeyslotQuantity quantity, double value)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        return quantity.Kind switch
        {
            ValueKind.Share => Share(value),
            ValueKind.Rate => Rate(value, number => number.ToString("0.##", CultureInfo.InvariantCulture)),
            _ => ValueText.Tick(value),
        };
    }

    /// <summary><c>30 % unencrypted</c>.</summary>
    public static string Mix(int? mix) => mix is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent} % unencrypted") : "the scenario's mix";

    /// <summary><c>64 keys</c>.</summary>
    public static string Keys(int? keys) => keys is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number:#,0} {(number == 1 ? "key" : "keys")}") : "the scenario's keys";

    /// <summary><c>64 keys, 30 % unencrypted</c>.</summary>
    public static string Place(int? keys, int? mix) => keys is null && mix is null ? "the scenario's keys and mix" : $"{Keys(keys)}, {Mix(mix)}";

    /// <summary><c>8 slots</c>.</summary>
    public static string Slots(int slots) => string.Create(CultureInfo.InvariantCulture, $"{slots} {(slots == 1 ? "slot" : "slots")}");

    /// <summary><c>8</c>, or <c>&gt;64</c> if not even those are enough; with a question mark if the intervals are too wide to tell, one alone if nothing is known.</summary>
    public static string Need(KeyslotNeed need)
    {
        ArgumentNullException.ThrowIfNull(need);
        string slots = need.Slots.ToString(CultureInfo.InvariantCulture);
        return need.IsEnough ? slots : need.Lacks is null ? "?" : need.IsOpen ? ">" + slots + "?" : ">" + slots;
    }

    /// <summary>A design's need in words: <c>park: 8 slots</c>, <c>requeue: more than 64 slots (plain I/O is delayed by more than 10 µs)</c>.</summary>
    public static string Sentence(KeyslotNeed need, KeyslotReport report)
    {
        ArgumentNullException.ThrowIfNull(need);
        ArgumentNullException.ThrowIfNull(report);
        string slots = Slots(need.Slots);
        return need.IsEnough ? $"{need.Design}: {slots}"
            : need.Lacks is null ? $"{need.Design}: nothing is known"
            : need.IsOpen ? $"{need.Design}: {slots} may be enough, but the interval of {KeyslotQuantity.Find(need.Lacks)!.Short} is too wide to tell; more replications narrow it"
            : $"{need.Design}: {slots} {(need.Slots == 1 ? "is" : "are")} not enough, {Lack(need.Lacks, report)}";
    }

    /// <summary>What is asked for, in words.</summary>
    public static string Criterion(KeyslotReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return $"at most {Share(report.Target)} of the encrypted I/O finds no keyslot, unencrypted I/O takes at most {ValueText.Tick(report.MaxDelayPicoseconds)} longer on average, and at most {Share(report.MaxLoss)} of the encrypted I/O does not come through";
    }

    private static string Lack(string id, KeyslotReport report) => id == KeyslotQuantity.NoSlot.Id
        ? $"more than {Share(report.Target)} of the encrypted I/O finds none"
        : id == KeyslotQuantity.PlainAdded.Id ? $"unencrypted I/O takes more than {ValueText.Tick(report.MaxDelayPicoseconds)} longer"
        : $"more than {Share(report.MaxLoss)} of the encrypted I/O does not come through";

    /// <summary>A share in percent, without needless zeros: <c>1 %</c>.</summary>
    internal static string Share(double share) => (share * 100).ToString("0.####", CultureInfo.InvariantCulture) + " %";

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

    private static bool IsZero(string number) => !number.AsSpan().ContainsAnyInRange('1', '9');

    /// <summary>A unit of time in which a number has no more than three digits before the point: [ps] and its name.</summary>
    private static (double Picoseconds, string Unit) UnitOf(double picoseconds) => picoseconds switch
    {
        >= 999.5e9 => (1e12, " s"),
        >= 999.5e6 => (1e9, " ms"),
        >= 999.5e3 => (1e6, " µs"),
        _ => (1e3, " ns"),
    };
}
