using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Theory;

/// <summary>While few slots are in use, keyslots are an LRU cache of keys, and the share of misses is the one that theory gives.</summary>
/// <remarks>H. Che, Y. Tung, Z. Wang, "Hierarchical Web caching systems", IEEE JSAC 20(7), 2002; exact enough for small caches by C. Fricker, P. Robert, J. Roberts, ITC 24, 2012.</remarks>
public sealed class LruTheoryTests
{
    private const int Ios = 60_000;

    [Theory]
    [InlineData(1000, 1.0, 4)]
    [InlineData(1000, 1.0, 32)]
    [InlineData(1000, 1.0, 64)]
    [InlineData(1000, 0.0, 32)]
    [InlineData(100, 1.5, 16)]
    [InlineData(20_000, 0.8, 64)]
    public void A_key_for_each_file_is_missed_as_often_as_Che_s_approximation_says(int files, double exponent, int slots)
    {
        double misses = Run(files, (decimal)exponent, slots);

        Assert.Equal(Che(files, exponent, slots), misses, 0.012);
    }

    [Fact]
    public void No_order_of_giving_slots_up_misses_less_than_what_the_hottest_keys_leave_over_and_LRU_misses_more()
    {
        foreach (int slots in new[] { 4, 32, 64 })
        {
            double left = 1.0 - new ZipfDistribution(1000, 1.0).ShareOf(slots);
            Assert.InRange(Run(1000, 1.0m, slots), left + 0.1, left + 0.25);
        }
    }

    private static double Run(int files, decimal exponent, int slots)
    {
        MachineOptions options = new()
        {
            Hardware = new HardwareOptions
            {
                Costs = new CostOptions { Hop = Duration.Zero },
                Devices = [new("ufs0", new InlineCryptoOptions { Keyslots = slots, ProgramKey = Duration.Zero, Latency = new ConstantDuration(Scene.Us), Wakeup = Duration.Zero })],
            },
            Workload = [new("io", new JobOptions { Device = "ufs0", Rw = Rw.Randread, NumberIos = Ios, Keys = new KeysOptions { Count = files, Zipf = exponent } })],
        };
        using Machine machine = Machine.Build(options, new MachineRunOptions { Seed = 3, TimeLimit = Duration.FromSeconds(10), Warmup = Scene.Us * 10_000, BiosKept = 0 });
        machine.Run();
        MachineResult result = machine.Result();
        double misses = (double)result.Metric("ufs0.keyslot.misses");
        return misses / (misses + (double)result.Metric("ufs0.keyslot.hits"));
    }

    /// <summary>A key stays as long as fewer than N others come: for a time T, the same for all, with N = sum of 1 - exp(-p T).</summary>
    private static double Che(int files, double exponent, int slots)
    {
        double[] weights = [.. Enumerable.Range(1, files).Select(rank => Math.Pow(rank, -exponent))];
        double sum = weights.Sum();
        double low = 0.0, high = 1e9;
        for (int i = 0; i < 200; i++)
        {
            double middle = (low + high) / 2.0;
            bool isEnough = weights.Sum(w => 1.0 - Math.Exp(-w / sum * middle)) >= slots;
            (low, high) = isEnough ? (low, middle) : (middle, high);
        }

        return weights.Sum(w => w / sum * Math.Exp(-w / sum * low));
    }
}
