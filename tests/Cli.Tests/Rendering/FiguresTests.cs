using CryptoSim.Cli.Rendering;

namespace CryptoSim.Cli.Tests.Rendering;

public class FiguresTests
{
    [Theory]
    [InlineData(0, "0ns")]
    [InlineData(1, "1ps")]
    [InlineData(60_000_000, "60us")]
    [InlineData(2_118_407_000, "2.118ms")]
    [InlineData(1_000_000_000_000, "1s")]
    public void An_instant_has_three_decimals_of_its_unit(long picoseconds, string expected) => Assert.Equal(expected, Figures.Instant(picoseconds));

    [Theory]
    [InlineData(0.034, "0.03 s")]
    [InlineData(9.99, "9.99 s")]
    [InlineData(12.4, "12 s")]
    [InlineData(125, "2 min 05 s")]
    public void Wall_time_is_told_as_people_do(double seconds, string expected) => Assert.Equal(expected, Figures.Wall(seconds));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1234567, "1,234,567")]
    public void Thousands_are_separated(long value, string expected) => Assert.Equal(expected, Figures.Count(value));
}
