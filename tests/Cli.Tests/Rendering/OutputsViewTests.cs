using CryptoSim.Cli.Rendering;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Tests.Rendering;

/// <summary>What workloads put out, on the page of a run.</summary>
public class OutputsViewTests
{
    [Fact]
    public void Two_blocks_are_shown_whole_with_their_depths() =>
        Assert.Equal($"    aio                   {new string('a', 64)}  depths 1,2\n", Show(new RunOutput("aio", new string('a', 64)) { Depths = "1,2" }));

    [Fact]
    public void Many_bytes_are_shown_by_both_ends_and_their_number() =>
        Assert.Equal(
            $"    aio                   {new string('a', 28)}...{new string('b', 28)}  128KiB\n",
            Show(new RunOutput("aio", new string('a', 100) + new string('b', 100)) { Bytes = 131072 }));

    [Theory]
    [InlineData("1,2,3,4,5,6,7,8,9,10,11,12", "1,2,3,4,5,6,7,8,9,10,11,12")]
    [InlineData("1,2,3,4,5,6,7,8,9,10,11,12,13,1,2,3", "1..13,1..3")]
    [InlineData("1,1,1,1,2,2,2,2,3,3,3,3,4", "4x1,4x2,4x3,4")]
    [InlineData("1,3,1,3,1,3,1,3,1,3,1,3,1,3", "1,3,1,3,1,3,1,3,1,3,1,3,...")]
    public void Many_depths_are_shown_as_runs(string depths, string shown) =>
        Assert.Equal($"    aio                   00  depths {shown}\n", Show(new RunOutput("aio", "00") { Depths = depths }));

    [Fact]
    public void Names_for_bytes_are_not_shown_and_of_many_sockets_the_first()
    {
        Assert.Empty(Show(new RunOutput("aio", "") { Depths = "1" }));
        Assert.EndsWith("aio/5                 00\n                          2 more outputs; --json has all\n", Show([.. Enumerable.Range(0, 8).Select(i => new RunOutput($"aio/{i}", "00"))]), StringComparison.Ordinal);
    }

    private static string Show(params RunOutput[] outputs)
    {
        using var output = new StringWriter { NewLine = "\n" };
        new OutputsView(new Screen(new Surroundings { Output = output, Error = TextWriter.Null })).Write(outputs);
        return output.ToString();
    }
}
