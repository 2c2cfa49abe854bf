using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Exploration.Capture;

namespace CryptoSim.Simulator.Tests.Exploration.Capture;

public sealed class StoreTests
{
    [Theory]
    [InlineData("", 11185063783660260660UL)]
    [InlineData("a", 13448195061844337324UL)]
    [InlineData("state of 17 bytes", 2079608605849148640UL)]
    public void The_hash_of_a_state_is_the_same_on_every_machine(string text, ulong hash) =>
        Assert.Equal(hash, StateHash.Of(System.Text.Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_hash_tells_zeros_apart_by_their_number()
    {
        var hashes = Enumerable.Range(0, 64).Select(length => StateHash.Of(new byte[length])).ToHashSet();
        Assert.Equal(64, hashes.Count);
    }

    [Fact]
    public void A_state_is_kept_once_and_found_again_after_the_index_has_grown()
    {
        var store = new StateStore();
        for (int i = 0; i < 200_000; i++)
        {
            Assert.Equal(i, store.Add(State(i), out bool isNew));
            Assert.True(isNew);
        }

        for (int i = 0; i < 200_000; i += 17)
        {
            Assert.Equal(i, store.Add(State(i), out bool isNew));
            Assert.False(isNew);
            Assert.True(store[i].SequenceEqual(State(i)));
            byte[] chunk = store.Locate(i, out int start);
            Assert.True(chunk.AsSpan(start, State(i).Length).SequenceEqual(State(i)));
        }

        Assert.Equal(200_000, store.Count);
    }

    [Fact]
    public void States_that_fall_into_the_same_place_or_are_prefixes_of_each_other_stay_apart()
    {
        var store = new StateStore();
        byte[][] states = [.. Enumerable.Range(0, 1_000_000).Select(BitConverter.GetBytes)
            .Where(state => (StateHash.Of(state) & 4095) == 7).Take(100), .. Enumerable.Range(0, 100).Select(length => new byte[length])];
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < states.Length; i++)
            {
                Assert.Equal(i, store.Add(states[i], out bool isNew));
                Assert.Equal(round == 0, isNew);
            }
        }
    }

    [Fact]
    public void A_state_larger_than_a_chunk_is_kept_whole()
    {
        var store = new StateStore();
        byte[] large = new byte[3 << 20];
        large[^1] = 1;
        store.Add([1], out _);
        Assert.Equal(1, store.Add(large, out _));
        Assert.Equal(2, store.Add([2], out _));
        Assert.True(store[1].SequenceEqual(large));
        Assert.Equal(3 << 20, store.Largest);
        Assert.True(store.Bytes > 3 << 20);
    }

    [Fact]
    public void An_identity_table_keeps_what_stays_when_it_grows_and_forgets_the_rest()
    {
        var table = new IdentityTable();
        object[] fixedOnes = [.. Enumerable.Range(0, 700).Select(_ => new object())];
        object[] passing = [.. Enumerable.Range(0, 5000).Select(_ => new object())];
        Enter(table, fixedOnes, IdentityTable.Forever);
        for (int stamp = 1; stamp < 4; stamp++)
        {
            table.Forget(stamp);
            Assert.All(passing, value => AssertUnknown(table, value));
            Enter(table, passing, stamp);
            AssertKnown(table, passing, stamp);
            AssertKnown(table, fixedOnes, IdentityTable.Forever);
        }

        table.Clear();
        Assert.All(fixedOnes, value => AssertUnknown(table, value));
    }

    private static byte[] State(int number) => [.. BitConverter.GetBytes(number), .. new byte[number % 50]];

    private static void Enter(IdentityTable table, object[] values, int stamp)
    {
        for (int i = 0; i < values.Length; i++)
        {
            table.Put(table.Find(values[i], out bool found), values[i], i, stamp);
            Assert.False(found);
        }
    }

    private static void AssertKnown(IdentityTable table, object[] values, int stamp)
    {
        for (int i = 0; i < values.Length; i++)
        {
            int place = table.Find(values[i], out bool found);
            Assert.True(found);
            Assert.Equal((i, stamp), (table.NumberAt(place), table.StampAt(place)));
        }
    }

    private static void AssertUnknown(IdentityTable table, object value)
    {
        table.Find(value, out bool found);
        Assert.False(found);
    }
}
