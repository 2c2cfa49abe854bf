using CryptoSim.Scenarios.Planning;

namespace CryptoSim.Scenarios.Tests.Planning;

public sealed class KeyPopularityTests
{
    [Theory]
    [InlineData(8, 0, 1.0)]
    [InlineData(8, 2, 0.75)]
    [InlineData(8, 8, 0.0)]
    [InlineData(8, 100, 0.0)]
    public void With_every_key_alike_both_forms_miss_what_does_not_fit(int keys, int slots, double misses)
    {
        KeyPopularity popularity = new(keys, zipf: 0);

        Assert.Equal(misses, popularity.LeastMisses(slots), 12);
        Assert.Equal(misses, popularity.LruMisses(slots), 9);
    }

    [Fact]
    public void Zipf_s_law_is_that_of_the_rank()
    {
        // 1 + 1/2 + 1/3 + 1/4 = 25/12: the two hottest of four keys are 18/25 of the I/O.
        Assert.Equal(7.0 / 25, new KeyPopularity(4, zipf: 1).LeastMisses(2), 12);
    }

    [Theory]
    [InlineData(16, 1.0, 4)]
    [InlineData(64, 1.0, 8)]
    [InlineData(256, 1.0, 64)]
    [InlineData(256, 0.6, 32)]
    public void Che_s_approximation_is_what_an_lru_cache_misses(int keys, double zipf, int slots)
    {
        KeyPopularity popularity = new(keys, zipf);
        double measured = MissesOfAnLruCache(keys, zipf, slots, draws: 200_000);

        Assert.InRange(popularity.LruMisses(slots) / measured, 0.97, 1.03);
        Assert.True(popularity.LeastMisses(slots) < measured, $"{popularity.LeastMisses(slots)} is no lower bound of {measured}");
    }

    [Fact]
    public void More_slots_miss_less()
    {
        KeyPopularity popularity = new(100, 0.8);

        double[] misses = [.. Enumerable.Range(1, 100).Select(popularity.LruMisses)];
        Assert.Equal(misses.OrderDescending(), misses);
        Assert.All(Enumerable.Range(1, 99), slots => Assert.True(popularity.LeastMisses(slots) < popularity.LruMisses(slots)));
    }

    private static double MissesOfAnLruCache(int keys, double zipf, int slots, int draws)
    {
        double[] ends = new double[keys];
        double sum = 0;
        for (int i = 0; i < keys; i++)
        {
            ends[i] = sum += Math.Pow(i + 1, -zipf);
        }

        ulong state = 7;
        List<int> cache = [];   // the least recently used first
        int misses = 0;
        for (int i = 0; i < draws; i++)
        {
            state = unchecked((state * 6364136223846793005) + 1442695040888963407);
            int key = Array.FindIndex(ends, end => end > (state >> 11) * (1.0 / (1UL << 53)) * sum);
            if (!cache.Remove(key))
            {
                misses += i >= draws / 10 ? 1 : 0;
                if (cache.Count == slots)
                {
                    cache.RemoveAt(0);
                }
            }

            cache.Add(key);
        }

        return misses / (draws * 0.9);
    }
}
