using CryptoSim.Simulator.Benchmarks;

namespace CryptoSim.Simulator.Tests.Scheduling;

/// <summary>Zero bytes per event and per process, once warm, for the work of every benchmark row.</summary>
public sealed class AllocationTests
{
    /// <summary>A debug build compiles state machines to classes: only there a new process costs one.</summary>
    private static readonly bool MachinesAreStructs = !System.Diagnostics.Debugger.IsAttached && IsOptimized();

    public static TheoryData<string> Rows => ["hold-1", "hold-100", "hold-10k", "pingpong", "mm1", "mm1-two-process", "store", "ring", "rerun"];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_allocates_nothing_once_warm(string row)
    {
        var workload = Make(row);
        workload.Run(25_000);
        workload.Run(25_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        workload.Run(2_000);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        (workload as IDisposable)?.Dispose();
        Assert.True(bytes == 0 || (!MachinesAreStructs && StartsProcesses(row)), $"{row} allocated {bytes} bytes in 2000 operations");
    }

    [Fact]
    public void Operations_with_values_interrupts_and_timeouts_allocate_nothing_once_warm()
    {
        using var simulation = new Simulation();
        var signal = new Signal(simulation) { Idle = true };
        var sleeper = simulation.Spawn("sleeper", SleepAsync(simulation));
        simulation.Spawn("poker", PokeAsync(simulation, signal, sleeper));
        simulation.Run(new RunLimits(), 5_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        simulation.Run(new RunLimits(), 5_000);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(bytes == 0 || !MachinesAreStructs, $"{bytes} bytes in 5000 events");
    }

    private static async Process SleepAsync(Simulation simulation)
    {
        while (true)
        {
            await simulation.DelayPicoseconds(1000);
        }
    }

    private static async Process PokeAsync(Simulation simulation, Signal signal, Process sleeper)
    {
        while (true)
        {
            _ = await AddAsync(simulation, 1, "two");
            await signal.WaitAsync(new Duration(5));
            simulation.Interrupt(sleeper);
        }
    }

    private static async Operation<string> AddAsync(Simulation simulation, int delay, string answer)
    {
        await simulation.DelayPicoseconds(delay);
        return answer;
    }

    private static bool StartsProcesses(string row) => row is "mm1" or "mm1-two-process" or "store" or "rerun";

    private static IWorkload Make(string row) => row switch
    {
        "hold-1" => new Hold(1),
        "hold-100" => new Hold(100),
        "hold-10k" => new Hold(10_000),
        "pingpong" => new PingPong(),
        "mm1" => new Mm1(),
        "mm1-two-process" => new Mm1TwoProcess(),
        "store" => new BoundedStore(),
        "ring" => new Ring(),
        _ => new Rerun(),
    };

    private static bool IsOptimized()
    {
        static async Process ProbeAsync()
        {
            await default(Suspension);
        }

        var machine = typeof(AllocationTests).GetNestedTypes(System.Reflection.BindingFlags.NonPublic)
            .First(type => type.Name.Contains(nameof(ProbeAsync), StringComparison.Ordinal));
        return machine.IsValueType && (object)(Func<Process>)ProbeAsync is not null;
    }
}
