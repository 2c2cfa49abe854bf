using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Simulator.Tests.Scheduling;

/// <summary>The calendar against a sorted list, entry by entry.</summary>
public sealed class CalendarTests
{
    [Fact]
    public void Entries_come_out_by_time_and_equal_times_by_key()
    {
        var calendar = Calendar.Create(1);
        calendar.Push(5, 30);
        calendar.Push(3, 20);
        calendar.Push(5, 10);
        calendar.Push(0, 40);
        Assert.Equal([(0L, 40UL), (3, 20), (5, 10), (5, 30)], Drain(ref calendar));
    }

    [Fact]
    public void The_order_equals_a_sorted_reference_with_ties_pops_and_any_size()
    {
        // A number below 0.6 of the range pushes, else pops; times from a narrow range so that ties abound.
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20260701, 7, 400),
            Prop.ForAll(ArbMap.Default.ArbFor<(byte Choice, byte Time)[]>(), steps => AgreesWithSortedSet(steps)));
    }

    [Fact]
    public void The_order_holds_for_a_hundred_thousand_entries_and_for_the_ends_of_the_clock()
    {
        var calendar = Calendar.Create(64);
        var expected = new List<(long Time, ulong Key)>();
        var random = new RandomStream(1, "times");
        for (int i = 0; i < 100_000; i++)
        {
            long time = (i % 4) switch { 0 => random.NextInt(1000), 1 => Calendar.LastTime - random.NextInt(1000), _ => random.NextLong(Calendar.LastTime) };
            calendar.Push(time, (ulong)i + 1);
            expected.Add((time, (ulong)i + 1));
        }

        expected.Sort();
        Assert.Equal(expected, Drain(ref calendar));
    }

    [Fact]
    public unsafe void The_vector_search_and_the_plain_one_pick_the_same_sibling()
    {
        const long Bias = 1L << 52;
        var random = new RandomStream(2, "siblings");
        long* memory = stackalloc long[24];
        long* group = (long*)(((nint)memory + 63) & ~63);
        for (int round = 0; round < 20_000; round++)
        {
            int range = round % 2 == 0 ? 3 : int.MaxValue;
            for (int i = 0; i < 8; i++)
            {
                group[i] = random.NextInt(5) == 0 ? 0x7FF0_0000_0000_0000 : Bias + random.NextInt(range);
                group[i + 8] = random.NextLong(long.MaxValue);
            }

            int plain = SiblingSearch.LeastByLoop(group);
            Assert.Equal(plain, SiblingSearch.Least(group));
        }
    }

    private static bool AgreesWithSortedSet((byte Choice, byte Time)[] steps)
    {
        var calendar = Calendar.Create(1);
        var reference = new SortedSet<(long Time, ulong Key)>();
        ulong key = 1;
        foreach (var (choice, time) in steps)
        {
            if (choice < 154)
            {
                calendar.Push(time % 16, key);
                reference.Add((time % 16, key));
                key++;
            }
            else
            {
                bool has = calendar.TryPop(out long at, out ulong popped);
                if (has != reference.Count > 0 || (has && (at, popped) != reference.Min))
                {
                    return false;
                }

                _ = has && reference.Remove(reference.Min);
            }

            if (calendar.Count != reference.Count)
            {
                return false;
            }
        }

        return Drain(ref calendar).SequenceEqual(reference);
    }

    private static List<(long Time, ulong Key)> Drain(ref Calendar calendar)
    {
        var entries = new List<(long, ulong)>();
        while (calendar.TryPop(out long time, out ulong key))
        {
            entries.Add((time, key));
        }

        return entries;
    }
}
