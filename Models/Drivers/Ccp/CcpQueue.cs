using System.Runtime.CompilerServices;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Drivers;

/// <summary>A hardware queue of ccp and its kthread: one command at a time, completed by a tasklet for which the kthread waits.</summary>
[KernelSource("drivers/crypto/ccp/ccp-dev.c", "ccp_cmd_queue_thread, ccp_do_cmd_complete", Version = "v6.18", Rules = "DM-P3")]
internal sealed class CcpQueue : Waitable, IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly CcpDevice _device;
    private readonly CcpOptions _options;
    private readonly RandomStream _setup;
    private readonly CcpTasklet _tasklet;
    [NotState]
    private readonly Process _thread;   // for diagnosis
    private bool _isWoken;              // the state of a kthread that is not asleep is TASK_RUNNING

    public CcpQueue(LinuxKernel kernel, string name, CcpDevice device, CcpDriver driver, CcpOptions options, RandomStream setup)
        : base(kernel.Simulation, name, "ccp_cmd_queue_thread")
    {
        Idle = true;
        (_kernel, _device, _options, _setup) = (kernel, device, options, setup);
        _tasklet = new CcpTasklet(kernel, driver, options.Tasklet);
        _ = kernel.Softirqs;   // brought up while the machine is built
        _thread = kernel.Simulation.Spawn(name, Thread(), daemon: true);
    }

    /// <summary>It has a command (DM-P3): nobody wakes it for another.</summary>
    public bool IsActive { get; private set; }

    public string Label => Name;

    public string? WhyNobody => null;

    protected override string? WorkLeft => _device.Waiting > 0 && !IsActive ? $"{_device.Waiting} commands wait for a hardware queue" : null;

    /// <summary><c>wake_up_process</c>. Context: any.</summary>
    public void Wake()
    {
        if (HasWaiters)
        {
            Duration delay = _kernel.Cpus.AfterWakeup(FirstWaiter, _options.Wakeup);
            _ = WakeFirstAfter(delay);
        }

        _isWoken = true;
    }

    public void Owners(OwnerList owners) => owners.Add(_thread);

    private async Process Thread()
    {
        _kernel.Enter(CpuContext.Process);
        while (true)
        {
            await ScheduleAsync();
            _isWoken = false;   // set_current_state(TASK_INTERRUPTIBLE)
            CcpCommand? command = _device.Dequeue();
            IsActive = command is not null;
            if (command is not null)
            {
                _isWoken = true;   // __set_current_state(TASK_RUNNING)
                command.Request.BeginService(_kernel.Simulation.Now);
                await _kernel.Simulation.Delay(_options.Setup.Sample(_setup) + _options.Bandwidth.TimeFor(command.Request.Length));
                command.Request.Encrypt(command.Request.Iv);
                _tasklet.Command = command;
                _kernel.Softirqs.Raise(0, _tasklet);
                await _tasklet.Done.WaitAsync();
            }
        }
    }

    /// <summary>Sleeps unless it was woken since it made up its mind to.</summary>
    private Suspension ScheduleAsync([CallerLineNumber] int line = 0) => _isWoken ? Ready : Block(line);
}

/// <summary>Completes a command in softirq (<c>ccp_do_cmd_complete</c>).</summary>
[KernelSource("drivers/crypto/ccp/ccp-dev.c", "ccp_do_cmd_complete", Version = "v6.18", Rules = "DM-P3 DM-X6")]
internal sealed class CcpTasklet(LinuxKernel kernel, CcpDriver driver, Duration cost) : SoftirqWork
{
    private readonly LinuxKernel _kernel = kernel;
    private readonly CcpDriver _driver = driver;
    private readonly Duration _cost = cost;   // CPU time

    /// <summary>What it completes.</summary>
    public CcpCommand? Command { get; set; }

    /// <summary>The kthread waits for it.</summary>
    public Completion Done { get; } = new(kernel, "tdata.completion", "ccp_cmd_queue_thread", Duration.Zero);

    /// <inheritdoc/>
    public override async Operation RunAsync()
    {
        if (_cost > Duration.Zero)
        {
            await _kernel.Cpus.InterruptAsync(RunsOn, _cost);
        }

        CcpCommand command = Command!;
        Command = null;
        _driver.OnCompleted(command);
        Done.Complete();
    }
}
