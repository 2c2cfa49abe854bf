using CryptoSim.Simulator.Exploration.Search;

namespace CryptoSim.Simulator.Tests.Exploration;

/// <summary>What a search beyond memory is made of.</summary>
public sealed class FingerprintTests
{
    [Fact]
    public void A_table_knows_each_fingerprint_that_was_added_and_no_other()
    {
        var table = new FingerprintTable();
        var known = new HashSet<ulong>();
        for (ulong i = 0; i < 20_000; i++)
        {
            ulong fingerprint = unchecked((i % 15_000) * 0x9E3779B97F4A7C15);
            Assert.Equal(known.Add(fingerprint), table.Add(fingerprint));
        }

        Assert.Equal(known.Count, table.Count);
        Assert.InRange((double)table.Bytes / table.Count, 8, 22);
    }

    /// <summary>One bit of the state, its length, or the salt: all of them count.</summary>
    [Fact]
    public void States_that_differ_in_a_bit_or_in_length_or_in_who_ran_last_have_other_fingerprints()
    {
        var seen = new HashSet<ulong>();
        for (int length = 0; length < 24; length++)
        {
            byte[] state = new byte[length];
            Assert.True(seen.Add(Fingerprint.Of(state, 1)), $"{length} zeros");
            Assert.True(seen.Add(Fingerprint.Of(state, 1 + (1UL << 48))), $"{length} zeros, another salt");
            for (int bit = 0; bit < length * 8; bit++)
            {
                state[bit / 8] = (byte)(1 << (bit % 8));
                Assert.True(seen.Add(Fingerprint.Of(state, 1)), $"length {length}, bit {bit}");
                state[bit / 8] = 0;
            }
        }
    }

    /// <summary>Among 2^19 random-like 32-bit halves about 2^38 / 2^33 = 32 pairs are equal; far more would mean that bits are lost.</summary>
    [Fact]
    public void Half_a_fingerprint_collides_as_often_as_chance_says()
    {
        var lower = new HashSet<uint>();
        var upper = new HashSet<uint>();
        byte[] state = new byte[21];
        for (int i = 0; i < 1 << 19; i++)
        {
            BitConverter.TryWriteBytes(state.AsSpan(9), i);
            ulong fingerprint = Fingerprint.Of(state, 1);
            lower.Add(unchecked((uint)fingerprint));
            upper.Add((uint)(fingerprint >> 32));
        }

        Assert.InRange((1 << 19) - lower.Count, 12, 60);
        Assert.InRange((1 << 19) - upper.Count, 12, 60);
    }

    [Fact]
    public void A_frontier_gives_back_what_was_put_in_in_order_and_drops_what_is_used_up()
    {
        var frontier = new Frontier();
        for (int i = 0; i < 2_000; i++)
        {
            frontier.Enqueue(i, (i % 7) - 1, i % 2 == 0, new byte[i]);
        }

        long peak = frontier.Bytes;
        for (int i = 0; i < 2_000; i++)
        {
            Assert.True(frontier.TryDequeue(out var state));
            Assert.Equal((i, (i % 7) - 1, i % 2 == 0, i), (state.Number, state.Last, state.IsPutOff, state.Length));
        }

        Assert.False(frontier.TryDequeue(out _));
        Assert.True(frontier.Bytes < peak / 10, $"{frontier.Bytes} B are left of {peak} B");
        frontier.Enqueue(1, -1, isPutOff: false, [1, 2]);
        Assert.True(frontier.TryDequeue(out var last));
        Assert.Equal([1, 2], last.Bytes.AsSpan(last.Start, last.Length).ToArray());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1L << 20, 3.0e-8)]
    [InlineData(1L << 40, 1)]
    public void The_probability_that_a_state_is_missed_follows_the_birthday_bound(long states, double probability) =>
        Assert.Equal(probability, Fingerprint.OmissionProbability(states), 1e-9);
}
