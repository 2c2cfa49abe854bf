using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.InlineCrypto;

/// <summary>Any sequence of get, put and evict on the table, against the naive model.</summary>
public sealed class KeyslotTableProperties
{
    private static readonly Arbitrary<Trace> Traces = Arb.From(
        from slots in Gen.Choose(1, 5)
        from keys in Gen.Choose(1, 8)
        from spread in Gen.Elements(1, 3, 8)   // numbers of keys so far apart: all in different buckets, or some or all in one
        from steps in Gen.Choose(0, 999).ArrayOf()
        select new Trace(slots, keys, spread, steps));

    [Fact]
    public void Agrees_with_plain_lists_after_every_step() => Properties.Check(Traces, trace =>
    {
        Run run = new(trace);
        foreach (int step in trace.Steps)
        {
            run.Do(step);
            Assert.Equal(run.Naive.ToString(), NaiveKeyslots.Describe(run.Table));
        }
    });

    [Fact]
    public void A_slot_is_on_the_idle_list_exactly_when_nobody_refers_to_it() => Properties.Check(Traces, trace => AfterEach(trace, run =>
    {
        int[] idle = [.. run.Table.IdleInOrder().Select(slot => slot.Number)];
        Assert.Equal(idle.Length, idle.Distinct().Count());
        Assert.All(run.Slots, slot => Assert.True(slot.References >= 0 && slot.References == 0 == idle.Contains(slot.Number)));
    }));

    [Fact]
    public void A_key_is_in_one_slot_at_most_and_is_found_there() => Properties.Check(Traces, trace => AfterEach(trace, run =>
        Assert.All(run.Keys, key =>
        {
            Keyslot[] holding = [.. run.Slots.Where(slot => slot.Key == key)];
            Assert.True(holding.Length <= 1);
            Assert.Same(holding.FirstOrDefault(), run.Table.Find(key));
        })));

    [Fact]
    public void No_more_slots_are_in_use_than_there_are_and_each_reference_is_somebodys() => Properties.Check(Traces, trace => AfterEach(trace, run =>
    {
        Assert.InRange(run.Table.InUse, 0, run.Table.Count);
        Assert.Equal(run.Held.Count, run.Slots.Sum(slot => slot.References));
    }));

    [Fact]
    public void Who_holds_a_slot_finds_its_own_key_in_it_unless_that_was_evicted() => Properties.Check(Traces, trace => AfterEach(trace, run =>
        Assert.All(run.Held, held => Assert.True(held.Slot.Key == held.Key || (held.Slot.Key is null && run.Evicted.Contains(held.Key))))));

    [Fact]
    public void After_an_evict_no_slot_has_the_key() => Properties.Check(Traces, trace =>
    {
        Run run = new(trace);
        foreach (int step in trace.Steps)
        {
            run.Do(step);
            if (run.EvictedNow is { } key)
            {
                Assert.DoesNotContain(run.Slots, slot => slot.Key == key);
                Assert.Null(run.Table.Find(key));
            }
        }
    });

    [Fact]
    public void As_many_programs_as_keys_used_or_more_and_exactly_as_many_if_they_fit_and_none_is_evicted() => Properties.Check(Traces, trace =>
    {
        Run run = new(trace);
        Array.ForEach(trace.Steps, run.Do);
        int used = run.Used.Count;
        Assert.True(run.Programs >= used);
        Assert.Equal(run.Naive.Programs, run.Programs);
        if (used <= trace.Slots && run.Evicted.Count == 0)
        {
            Assert.Equal(used, run.Programs);
        }
    });

    private static void AfterEach(Trace trace, Action<Run> check)
    {
        Run run = new(trace);
        foreach (int step in trace.Steps)
        {
            run.Do(step);
            check(run);
        }
    }

    private sealed record Trace(int Slots, int Keys, int Spread, int[] Steps);

    /// <summary>A step is a get in 5 of 10 cases, a put in 4, an evict in 1; of which key or holder its other digits say.</summary>
    private sealed class Run(Trace trace)
    {
        public KeyslotTable Table { get; } = new(trace.Slots);

        public NaiveKeyslots Naive { get; } = new(trace.Slots);

        public BlkCryptoKey[] Keys { get; } =
            [.. Enumerable.Range(0, trace.Keys).Select(i => new BlkCryptoKey($"{(char)('A' + i)}", i * trace.Spread, DataSize.FromKibibytes(4)))];

        public IEnumerable<Keyslot> Slots => Enumerable.Range(0, Table.Count).Select(n => Table[n]);

        public List<(Keyslot Slot, BlkCryptoKey Key)> Held { get; } = [];

        public HashSet<BlkCryptoKey> Used { get; } = [];

        public HashSet<BlkCryptoKey> Evicted { get; } = [];

        public BlkCryptoKey? EvictedNow { get; private set; }

        public int Programs { get; private set; }

        public void Do(int step)
        {
            EvictedNow = null;
            switch (step % 10)
            {
                case < 5:
                    Get(Keys[step / 10 % Keys.Length]);
                    break;
                case < 9 when Held.Count > 0:
                    Put(step / 10 % Held.Count);
                    break;
                case 9:
                    Evict(Keys[step / 10 % Keys.Length]);
                    break;
            }
        }

        private void Get(BlkCryptoKey key)
        {
            Keyslot? slot = Table.TryGrab(key);
            if (slot is null && Table.Victim is { } victim)
            {
                Table.Programmed(victim, key);
                Programs++;
                slot = victim;
            }

            Assert.Equal(Naive.Get(key), slot?.Number ?? -1);
            if (slot is not null)
            {
                Held.Add((slot, key));
                Used.Add(key);
            }
        }

        private void Put(int index)
        {
            Keyslot slot = Held[index].Slot;
            Held.RemoveAt(index);
            Naive.Put(slot.Number);
            Assert.Equal(Naive.ReferencesOf(slot.Number) == 0, Table.Put(slot));
        }

        private void Evict(BlkCryptoKey key)
        {
            Naive.Evict(key);
            Evicted.Add(key);
            EvictedNow = key;
            if (Table.Find(key) is { } slot)
            {
                Table.Clear(slot);
            }
        }
    }
}
