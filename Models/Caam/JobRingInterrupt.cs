using System.Runtime.CompilerServices;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Caam;

/// <summary>The interrupt of an accelerator such as a job ring and the tasklet behind it.</summary>
/// <remarks>
/// <code>
///   OnOutput ──► output ring ──► coalescing ──► hardirq: mask, schedule tasklet ──► tasklet: retire one by one ──► unmask
/// </code>
/// Jobs that arrive while the tasklet runs are retired without another interrupt (DM-J11). The line is level triggered: an
/// output ring that is not empty when the interrupt is unmasked raises it again; the tasklet leaves it empty, and with it the
/// coalescing timer stops.
/// Time passes in the hardirq handler and, for each job, in the tasklet; both take it from the CPU they run on.
/// </remarks>
[KernelSource("drivers/crypto/caam/jr.c", "caam_jr_interrupt, caam_jr_dequeue", Version = "v4.1", Rules = "DM-J8 DM-J9 DM-J11")]
internal sealed class JobRingInterrupt : Waitable
{
    private readonly LinuxKernel _kernel;
    private readonly IJobDriver _driver;
    [NotState]
    private readonly JobRingMeter _meter;
    private readonly InterruptOptions _options;
    private readonly int _threshold;                          // finished jobs that raise the interrupt, 1 without coalescing
    private readonly CoalesceTimer? _timer;                   // raises it after the first finished job; null without coalescing
    private readonly Queue<CryptoRequest> _output = new();    // output ring: ORSF entries
    [NotState]
    private readonly Process _process;                        // for diagnosis
    private bool _raised;                                     // the line is up and not masked
    private bool _masked;                                     // IMSK is set

    /// <summary>Requests the interrupt.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="driver">Retires finished jobs.</param>
    /// <param name="meter">Counts interrupts.</param>
    /// <param name="options">What the handlers cost, and where they run.</param>
    /// <param name="coalesce">Coalescing; null for none.</param>
    /// <param name="function">The hardirq handler, e.g. <c>caam_jr_interrupt</c>.</param>
    public JobRingInterrupt(LinuxKernel kernel, IJobDriver driver, JobRingMeter meter, InterruptOptions options, CoalesceOptions? coalesce, string function)
        : base(kernel.Simulation, driver.Name + ".irq", function)
    {
        Idle = true;
        (_kernel, _driver, _meter, _options) = (kernel, driver, meter, options);
        _threshold = coalesce?.Count ?? 1;
        _timer = coalesce is null ? null : new CoalesceTimer(kernel.Simulation, driver.Name, this, coalesce.Timer);
        _process = kernel.Simulation.Spawn(driver.Name, Handler(), daemon: true);
    }

    /// <summary>True while the coalescing timer runs.</summary>
    public bool HasArmedTimer => _timer?.IsArmed == true;

    protected override string? WorkLeft => _output.Count > 0 && !_masked && !HasArmedTimer
        ? $"the output ring of {_driver.Name} holds {_output.Count} finished job{(_output.Count == 1 ? "" : "s")} and its interrupt is not masked"
        : null;

    /// <summary>A finished job appears in the output ring. Context: hardware.</summary>
    public void OnOutput(CryptoRequest request)
    {
        _output.Enqueue(request);
        _meter.JobDone();
        if (_output.Count >= _threshold)
        {
            _timer?.Cancel();
            Raise();
        }
        else
        {
            _timer?.Start();
        }
    }

    /// <summary>The coalescing timer ran out with a finished job waiting. Context: hardware.</summary>
    public void OnCoalesceTimeout()
    {
        if (_output.Count > 0)
        {
            Raise();
        }
    }

    public void Owners(OwnerList owners)
    {
        owners.Add(_process);
        _timer?.Owners(owners);
    }

    private void Raise()
    {
        if (_masked || _raised)
        {
            return;
        }

        _raised = true;
        if (HasWaiters)
        {
            WakeFirst();
        }
    }

    private async Process Handler()
    {
        while (true)
        {
            await WaitForInterruptAsync();
            _kernel.Enter(CpuContext.Hardirq);
            (_raised, _masked) = (false, true);
            _meter.Interrupt();
            _kernel.Tracer?.Emit(TraceKind.Step, Symbol, target: _driver.Name, detail: "mask, schedule tasklet");
            if (_options.Hardirq > Duration.Zero)
            {
                await _kernel.Cpus.InterruptAsync(_options.Cpu, _options.Hardirq);
            }

            _kernel.Enter(CpuContext.Softirq);
            while (_output.Count > 0)
            {
                _output.Peek().Track?.Enter(TimelinePhase.Respond);
                if (_options.Tasklet > Duration.Zero)
                {
                    await _kernel.Cpus.InterruptAsync(_options.Cpu, _options.Tasklet);
                }

                _driver.Retire(_output.Dequeue());
            }

            _timer?.Cancel();
            _masked = false;
        }
    }

    private Suspension WaitForInterruptAsync([CallerLineNumber] int line = 0) => _raised ? Ready : Block(line);
}
