using System.Runtime.CompilerServices;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Block;

/// <summary>The interrupt of a block device on one CPU.</summary>
[KernelSource("block/blk-mq.c", "blk_mq_complete_request", Version = "v6.18", Rules = "DM-X1 DM-D40")]
internal sealed class InterruptLine : Waitable, IAtomicRunner
{
    private readonly LinuxKernel _kernel;
    private readonly BlockDevice _device;
    private readonly BlockInterruptOptions _options;
    private readonly int _cpu;                              // 0-based
    private readonly Queue<Bio> _done = new();              // the device is done with them, oldest first
    private readonly Queue<SoftirqWork> _next = new();      // runs after the bio that ends now
    private readonly BlockDone? _softirq;                   // null if bios end in the interrupt itself
    private readonly Process _process;

    public InterruptLine(LinuxKernel kernel, BlockDevice device, BlockInterruptOptions options, int cpu)
        : base(kernel.Simulation, $"{device.Name}.irq/{cpu}", "handle_irq_event")
    {
        Idle = true;
        (_kernel, _device, _options, _cpu) = (kernel, device, options, cpu);
        if (options.Context == BioEnd.Softirq)
        {
            _ = kernel.Softirqs;   // brought up while the machine is built
            _softirq = new BlockDone(kernel, device, options.Cost);
        }

        _process = kernel.Simulation.Spawn(options.Context == BioEnd.IrqsOff ? $"swapper/{cpu}" : Name, Run(), daemon: true);
        kernel.Add(this);
    }

    public string Label => Name;

    public string? WhyNobody => null;

    protected override string? WorkLeft => _done.Count > 0 ? $"{_done.Count} bio{(_done.Count == 1 ? "" : "s")} of {_device.Name} wait for it" : null;

    /// <summary>The device is done with a bio.</summary>
    public void Raise(Bio bio)
    {
        _done.Enqueue(bio);
        if (HasWaiters)
        {
            WakeFirst();
        }
    }

    public bool Runs(Process process) => process == _process;

    public void RunNext(SoftirqWork work)
    {
        if (!work.IsRaised)
        {
            (work.IsRaised, work.RunsOn) = (true, _cpu);
            _next.Enqueue(work);
        }
    }

    public void Owners(OwnerList owners)
    {
        owners.Add(_process);
        if (_softirq is not null)
        {
            _kernel.Softirqs.Owners(_cpu, owners);
        }
    }

    [KernelSource("kernel/irq/handle.c", "handle_irq_event", Version = "v6.18")]
    private async Process Run()
    {
        _kernel.Enter(_options.Context == BioEnd.IrqsOff ? CpuContext.IrqsOff : CpuContext.Hardirq, _cpu);
        while (true)
        {
            while (_done.Count == 0)
            {
                await WaitForInterruptAsync();
            }

            await SpendAsync(_kernel.Costs.Hardirq);
            while (_done.TryDequeue(out Bio? bio))
            {
                if (_softirq is not null)
                {
                    _softirq.Add(bio, _cpu);
                    continue;
                }

                await SpendAsync(_options.Cost);
                _device.EndBio(bio);
                await RunNextAsync();
            }
        }
    }

    private async Operation RunNextAsync()
    {
        while (_next.TryDequeue(out SoftirqWork? work))
        {
            work.IsRaised = false;
            await work.RunAsync();
        }
    }

    private Operation SpendAsync(Duration cost) => cost == Duration.Zero ? Operation.Completed : SpendSomeAsync(cost);

    private async Operation SpendSomeAsync(Duration cost) => await _kernel.Cpus.HardirqAsync(_cpu, cost);

    private Suspension WaitForInterruptAsync([CallerLineNumber] int line = 0) => Block(line);
}
