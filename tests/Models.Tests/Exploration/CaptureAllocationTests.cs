using CryptoSim.Models.Caam;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Models.Tests.Exploration;

public sealed class CaptureAllocationTests
{
    [Theory]
    [InlineData("ring-law")]
    [InlineData("dm-crypt")]
    public void Ten_thousand_captures_and_restores_allocate_nothing(string scene)
    {
        using Machine machine = ExploredMachine.Build(Options(scene));
        var run = new SteppedRun(machine.Simulation);
        var codec = new StateCodec(machine.Simulation);
        List<byte[]> states = [];
        for (int i = 0; i < 200 && !run.IsOver; i++)
        {
            if (i % 5 == 0)
            {
                states.Add(codec.Capture().ToArray());
            }

            run.Step(i % run.Count);
        }

        Assert.True(states.Count >= 3, $"{states.Count} states");
        Alternate(codec, states, 20 * states.Count);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Alternate(codec, states, 10_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static MachineOptions Options(string scene)
    {
        if (scene == "ring-law")
        {
            return ExploredMachine.Options(new LawOptions { Contexts = 3, Requests = 3, Usable = 2, Engines = 2 });
        }

        Scene dmCrypt = new();
        return (dmCrypt with { Ring = dmCrypt.Ring with { Depth = 4 } }).With("fio", Scene.Write("4KiB", number: 2)).Options;
    }

    private static void Alternate(StateCodec codec, List<byte[]> states, int times)
    {
        for (int i = 0; i < times; i++)
        {
            codec.Restore(states[i % states.Count]);
            if (!codec.Capture().SequenceEqual(states[i % states.Count]))
            {
                throw new InvalidOperationException("a restored state is another");
            }
        }
    }
}
