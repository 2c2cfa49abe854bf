using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>Which bios the host counts as plain, hit and miss.</summary>
public sealed class ClassTests
{
    [Theory]
    [InlineData(NoKeyslot.SleepAtSubmit)]
    [InlineData(NoKeyslot.SleepAtRequest)]
    [InlineData(NoKeyslot.Requeue)]
    [InlineData(NoKeyslot.Park)]
    public void A_bio_is_plain_or_a_hit_or_the_one_its_key_was_programmed_for(NoKeyslot design)
    {
        KeyslotScene scene = KeyslotScene.Ran(KeyslotScene.Toy with { NoKeyslot = design }, new KeyslotTask("a"), new KeyslotTask("-"), new KeyslotTask("a", At: Duration.FromMicroseconds(5)));
        MetricList metrics = new();
        scene.Host.AddMetrics(metrics, Duration.FromMicroseconds(20));
        Metric[] means = [.. metrics.InOrderOfName().Where(m => m.Name.StartsWith("ufs0.latency.", StringComparison.Ordinal) && m.Name.EndsWith(".mean", StringComparison.Ordinal))];

        Assert.Equal(["ufs0.latency.hit.mean", "ufs0.latency.miss.mean", "ufs0.latency.plain.mean"], means.Select(m => m.Name));
        Assert.Equal(12_000m, means[1].Value);
    }
}
