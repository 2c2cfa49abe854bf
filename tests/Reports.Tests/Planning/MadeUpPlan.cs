using CryptoSim.Reports.Planning;
using CryptoSim.Reports.Statistics;

namespace CryptoSim.Reports.Tests.Planning;

/// <summary>Keyslot plans with every kind of point: enough, open, not enough, failed, unknown.</summary>
internal static class MadeUpPlan
{
    public static KeyslotReport Report { get; } = Of("sleep-at-request", "requeue", "park");

    /// <summary>A plan in which every text is markup.</summary>
    public static KeyslotReport Hostile { get; } = Of(TestKit.Hostile.Markup, "second") with
    {
        Facts = [new(TestKit.Hostile.Markup, TestKit.Hostile.Markup)],
        Assumptions = [TestKit.Hostile.Markup],
        Command = TestKit.Hostile.Markup,
        Version = TestKit.Hostile.Markup,
    };

    public static KeyslotReport Of(params string[] designs)
    {
        int?[] mixes = [10, 30, 50];
        int?[] keys = [1, 4, 16, 64, 256];
        int[] slots = [1, 2, 4, 8, 16, 32, 64];
        return new KeyslotReport
        {
            Version = "0.1.0",
            Command = "./cryptosim plan keyslots",
            Facts = [new("host", "ufs0: 1 hardware queue with 32 tags"), new("load", "20,000 I/Os per second")],
            Assumptions = ["Assumed: 100us for programming."],
            Designs = designs,
            Mixes = mixes,
            Keys = keys,
            Slots = slots,
            Target = 0.01,
            MaxDelayPicoseconds = 1e7,
            MaxLoss = 0.01,
            Seed = 1,
            Replications = 5,
            Runs = 1440,
            Ios = 8_000_000,
            Cells = [.. from design in designs from mix in mixes from key in keys from slot in slots select Cell(design, mix, key, slot)],
            Needed = [.. from design in designs from mix in mixes from key in keys select Need(design, mix, key!.Value)],
        };
    }

    public static KeyslotCell Cell(string design, int? mix, int? keys, int slots)
    {
        if ((keys, slots, mix) == (256, 1, 10))
        {
            return new KeyslotCell(design, mix, keys, slots, new Dictionary<string, ConfidenceInterval>()) { Problem = design.Contains('<') ? design : "deadlock: nobody comes" };
        }

        if ((keys, slots, mix) == (256, 2, 10))
        {
            return new KeyslotCell(design, mix, keys, slots, new Dictionary<string, ConfidenceInterval>());
        }

        double misses = Math.Max(0, 1 - ((double)slots / keys!.Value));
        return new KeyslotCell(design, mix, keys, slots, KeyslotQuantity.All.ToDictionary(one => one.Id, one => Value(one, misses / slots)))
        {
            ProgramsFloor = 8000 * misses / 2,
            ProgramsLru = 8000 * misses / slots,
        };
    }

    private static KeyslotNeed Need(string design, int? mix, int keys) => keys switch
    {
        256 => new KeyslotNeed(design, mix, keys, 64, IsEnough: false, "no_slot"),
        64 => new KeyslotNeed(design, mix, keys, 64, IsEnough: false, "plain_added", IsOpen: true),
        _ => new KeyslotNeed(design, mix, keys, keys, IsEnough: true, null),
    };

    private static ConfidenceInterval Value(KeyslotQuantity quantity, double share)
    {
        double value = quantity.Id switch
        {
            "no_slot" or "encrypted_lost" => share,
            "programs" or "encrypted_iops" => 8000 * share,
            "plain_p50" => 1e8,
            _ => 1e10 * share,
        };
        return new ConfidenceInterval(value, value * 0.9, value * 1.1, 5);
    }
}
