using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;
using FsCheck.Fluent;

namespace CryptoSim.Models.Tests.Kernel;

public sealed class CpusTests
{
    [Fact]
    public void One_CPU_serves_slices_first_come_first_served()
    {
        Assert.Equal(["a@10", "b@30", "c@60"], Run(1, [], ("a", 0, 10), ("b", 0, 20), ("c", 1, 30)));
    }

    [Fact]
    public void A_CPU_that_was_idle_starts_a_slice_when_it_comes()
    {
        Assert.Equal(["a@10", "b@55"], Run(1, [], ("a", 0, 10), ("b", 50, 5)));
    }

    [Fact]
    public void Each_of_several_CPUs_takes_a_slice()
    {
        Assert.Equal(["a@10", "b@10", "c@20", "d@20"], Run(2, [], ("a", 0, 10), ("b", 0, 10), ("c", 0, 10), ("d", 0, 10)));
    }

    [Fact]
    public void A_slice_goes_to_the_CPU_that_is_free_first()
    {
        Assert.Equal(["b@10", "c@15", "a@100"], Run(2, [], ("a", 0, 100), ("b", 0, 10), ("c", 0, 5)));
    }

    [Fact]
    public void A_slice_without_cost_takes_no_CPU()
    {
        Assert.Equal(["b@0", "a@10"], Run(1, [], ("a", 0, 10), ("b", 0, 0)));
    }

    [Fact]
    public void An_interrupt_pushes_back_the_slice_that_runs_and_those_behind_it()
    {
        Assert.Equal(["a@14", "b@24"], Run(1, [(5, 4)], ("a", 0, 10), ("b", 0, 10)));
    }

    [Fact]
    public void Interrupts_run_one_after_the_other_and_a_slice_waits_for_them()
    {
        // Interrupts of 6 from 5 and from 11 (came at 8); a slice that comes at 9 starts at 17.
        Assert.Equal(["a@27"], Run(1, [(5, 6), (8, 6)], ("a", 9, 10)));
    }

    [Fact]
    public void An_interrupt_at_the_end_of_a_slice_comes_too_late_for_it()
    {
        Assert.Equal(["a@10", "b@24"], Run(1, [(10, 4)], ("a", 0, 10), ("b", 0, 10)));
    }

    [Fact]
    public void At_one_instant_an_interrupt_comes_before_the_end_of_a_slice_however_both_were_armed()
    {
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, 1);
        List<string> log = [];
        simulation.Spawn("early", Slice(kernel, "slice", 0, 10, log));
        simulation.Spawn("late", Hardware(kernel, 5, 5, log));
        simulation.Run();

        Assert.Equal(["hardware@10", "slice@10"], log);
    }

    [Fact]
    public void A_slice_that_was_pushed_back_still_comes_after_the_interrupts_of_its_instant()
    {
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, 1);
        List<string> log = [];
        simulation.Spawn("early", Slice(kernel, "slice", 0, 10, log));
        simulation.Spawn("irq", Interrupt(kernel, 3, 4));
        simulation.Spawn("late", Hardware(kernel, 13, 1, log));
        simulation.Run();

        Assert.Equal(["hardware@14", "slice@14"], log);
    }

    [Fact]
    public void An_interrupt_leaves_the_other_CPUs_alone()
    {
        // The highest numbered free CPU is taken first: a on CPU 1, b on CPU 0, where the interrupt is.
        Assert.Equal(["a@10", "b@14"], Run(2, [(5, 4)], ("a", 0, 10), ("b", 0, 10)));
    }

    [Fact]
    public void Time_spent_is_accounted_to_processes_and_to_interrupts()
    {
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, 1);
        simulation.Spawn("a", Slice(kernel, "a", 0, 10, []));
        simulation.Spawn("irq", Interrupt(kernel, 5, 4));
        simulation.Run();

        Assert.Equal(10_000, kernel.Cpus.TaskPicoseconds);
        Assert.Equal(4_000, kernel.Cpus.InterruptPicoseconds);
    }

    [Fact]
    public void Work_is_conserved_on_one_CPU_whatever_interrupts_come()
    {
        // Slices queued at 0 end exactly at the sum of all costs up to and including themselves, as long as interrupts
        // come while they run; compared with a simulation of 1 ns steps.
        var inputs = FsCheck.Fluent.Arb.From(
            from slices in Gen.Choose(1, 30).NonEmptyListOf()
            from interrupts in Gen.Two(Gen.Choose(1, 100)).ListOf()
            select (Slices: slices.ToArray(), Interrupts: interrupts.Select(i => ((long)i.Item1, (long)i.Item2)).ToArray()));
        Properties.Check(
            inputs,
            (input) =>
            {
                (string, long, long)[] slices = [.. input.Slices.Select((cost, i) => ($"s{i:000}", 0L, (long)cost))];
                return Run(1, input.Interrupts, slices).SequenceEqual(Stepwise(input.Slices, input.Interrupts));
            });
    }

    /// <summary>The same CPU one nanosecond at a time: interrupts first.</summary>
    private static IEnumerable<string> Stepwise(int[] slices, (long At, long Cost)[] interrupts)
    {
        long pending = 0;
        int slice = 0;
        int left = slices[0];
        for (long now = 0; slice < slices.Length; now++)
        {
            pending += interrupts.Where(i => i.At == now).Sum(i => i.Cost);
            if (pending > 0)
            {
                pending--;
                continue;
            }

            if (--left == 0)
            {
                yield return $"s{slice:000}@{now + 1}";
                slice++;
                left = slice < slices.Length ? slices[slice] : 0;
            }
        }
    }

    private static List<string> Run(int cpus, (long At, long Cost)[] interrupts, params (string Name, long At, long Cost)[] slices)
    {
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, cpus);
        List<string> log = [];
        foreach ((string name, long at, long cost) in slices)
        {
            simulation.Spawn(name, Slice(kernel, name, at, cost, log));
        }

        foreach ((long at, long cost) in interrupts)
        {
            simulation.Spawn("irq", Interrupt(kernel, at, cost));
        }

        Assert.Equal(End.Completed, simulation.Run().End);
        return log;
    }

    private static async Process Slice(LinuxKernel kernel, string name, long at, long cost, List<string> log)
    {
        kernel.Enter(CpuContext.Process);
        if (at > 0)
        {
            await kernel.Simulation.Delay(Duration.FromNanoseconds(at));
        }

        await kernel.Cpus.RunAsync(Duration.FromNanoseconds(cost));
        log.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name}@{kernel.Simulation.Now.Nanoseconds:0}"));
    }

    private static async Process Hardware(LinuxKernel kernel, long at, long takes, List<string> log)
    {
        kernel.Enter(CpuContext.Hardware);
        await kernel.Simulation.Delay(Duration.FromNanoseconds(at));
        await kernel.Simulation.Delay(Duration.FromNanoseconds(takes));
        log.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"hardware@{kernel.Simulation.Now.Nanoseconds:0}"));
    }

    private static async Process Interrupt(LinuxKernel kernel, long at, long cost)
    {
        kernel.Enter(CpuContext.Hardirq);
        await kernel.Simulation.Delay(Duration.FromNanoseconds(at));
        await kernel.Cpus.InterruptAsync(0, Duration.FromNanoseconds(cost));
    }
}
