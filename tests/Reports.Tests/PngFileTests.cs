using CryptoSim.Reports.Tests.TestKit;
using CryptoSim.Simulator.Recording;
using Xunit;

namespace CryptoSim.Reports.Tests;

public sealed class PngFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Without_the_converter_the_error_says_what_to_install()
    {
        var refusal = Assert.Throws<OutputException>(() => PngFile.Write("<svg/>", _directory["a.png"], "no-such-converter"));

        Assert.Contains("librsvg2-bin", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_directory.Files);
    }

    [Fact]
    public void A_converter_that_fails_leaves_nothing()
    {
        Assert.Throws<OutputException>(() => PngFile.Write("<svg/>", _directory["a.png"], "false"));

        Assert.Empty(_directory.Files);
    }
}
