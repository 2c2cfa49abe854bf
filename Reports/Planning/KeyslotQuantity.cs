using CryptoSim.Reports.Tables;

namespace CryptoSim.Reports.Planning;

/// <summary>One of the things that a keyslot plan measures, as it is shown.</summary>
/// <param name="Id">Snake_case.</param>
/// <param name="Unit">Suffix of its name in files: <c>share</c>, <c>per_s</c>, <c>ns</c>.</param>
/// <param name="Kind">How its numbers are written.</param>
/// <param name="Title">Head of its heat maps.</param>
/// <param name="Short">Head of its column in the terminal.</param>
/// <param name="Says">What it is, in a sentence.</param>
public sealed record KeyslotQuantity(string Id, string Unit, ValueKind Kind, string Title, string Short, string Says)
{
    /// <summary>Who finds no slot.</summary>
    public static KeyslotQuantity NoSlot { get; } = new(
        "no_slot", "share", ValueKind.Share, "Encrypted I/O that finds no keyslot", "no slot",
        "The probability that an encrypted I/O finds every keyslot in use by other keys: it waits or, under fallback, is encrypted by the CPU.");

    /// <summary>Keys programmed.</summary>
    public static KeyslotQuantity Programs { get; } = new(
        "programs", "per_s", ValueKind.Rate, "Keys programmed per second", "programs/s",
        "How often the host writes a key into a slot. Only one is written at a time, and everybody who needs a slot waits meanwhile.");

    /// <summary>How much longer unencrypted I/O takes.</summary>
    public static KeyslotQuantity PlainAdded { get; } = new(
        "plain_added", "ns", ValueKind.Duration, "Delay of unencrypted I/O, mean", "plain +mean",
        "Mean latency of unencrypted I/O, less that of the same traffic on a host that takes the key with each request and so needs no keyslots.");

    /// <summary>Tail of unencrypted I/O.</summary>
    public static KeyslotQuantity PlainP99 { get; } = new(
        "plain_p99", "ns", ValueKind.Duration, "Latency of unencrypted I/O, 99th percentile", "plain p99",
        "Submission to completion.");

    /// <summary>Median of unencrypted I/O.</summary>
    public static KeyslotQuantity PlainP50 { get; } = new(
        "plain_p50", "ns", ValueKind.Duration, "Latency of unencrypted I/O, median", "plain p50",
        "Submission to completion.");

    /// <summary>How much longer encrypted I/O takes.</summary>
    public static KeyslotQuantity EncryptedAdded { get; } = new(
        "encrypted_added", "ns", ValueKind.Duration, "Delay of encrypted I/O, mean", "encrypted +mean",
        "Mean latency of encrypted I/O, less that of the same traffic where no keyslots are needed: waiting for a slot, for the host's lock, and programming.");

    /// <summary>Tail of encrypted I/O.</summary>
    public static KeyslotQuantity EncryptedP99 { get; } = new(
        "encrypted_p99", "ns", ValueKind.Duration, "Latency of encrypted I/O, 99th percentile", "encrypted p99",
        "Submission to completion.");

    /// <summary>Throughput.</summary>
    public static KeyslotQuantity EncryptedIops { get; } = new(
        "encrypted_iops", "per_s", ValueKind.Rate, "Encrypted I/Os per second", "encrypted IOPS",
        "What comes through. Less than what arrives means that the host cannot keep up, and latencies then only say how many I/Os may be in flight.");

    /// <summary>Throughput that is lost.</summary>
    public static KeyslotQuantity EncryptedLost { get; } = new(
        "encrypted_lost", "share", ValueKind.Share, "Encrypted I/O that does not come through", "encrypted lost",
        "Of the encrypted I/Os that the same traffic ends where no keyslots are needed, the share that does not end: the host cannot keep up, or tasks sleep that would submit more.");

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IReadOnlyList<KeyslotQuantity> All { get; } = [NoSlot, Programs, PlainAdded, PlainP50, PlainP99, EncryptedAdded, EncryptedP99, EncryptedIops, EncryptedLost];

    /// <summary>Name of its column in files: <c>plain_p99_ns</c>.</summary>
    public string Column => Id + "_" + Unit;

    /// <summary>The value in the unit of files.</summary>
    /// <param name="value">As measured: durations in ps.</param>
    public double InUnit(double value) => Kind == ValueKind.Duration ? value / 1000 : value;

    /// <summary>What it may be at most; null if nothing is asked of it.</summary>
    public double? LimitOf(KeyslotReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return this == NoSlot ? report.Target : this == PlainAdded ? report.MaxDelayPicoseconds : this == EncryptedLost ? report.MaxLoss : null;
    }

    /// <summary>The quantity of an id; null if there is none.</summary>
    public static KeyslotQuantity? Find(string? id) => All.FirstOrDefault(one => one.Id == id);
}
