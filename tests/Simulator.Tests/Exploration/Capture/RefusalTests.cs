using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Tests.Exploration.Capture;

/// <summary>What no state can be made of is refused, with type and field.</summary>
public sealed class RefusalTests
{
    public static TheoryData<string> Fields => [.. Holders.Select(holder => holder.Key)];

    private static readonly SortedList<string, (Func<Simulation, object> Make, string Says)> Holders = new(StringComparer.Ordinal)
    {
        ["random"] = (s => new Holder<System.Random>(s, new System.Random(1)), "Holder<Random>.Value holds a Random"),
        ["dictionary by object"] = (s => new Holder<Dictionary<object, int>>(s, []), "Holder<Dictionary<Object, Int32>>.Value holds a Dictionary<Object, Int32>: Dictionary<Object, Int32> cannot"),
        ["set of objects"] = (s => new Holder<HashSet<object>>(s, []), "Holder<HashSet<Object>>.Value holds a HashSet<Object>"),
        ["sorted dictionary"] = (s => new Holder<SortedDictionary<int, int>>(s, []), "Value holds a SortedDictionary<Int32, Int32>"),
        ["linked list"] = (s => new Holder<LinkedList<int>>(s, new LinkedList<int>()), "Value holds a LinkedList<Int32>"),
        ["two dimensions"] = (s => new Holder<int[,]>(s, new int[1, 1]), "Value holds a Int32[,]"),
        ["pointer"] = (s => new Holder<nint>(s, 1), "Holder<IntPtr>.Value cannot be part of a state: it is a pointer"),
        ["list of pointers"] = (s => new Holder<List<nint>>(s, [1]), "Value holds a List<IntPtr>: IntPtr cannot be part of a state: it is a pointer"),
        ["store of pointers"] = (s => new Holder<Store<nint>>(s, new Store<nint>(s)), "Value holds a Store<IntPtr>: IntPtr cannot be part of a state: it is a pointer"),
        ["enumerator"] = (s => new Holder<List<int>.Enumerator>(s, new List<int> { 1 }.GetEnumerator()), "enumerator of a collection"),
        ["hidden enumerator"] = (s => new Holder<IEnumerator<int>>(s, new List<int> { 1 }.GetEnumerator()), "Value holds a Enumerator"),
        ["own comparer"] = (s => new Holder<Dictionary<string, int>>(s, new(StringComparer.OrdinalIgnoreCase) { ["a"] = 1 }), "a comparer of its own"),
        ["inline array"] = (s => new Holder<Four>(s, default), "Holder<Four>.Value cannot be part of a state: it is a buffer"),
        ["inherits a framework class"] = (s => new Holder<Table>(s, new Table()), "Value holds a Table: "),
        ["several methods"] = (s => new Holder<Action>(s, (Action)Nothing + Nothing), "several methods"),
        ["task"] = (s => new Holder<object>(s, System.Threading.Tasks.Task.CompletedTask), "Holder<Object>.Value holds a Task"),
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_field_that_is_not_understood_is_refused_by_name(string field)
    {
        var (make, says) = Holders[field];
        var refused = Assert.Throws<NotCapturableException>(() =>
        {
            using var scene = Captured.Of(make);
            scene.Bytes();
        });
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void What_is_marked_as_no_state_is_not_looked_at()
    {
        using var scene = Captured.Of(simulation => simulation.Spawn("p", new Marked(simulation).RunAsync()));
        Assert.NotEmpty(scene.Bytes());
    }

    [Fact]
    public void A_dictionary_with_the_usual_comparer_passes()
    {
        using var scene = Captured.Of(s => new Holder<Dictionary<string, int>>(s, new(StringComparer.Ordinal) { ["a"] = 1 }));
        Assert.NotEmpty(scene.Bytes());
    }

    private static void Nothing()
    {
    }

    private sealed class Holder<T>
    {
        public T Value;

        public Holder(Simulation simulation, T value)
        {
            Value = value;
            simulation.Spawn("holder", RunAsync(simulation));
        }

        private async Process RunAsync(Simulation simulation)
        {
            await simulation.DelayPicoseconds(1);
            GC.KeepAlive(Value);
        }
    }

    private sealed class Marked(Simulation simulation)
    {
        [NotState]
        private readonly System.Random _random = new(1);

        public async Process RunAsync()
        {
            await simulation.DelayPicoseconds(_random is null ? 2 : 1);
        }
    }

    private sealed class Table : Dictionary<object, int>;

    [System.Runtime.CompilerServices.InlineArray(4)]
    private struct Four
    {
        private int _first;
    }
}
