using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Caam;

/// <summary>The engines (DECOs) of a job ring: each fetches a job from the input ring, processes it, and hands it to the completion line.</summary>
/// <remarks>
/// <code>
///   Add ──► input ring ──► engine 0..m-1: setup + length / bandwidth ──► completion line: latency, if any ──► JobRing.OnJobDone
/// </code>
/// Jobs overlap in the completion line, which keeps their order.
/// </remarks>
[KernelSource("drivers/crypto/caam/regs.h", "struct caam_job_ring", Version = "v4.1", Rules = "DM-J2")]
internal sealed class JobEngines
{
    private readonly LinuxKernel _kernel;
    private readonly JobRing _ring;
    [NotState]
    private readonly JobRingMeter _meter;                 // beside the ring: fetching a job then touches nothing that others can change
    private readonly JobRingOptions _options;
    private readonly RandomStream _setup;                 // draws in the order in which jobs are fetched
    private readonly Store<CryptoRequest> _input;         // input ring: jobs not yet fetched
    private readonly Store<CryptoRequest> _line;          // finished jobs on their way to the CPU
    private readonly StoreBuffer? _stores;                // entries not yet visible to the hardware; null with a full barrier
    [NotState]
    private readonly Process[] _processes;                // engines, then the completion line if there is one

    public JobEngines(LinuxKernel kernel, string name, JobRing ring, JobRingOptions options, RandomStream setup)
    {
        (_kernel, _ring, _meter, _options, _setup) = (kernel, ring, ring.Meter, options, setup);
        Simulation simulation = kernel.Simulation;
        _input = new Store<CryptoRequest>(simulation, name: name + ".input") { Idle = true };
        _line = new Store<CryptoRequest>(simulation, name: name + ".output") { Idle = true };
        _stores = options.Barrier == Barrier.Weak ? new StoreBuffer(kernel, name, options.StoreDelay) : null;
        _processes = new Process[options.Engines + (options.HasCompletionLine ? 1 : 0)];
        for (int i = 0; i < options.Engines; i++)
        {
            _processes[i] = simulation.Spawn($"{name}/deco{i}", Engine(), daemon: true);
        }

        if (options.HasCompletionLine)
        {
            _processes[^1] = simulation.Spawn(name + "/line", CompletionLine(), daemon: true);
        }
    }

    /// <summary>Jobs in the input ring that no engine has fetched.</summary>
    public int Unfetched => _input.Count;

    /// <summary>Writes a job to the input ring.</summary>
    public void Add(CryptoRequest request)
    {
        _stores?.Add(request);
        _input.TryPut(request);
    }

    public void Owners(OwnerList owners)
    {
        foreach (Process process in _processes)
        {
            owners.Add(process);
        }
    }

    private async Process Engine()
    {
        _kernel.Enter(CpuContext.Hardware);
        while (true)
        {
            CryptoRequest job = await _input.GetAsync();
            if (_stores is not null)
            {
                await _kernel.Simulation.Delay(_options.Fetch);
                job.Edesc.IsStale = job.Edesc.IsUnwritten;
            }

            _meter.EngineBusy(+1);
            await _kernel.Simulation.Delay(ServiceTime(job));
            _meter.EngineBusy(-1);
            OnJobProcessed(job);
        }
    }

    private Duration ServiceTime(CryptoRequest job) => _options.Setup.Sample(_setup) + _options.Bandwidth.TimeFor(job.Length);

    private void OnJobProcessed(CryptoRequest job)
    {
        if (!job.Edesc.IsStale && !_ring.Descriptors.FailsInHardware(job))
        {
            job.Encrypt(job.Iv);
        }

        if (_options.Interrupt.Latency == Duration.Zero)
        {
            _ring.OnJobDone(job);
            return;
        }

        job.DoneAt = _kernel.Simulation.Now;
        _line.TryPut(job);
    }

    private async Process CompletionLine()
    {
        _kernel.Enter(CpuContext.Hardware);
        while (true)
        {
            CryptoRequest job = await _line.GetAsync();
            Duration remaining = job.DoneAt + _options.Interrupt.Latency - _kernel.Simulation.Now;
            if (remaining > Duration.Zero)
            {
                await _kernel.Simulation.Delay(remaining);
            }

            _ring.OnJobDone(job);
        }
    }
}
