using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Tests.Exploration.Capture;

/// <summary>A scene that is stepped by hand, captured and restored.</summary>
internal sealed class Captured : IDisposable
{
    private readonly Func<Simulation, object?> _build;
    private readonly StateCodec _codec;
    private readonly List<int> _pending = [];

    private Captured(Func<Simulation, object?> build, Func<Simulation, StateCodec> codec)
    {
        _build = build;
        Simulation = new Simulation();
        Scene = build(Simulation);
        _codec = codec(Simulation);
    }

    public Simulation Simulation { get; }

    public object? Scene { get; }

    public int Processes => _codec.ProcessCount;

    public static Captured Of(Action<Simulation> build, bool symmetry = true) => Of(Returning(build), symmetry);

    public static Captured Of(Func<Simulation, object?> build, bool symmetry = true) => new(build, simulation => new StateCodec(simulation, symmetry));

    /// <summary>The same scene at its start, captured with the same numbers.</summary>
    public Captured Again() => new(_build, _codec.Follow);

    public byte[] Bytes()
    {
        Simulation.MakeCurrent();
        return _codec.Capture().ToArray();
    }

    public void Capture() => _codec.Capture();

    public void Restore(byte[] bytes) => _codec.Restore(bytes);

    /// <summary>Places in the canonical order of those that can be stepped; call <see cref="Bytes"/> first.</summary>
    public List<int> Places()
    {
        Simulation.CollectPending(_pending);
        return [.. Enumerable.Range(0, _codec.ProcessCount).Where(place => _pending.Contains(_codec.SlotAt(place)))];
    }

    public bool StepPlace(int place) => Simulation.StepPending(_codec.SlotAt(place));

    /// <summary>Steps a process by its name.</summary>
    public Captured Step(params string[] names)
    {
        Simulation.MakeCurrent();
        foreach (string name in names)
        {
            Simulation.CollectPending(_pending);
            Simulation.StepPending(_pending.First(slot => Simulation.ProcessAt(slot).Name == name));
        }

        return this;
    }

    public void Dispose() => Simulation.Dispose();

    private static Func<Simulation, object?> Returning(Action<Simulation> build) => simulation =>
    {
        build(simulation);
        return null;
    };
}

/// <summary>What must hold for every scene: a state restored is the state captured, and goes on as the original does.</summary>
internal static class RoundTrip
{
    /// <summary>Walks by chance, restores every state met in another order, and steps each restored state in every way, as the original would.</summary>
    /// <returns>How many successors were compared.</returns>
    public static int Check(Action<Simulation> build, int seed = 1, int steps = 30, bool symmetry = true)
    {
        var random = new RandomStream((ulong)seed, "walk");
        using var scene = Captured.Of(build, symmetry);
        List<byte[]> states = [];
        List<int> walk = [];
        while (true)
        {
            states.Add(scene.Bytes());
            var places = scene.Places();
            if (places.Count == 0 || walk.Count == steps)
            {
                break;
            }

            walk.Add(places[random.NextInt(places.Count)]);
            if (scene.StepPlace(walk[^1]))
            {
                break;
            }
        }

        int compared = 0;
        for (int i = states.Count - 1; i >= 0; i--)
        {
            compared += CheckState(scene, states, walk, i);
        }

        return compared;
    }

    private static int CheckState(Captured scene, List<byte[]> states, List<int> walk, int at)
    {
        scene.Restore(states[at]);
        Assert.Equal(states[at], scene.Bytes());
        var places = scene.Places();
        foreach (int place in places)
        {
            using var original = scene.Again();
            for (int i = 0; i < at; i++)
            {
                original.Bytes();
                original.StepPlace(walk[i]);
            }

            Assert.Equal(states[at], original.Bytes());
            Assert.Equal(places, original.Places());
            bool over = original.StepPlace(place);
            byte[] expected = original.Bytes();
            scene.Restore(states[at]);
            scene.Bytes();
            bool overToo = scene.StepPlace(place);
            Assert.Equal(original.Simulation.Broken?.Rule, scene.Simulation.Broken?.Rule);   // the message names a process, and names are no state
            Assert.Equal(over, overToo);
            Assert.Equal(expected, scene.Bytes());
        }

        return places.Count;
    }
}
