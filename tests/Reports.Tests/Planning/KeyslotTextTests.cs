using CryptoSim.Reports.Planning;
using CryptoSim.Reports.Statistics;
using Xunit;

namespace CryptoSim.Reports.Tests.Planning;

public sealed class KeyslotTextTests
{
    [Theory]
    [InlineData("no_slot", 0.123, 0.004, "12.3 ±0.4 %", "12 %")]
    [InlineData("no_slot", 0.00002, 0.00001, "0.00 %", "<.1 %")]
    [InlineData("no_slot", 0, 0, "0 %", "0 %")]
    [InlineData("encrypted_lost", -0.00001, 0.001, "0.00 ±0.10 %", "0 %")]
    [InlineData("programs", 9340, 11.4, "9,340 ±11/s", "9.3k/s")]
    [InlineData("programs", 29.4, 0.5, "29.4 ±0.5/s", "29/s")]
    [InlineData("plain_p99", 106e6, 0, "106 µs", "106 µs")]
    [InlineData("plain_p99", 10.4e9, 0.31e9, "10.4 ±0.3 ms", "10 ms")]
    [InlineData("plain_added", -35e3, 7888e3, "-0.04 ±7.89 µs", "0 µs")]
    [InlineData("plain_added", 1.6e6, 4.27e6, "1.60 ±4.27 µs", "1.6 µs")]
    public void Every_number_has_its_unit_and_the_interval_the_same(string id, double mean, double half, string whole, string cell)
    {
        KeyslotQuantity quantity = KeyslotQuantity.Find(id)!;

        Assert.Equal(whole, KeyslotText.WithInterval(quantity, new ConfidenceInterval(mean, mean - half, mean + half, 5)));
        Assert.Equal(cell, KeyslotText.Cell(quantity, mean));
    }

    [Fact]
    public void A_single_replication_has_no_interval() =>
        Assert.Equal("12.3 %", KeyslotText.WithInterval(KeyslotQuantity.NoSlot, new ConfidenceInterval(0.123, 0.123, 0.123, 1)));

    [Theory]
    [InlineData(1, true, null, false, "1", "park: 1 slot")]
    [InlineData(8, true, "no_slot", false, "8", "park: 8 slots")]
    [InlineData(64, false, "no_slot", false, ">64", "park: 64 slots are not enough, more than 1 % of the encrypted I/O finds none")]
    [InlineData(1, false, "plain_added", false, ">1", "park: 1 slot is not enough, unencrypted I/O takes more than 10 µs longer")]
    [InlineData(64, false, "encrypted_lost", false, ">64", "park: 64 slots are not enough, more than 1 % of the encrypted I/O does not come through")]
    [InlineData(64, false, "plain_added", true, ">64?", "park: 64 slots may be enough, but the interval of plain +mean is too wide to tell; more replications narrow it")]
    [InlineData(64, false, null, false, "?", "park: nothing is known")]
    public void What_is_needed_is_said_in_a_sign_and_in_words(int slots, bool isEnough, string? lacks, bool isOpen, string sign, string sentence)
    {
        KeyslotNeed need = new("park", 30, 64, slots, isEnough, lacks, isOpen);

        Assert.Equal((sign, sentence), (KeyslotText.Need(need), KeyslotText.Sentence(need, MadeUpPlan.Report)));
    }

    [Fact]
    public void Theory_is_compared_where_hardly_anybody_waits()
    {
        Assert.Null(KeyslotTheory.Of(MadeUpPlan.Report));   // every miss of it waits

        KeyslotReport report = MadeUpPlan.Report with
        {
            Cells = [At(0, 1000, floor: 900, lru: 2000), At(0, 1000, floor: 1200, lru: 800), At(0.5, 10, floor: 1000, lru: 1000), At(0, 10, floor: 0, lru: 50)],
        };

        KeyslotTheory theory = KeyslotTheory.Of(report)!;
        Assert.Equal((2, 0.5, 1.25, 0.875, 1), (theory.Points, theory.Least, theory.Greatest, theory.Mean, theory.BelowFloor));
    }

    private static KeyslotCell At(double noSlot, double programs, double floor, double lru) => new("park", 30, 4, 1, new Dictionary<string, ConfidenceInterval>
    {
        ["no_slot"] = ConfidenceInterval.Of([noSlot]),
        ["programs"] = ConfidenceInterval.Of([programs]),
    })
    { ProgramsFloor = floor, ProgramsLru = lru };
}
