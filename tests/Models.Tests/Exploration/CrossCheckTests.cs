using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.Exploration;

/// <summary>What a search over restored states says is what runs from the start say: nothing that decides is missing from a state, and nothing is restored wrongly.</summary>
public sealed class CrossCheckTests
{
    public static TheoryData<string, int, int, int, int> Laws()
    {
        TheoryData<string, int, int, int, int> rows = [];
        foreach (string variant in (string[])["backlog", "drop-request", "drop-request-worked-around", "backlog-worked-around"])
        {
            rows.Add(variant, 1, 2, 1, 1);
            rows.Add(variant, 2, 2, 1, 1);
            rows.Add(variant, 2, 2, 2, 2);
            rows.Add(variant, 3, 1, 2, 1);
        }

        return rows;
    }

    public static TheoryData<string> Faults() => [.. Enum.GetNames<Fault>()];

    [Theory]
    [MemberData(nameof(Laws))]
    public void Searches_and_re_runs_of_ring_law_visit_the_same_states(string variant, int contexts, int requests, int usable, int engines) =>
        Agree(Law(variant, contexts, requests, usable, engines));

    [Theory]
    [InlineData("caam-4.1")]
    [InlineData("caam-4.1-worked-around")]
    [InlineData("caam-fixed")]
    [InlineData("crypto-engine")]
    [InlineData("crypto-engine-retry")]
    public void Searches_and_re_runs_of_caam_deadlock_visit_the_same_states(string variant) => Agree(CaamDeadlock(variant));

    [Theory]
    [MemberData(nameof(Faults))]
    public void Searches_and_re_runs_of_a_faulty_driver_visit_the_same_states(string fault) => Agree(new LawScene.Factory(
        new LawOptions { Contexts = 2, Requests = 2 },
        kernel =>
        {
            FaultyDriver driver = new(kernel, Enum.Parse<Fault>(fault), entries: 1, engines: 1);
            return (driver, () => driver.Used);
        }));

    [Fact]
    public void Fusion_does_not_end_a_run_while_others_could_still_break_a_rule()
    {
        using IExplorable model = new LawScene.Factory(new LawOptions { Contexts = 1, Requests = 1 }, kernel =>
        {
            FaultyDriver driver = new(kernel, Fault.TouchesAfterFinal, entries: 1, engines: 1);
            return (driver, () => driver.Used);
        }).Build(traced: false);
        StateCodec codec = new(model.Simulation);

        Assert.Contains("broken DM-C9", Visited.By(model, codec, codec, fuse: true).Ends);
    }

    private static void Agree(IExplorableFactory factory)
    {
        using IExplorable model = factory.Build(traced: false);
        StateCodec plain = new(model.Simulation, symmetry: false);
        StateCodec codec = new(model.Simulation);
        Visited withoutSymmetry = Visited.By(model, plain, codec);
        plain.Restore([.. withoutSymmetry.Start]);
        Visited search = Visited.By(model, codec, codec);
        codec.Restore([.. search.Start]);
        Visited fused = Visited.By(model, codec, codec, fuse: true);
        RerunSearch rerun = new(factory, codec);
        rerun.Run();

        Assert.Equal(rerun.Ends, search.Ends);
        Assert.Equal(rerun.States, search.States);
        Assert.Equal(search.Ends, withoutSymmetry.Ends);
        Assert.Equal(search.States, withoutSymmetry.States);
        Assert.Equal(search.Ends, fused.Ends);
        Assert.Subset(search.States, fused.States);
    }

    private static MachineScene.Factory Law(string variant, int contexts, int requests, int usable, int engines) => new(new MachineOptions
    {
        Hardware = new HardwareOptions(),
        Workload = [new NamedPart<WorkloadOptions>("law", new LawOptions
        {
            Contexts = contexts,
            Requests = requests,
            Usable = usable,
            Engines = engines,
            WhenFull = variant.StartsWith("drop", StringComparison.Ordinal) ? WhenFull.DropRequest : WhenFull.Backlog,
            Submit = variant.EndsWith("worked-around", StringComparison.Ordinal) ? Submit.WaitEveryRequest : Submit.WaitOnBusy,
        })],
    });

    private static MachineScene.Factory CaamDeadlock(string variant)
    {
        Scene scene = new();
        return new((scene with
        {
            Cpus = 2,
            Ring = scene.Ring with
            {
                Usable = 1,
                Interrupt = new InterruptOptions(),
                EngineQlen = variant == "crypto-engine-retry" ? 1 : null,
                WhenFull = variant.StartsWith("caam-4.1", StringComparison.Ordinal) ? WhenFull.DropRequest : variant == "caam-fixed" ? WhenFull.Backlog : null,
                Front = variant switch { "crypto-engine" => Front.Engine, "crypto-engine-retry" => Front.EngineRetry, _ => Front.None },
            },
            Target = scene.Target with { Submit = variant == "caam-4.1-worked-around" ? Submit.WaitEveryRequest : Submit.WaitOnBusy },
            Device = new DiskOptions { Latency = new ConstantDuration(Scene.Us * 90), Bandwidth = new Bandwidth(200L << 20) },
        }).With("writer", Scene.WriteUnits(2, number: 2)).Options);
    }
}
