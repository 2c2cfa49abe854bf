using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Simulator.Tests.Exploration.Capture;

/// <summary>Symmetry and fusion cost no verdict and no end.</summary>
public sealed class ReductionTests
{
    public static TheoryData<string, bool, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool, bool>();
            foreach (string scene in new[] { "philosophers", "one fork first", "barrier", "lost wakeup", "looks again" })
            {
                cases.Add(scene, true, false);
                cases.Add(scene, false, true);
                cases.Add(scene, true, true);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Verdict_and_kinds_of_ends_are_those_of_the_plain_search(string scene, bool symmetry, bool fusion)
    {
        var plain = Explore(scene, symmetry: false, fusion: false);
        var reduced = Explore(scene, symmetry, fusion);
        Assert.Equal((plain.Verdict, plain.Found), (reduced.Verdict, reduced.Found));
        Assert.True(reduced.Counts.States <= plain.Counts.States, $"{reduced.Counts.States} states of {plain.Counts.States}");
        Assert.Equal((plain.Counts.GoodEnds > 0, plain.Counts.BadEnds > 0), (reduced.Counts.GoodEnds > 0, reduced.Counts.BadEnds > 0));
        var unfused = Explore(scene, symmetry, fusion: false);
        Assert.Equal(unfused.EndStates.Count, reduced.EndStates.Count);
    }

    [Fact]
    public void Equal_processes_make_fewer_states_with_symmetry()
    {
        long plain = Explore("barrier", symmetry: false, fusion: false).Counts.States;
        long symmetric = Explore("barrier", symmetry: true, fusion: false).Counts.States;
        Assert.True(symmetric < plain, $"{symmetric} of {plain}");
    }

    private static ExplorationResult Explore(string scene, bool symmetry, bool fusion)
    {
        var options = new ExplorationOptions { RandomRuns = 0, PctRuns = 0, All = true, Symmetry = symmetry, Fusion = fusion };
        return new Explorer(Factory(scene), options).Run();
    }

    private static TinyFactory Factory(string scene) => scene switch
    {
        "lost wakeup" => Tiny.LostWakeup(1),
        "looks again" => Tiny.LostWakeup(1, looksAgain: true),
        "barrier" => new TinyFactory(model =>
        {
            var barrier = new Barrier(model.Simulation);
            for (int i = 0; i < 3; i++)
            {
                model.Simulation.Spawn($"b{i}", barrier.ArriveAsync());
            }
        }),
        _ => new TinyFactory(model =>
        {
            Resource[] forks = [.. Enumerable.Range(0, 3).Select(i => new Resource(model.Simulation, 1, $"fork{i}"))];
            for (int i = 0; i < 3; i++)
            {
                bool turned = scene != "philosophers" && i == 2;
                model.Simulation.Spawn($"p{i}", EatAsync(model.Simulation, forks[turned ? 0 : i], forks[turned ? i : (i + 1) % 3]));
            }
        }),
    };

    private static async Process EatAsync(Simulation simulation, Resource first, Resource second)
    {
        await simulation.DelayPicoseconds(1);
        await first.AcquireAsync();
        await simulation.DelayPicoseconds(1);
        await second.AcquireAsync();
        first.Release();
        second.Release();
    }

    private sealed class Barrier(Simulation simulation)
    {
        private readonly Signal _full = new(simulation, "full");
        private int _missing = 3;

        public async Process ArriveAsync()
        {
            for (int i = 0; i < 2; i++)
            {
                await simulation.DelayPicoseconds(1);
            }

            if (--_missing > 0)
            {
                await _full.WaitAsync();
            }

            _full.Fire();
        }
    }
}
