using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.Kernel;

public sealed class ObjectLifetimeTests
{
    [Fact]
    public void Memory_that_is_used_while_it_is_allocated_is_no_fault()
    {
        (End end, _, _, _) = After(o =>
        {
            o.Allocate();
            o.Touch();
            o.Free("kfree_first");
            o.Allocate();
            o.Touch();
            o.Free("kfree_second");
        });

        Assert.Equal(End.Completed, end);
    }

    [Fact]
    public void Freed_memory_that_is_touched_names_the_rule_and_both_functions()
    {
        (End end, string? rule, string? message, TraceEvent? fault) = After(o =>
        {
            o.Allocate();
            o.Free("skcipher_do_one_req");
            o.Touch();
        });

        Assert.Equal((End.Fault, "DM-J16"), (end, rule));
        Assert.Equal("BUG: KASAN: use-after-free in skcipher_crypt_done: skcipher_edesc of req#1 was freed in skcipher_do_one_req", message);
        Assert.Equal(("skcipher_crypt_done", "req#1"), (fault?.Function, fault?.Subject));
    }

    [Fact]
    public void Freed_memory_that_is_freed_again_is_a_double_free()
    {
        (End end, string? rule, string? message, _) = After(o =>
        {
            o.Allocate();
            o.Free("skcipher_do_one_req");
            o.Free("skcipher_crypt");
        });

        Assert.Equal((End.Fault, "DM-J16"), (end, rule));
        Assert.Equal("BUG: KASAN: double-free in skcipher_crypt: skcipher_edesc of req#1 was freed in skcipher_do_one_req", message);
    }

    private static (End End, string? Rule, string? Message, TraceEvent? Fault) After(Action<Watched> steps)
    {
        List<TraceEvent> trace = [];
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, 1, new Tracer(0, 0, trace.Add));
        simulation.Spawn("test", Run(kernel, steps));
        Outcome outcome = simulation.Run();
        return (outcome.End, outcome.Rule, outcome.Message, trace.Find(e => e.Kind == TraceKind.Fault));
    }

    private static async Process Run(LinuxKernel kernel, Action<Watched> steps)
    {
        kernel.Enter(CpuContext.Softirq);
        await kernel.Simulation.Delay(Duration.FromNanoseconds(1));
        steps(new Watched(kernel));
    }

    private sealed class Watched(LinuxKernel kernel) : IHolder
    {
        private static readonly KernelType Edesc = new("skcipher_edesc", "DM-J16");
        private ObjectLifetime _memory;

        public string Label => "req#1";

        public string? WhyNobody => null;

        public void Owners(OwnerList owners)
        {
        }

        public void Allocate() => _memory.Allocate();

        public void Free(string function) => _memory.Free(kernel, function, Edesc, this);

        public void Touch() => _memory.Touch(kernel, "skcipher_crypt_done", Edesc, this);
    }
}
