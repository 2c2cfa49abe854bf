using CryptoSim.Cli.Rendering;
using CryptoSim.Reports.Planning;
using CryptoSim.Reports.Statistics;

namespace CryptoSim.Cli.Tests.Planning;

public sealed class KeyslotPlanViewTests
{
    [Fact]
    public void A_plan_is_shown_like_this() => Assert.Equal(
        """
        How many keyslots?
          host    ufs0: 1 hardware queue with 32 tags

        Enough slots: at most 1 % of the encrypted I/O finds no keyslot, unencrypted I/O takes at most 10 µs longer on average,
          and at most 1 % of the encrypted I/O does not come through
          30 % unencrypted  16 keys  1,024 keys
          ─────────────────────────────────────────
          requeue                 8         >8?
          park                    1           ?

        1,024 keys, 30 % unencrypted  means ± half their 95 % intervals
          design   slots      no slot   programs/s    plain +mean      plain p50      plain p99  encrypted +mean  encrypted p99  encrypted lost
          ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
          requeue      1  50.0 ±5.0 %  4,000 ±40/s  1.00 ±0.10 ms  1.00 ±0.10 ms  1.00 ±0.10 ms    1.00 ±0.10 ms  1.00 ±0.10 ms     50.0 ±5.0 %
                       8          0 %          0/s           0 µs         100 µs         100 µs             0 µs         100 µs             0 %

          park         1     deadlock
                       8            -            -              -              -              -                -              -               -

        With 1,024 keys, 30 % unencrypted:
          requeue: 8 slots may be enough, but the interval of plain +mean is too wide to tell; more replications narrow it
          park: nothing is known
        Assumed: 100us for programming.
        6 runs · 1,234 I/Os simulated · 0.50 s · cancelled

        """, Text(Report, all: false));

    [Fact]
    public void All_shows_every_number_of_keys()
    {
        string text = Text(Report, all: true);

        Assert.Contains("\n16 keys, 30 % unencrypted  means", text, StringComparison.Ordinal);
        Assert.Contains("\n1,024 keys, 30 % unencrypted  means", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_tells_runs_speed_and_what_is_left() =>
        Assert.Equal("plan keyslots  25 %  360 of 1,440 runs  500k I/Os/s  12 s left", KeyslotPlanView.Progress(360, 1440, 2_000_000, 4));

    private static KeyslotReport Report { get; } = new()
    {
        Facts = [new("host", "ufs0: 1 hardware queue with 32 tags")],
        Assumptions = ["Assumed: 100us for programming.", "And more."],
        Designs = ["requeue", "park"],
        Mixes = [30],
        Keys = [16, 1024],
        Slots = [1, 8],
        Target = 0.01,
        MaxDelayPicoseconds = 1e7,
        MaxLoss = 0.01,
        IsComplete = false,
        Runs = 6,
        Ios = 1234,
        Cells =
        [
            Cell("requeue", 16, 1), Cell("requeue", 16, 8), Cell("requeue", 1024, 1), Cell("requeue", 1024, 8), Cell("park", 16, 1), Cell("park", 16, 8),
            Empty("park", 1024, 1) with { Problem = "deadlock: nobody comes" }, Empty("park", 1024, 8),
        ],
        Needed =
        [
            new("requeue", 30, 16, 8, true, "no_slot"), new("requeue", 30, 1024, 8, false, "plain_added", IsOpen: true),
            new("park", 30, 16, 1, true, null), new("park", 30, 1024, 8, false, null),
        ],
    };

    private static string Text(KeyslotReport report, bool all)
    {
        var output = new StringWriter { NewLine = "\n" };
        new KeyslotPlanView(new Screen(new Surroundings { Output = output, Error = output }), all).Write(report, 0.5);
        return output.ToString();
    }

    private static KeyslotCell Empty(string design, int keys, int slots) => new(design, 30, keys, slots, new Dictionary<string, ConfidenceInterval>());

    private static KeyslotCell Cell(string design, int keys, int slots) => Empty(design, keys, slots) with
    {
        Values = KeyslotQuantity.All.ToDictionary(one => one.Id, one => Value(one, slots == 1)),
    };

    private static ConfidenceInterval Value(KeyslotQuantity quantity, bool isOne) => (quantity.Unit, isOne) switch
    {
        ("share", true) => new ConfidenceInterval(0.5, 0.45, 0.55, 3),
        ("per_s", true) => new ConfidenceInterval(4000, 3960, 4040, 3),
        ("ns", true) => new ConfidenceInterval(1e9, 0.9e9, 1.1e9, 3),
        ("ns", false) when !quantity.Id.EndsWith("added", StringComparison.Ordinal) => new ConfidenceInterval(1e8, 1e8, 1e8, 3),
        _ => new ConfidenceInterval(0, 0, 0, 3),
    };
}
