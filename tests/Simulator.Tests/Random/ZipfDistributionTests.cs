namespace CryptoSim.Simulator.Tests.Random;

/// <summary>Ranks by Zipf's law: each as often as the law says.</summary>
public sealed class ZipfDistributionTests
{
    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(1, 1.0)]
    [InlineData(10, 0.0)]
    [InlineData(10, 0.5)]
    [InlineData(40, 0.9999999)]
    [InlineData(40, 1.0)]
    [InlineData(40, 1.0000001)]
    [InlineData(100, 1.2)]
    [InlineData(100, 3.0)]
    [InlineData(1_000_000, 1.0)]
    [InlineData(1_000_000, 60.0)]
    public void Every_rank_comes_as_often_as_the_law_says(int items, double exponent)
    {
        const int Samples = 200_000;
        const int Told = 40;   // ranks counted each; those beyond together
        var law = new ZipfDistribution(items, exponent);
        var stream = new RandomStream(11, "ranks");
        int[] counts = new int[Told + 1];
        for (int i = 0; i < Samples; i++)
        {
            int rank = law.Sample(stream);
            Assert.InRange(rank, 1, items);
            counts[Math.Min(rank, Told + 1) - 1]++;
        }

        double norm = Enumerable.Range(1, items).Sum(rank => Math.Pow(rank, -exponent));
        double square = 0.0, rest = 1.0;
        int cells = 0;
        for (int rank = 1; rank <= Math.Min(items, Told); rank++)
        {
            double share = Math.Pow(rank, -exponent) / norm;
            rest -= share;
            Add(Samples * share, counts[rank - 1]);
        }

        Add(Samples * Math.Max(0.0, rest), counts[Told]);
        Assert.InRange(square, 0.0, cells + (5.0 * Math.Sqrt(2.0 * cells)) + 5.0);

        void Add(double expected, int observed)
        {
            if (expected < 5.0)
            {
                Assert.InRange(observed, 0, 40);
                return;
            }

            cells++;
            square += (observed - expected) * (observed - expected) / expected;
        }
    }

    [Fact]
    public void The_hottest_have_the_share_of_the_sum_of_their_weights()
    {
        Assert.Equal(0.25, new ZipfDistribution(100, 0.0).ShareOf(25), 12);
        Assert.Equal((1.0 + 0.5) / (1.0 + 0.5 + (1.0 / 3.0) + 0.25), new ZipfDistribution(4, 1.0).ShareOf(2), 12);
        Assert.Equal(1.0, new ZipfDistribution(4, 1.0).ShareOf(9), 12);
        Assert.Equal(0.0, new ZipfDistribution(4, 1.0).ShareOf(0), 12);
    }

    [Fact]
    public void The_same_stream_gives_the_same_ranks()
    {
        var law = new ZipfDistribution(1000, 1.1);
        int[] first = Draw(law, 3);

        Assert.Equal(first, Draw(new ZipfDistribution(1000, 1.1), 3));
        Assert.NotEqual(first, Draw(law, 4));
        Assert.Equal([549, 173, 3, 20, 1], Draw(law, 7).Take(5));

        static int[] Draw(ZipfDistribution law, ulong seed)
        {
            var stream = new RandomStream(seed, "ranks");
            return [.. Enumerable.Range(0, 50).Select(_ => law.Sample(stream))];
        }
    }
}
