using CryptoSim.Scenarios.Planning;
using CryptoSim.Simulator;

namespace CryptoSim.Scenarios.Tests.Planning;

public sealed class SlotsNeededTests
{
    private static readonly KeyslotPlan Plan = new() { Target = 0.01, MaxDelay = Duration.FromMicroseconds(10), MaxLoss = 0.01 };

    [Fact]
    public void Enough_are_the_fewest_from_which_on_every_number_meets_the_limits()
    {
        // Two slots meet them by chance; four do not, and so two are not enough.
        SlotsNeeded needed = Among(Cell(1, noSlot: [0.5, 0.5]), Cell(2, noSlot: [0.001, 0.001]), Cell(4, noSlot: [0.02, 0.02]), Cell(8), Cell(16));

        Assert.Equal((8, true, KeyslotFigure.NoSlot, false), (needed.Point.Slots, needed.IsEnough, needed.Lacks, needed.IsOpen));
    }

    [Theory]
    [InlineData(KeyslotFigure.NoSlot)]
    [InlineData(KeyslotFigure.PlainAdded)]
    [InlineData(KeyslotFigure.EncryptedLost)]
    public void Each_limit_counts(KeyslotFigure figure)
    {
        KeyslotCell bad = figure switch
        {
            KeyslotFigure.NoSlot => Cell(1, noSlot: [0.02, 0.02]),
            KeyslotFigure.PlainAdded => Cell(1, added: [2e7, 2e7]),
            _ => Cell(1, lost: [0.02, 0.02]),
        };

        SlotsNeeded needed = Among(bad);

        Assert.Equal((1, false, figure, false), (needed.Point.Slots, needed.IsEnough, needed.Lacks, needed.IsOpen));
    }

    [Fact]
    public void An_interval_that_reaches_beyond_a_limit_leaves_it_open()
    {
        SlotsNeeded needed = Among(Cell(1, added: [0, 1.5e7]));

        Assert.Equal((false, KeyslotFigure.PlainAdded, true), (needed.IsEnough, needed.Lacks, needed.IsOpen));
    }

    [Fact]
    public void A_single_replication_is_judged_by_its_value() =>
        Assert.True(Among(Cell(1, noSlot: [0.01], added: [1e7], lost: [0.01])).IsEnough);

    [Fact]
    public void Nothing_is_enough_where_nothing_is_known()
    {
        KeyslotCell unknown = new(new KeyslotPoint("park", 30, 8, 2), new Dictionary<KeyslotFigure, IReadOnlyList<double>>(), "deadlock");

        SlotsNeeded needed = Among(Cell(1), unknown);

        Assert.Equal((2, false, null, false), (needed.Point.Slots, needed.IsEnough, needed.Lacks, needed.IsOpen));
    }

    private static SlotsNeeded Among(params KeyslotCell[] cells) => SlotsNeeded.Among(cells, Plan);

    private static KeyslotCell Cell(int slots, double[]? noSlot = null, double[]? added = null, double[]? lost = null)
    {
        int count = (noSlot ?? added ?? lost ?? [0, 0]).Length;
        Dictionary<KeyslotFigure, IReadOnlyList<double>> values = Enum.GetValues<KeyslotFigure>().ToDictionary(figure => figure, _ => (IReadOnlyList<double>)new double[count]);
        values[KeyslotFigure.NoSlot] = noSlot ?? values[KeyslotFigure.NoSlot];
        values[KeyslotFigure.PlainAdded] = added ?? values[KeyslotFigure.PlainAdded];
        values[KeyslotFigure.EncryptedLost] = lost ?? values[KeyslotFigure.EncryptedLost];
        return new KeyslotCell(new KeyslotPoint("park", 30, 8, slots), values, null);
    }
}
