using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Caam;

/// <summary>The engines of an accelerator (a job ring's DECOs): each fetches a job from the input ring, processes it, and hands it to the completion line.</summary>
/// <remarks>
/// <code>
///   Add ──► input ring ──► engine 0..m-1: setup + length / bandwidth ──► completion line: latency, if any ──► IJobDriver.OnJobDone
/// </code>
/// Jobs overlap in the completion line, which keeps their order.
/// </remarks>
[KernelSource("drivers/crypto/caam/regs.h", "struct caam_job_ring", Version = "v4.1", Rules = "DM-J2")]
internal sealed class JobEngines
{
    private readonly LinuxKernel _kernel;
    private readonly IJobDriver _driver;
    [NotState]
    private readonly JobRingMeter _meter;                 // beside the ring: fetching a job then touches nothing that others can change
    private readonly EngineTiming _timing;
    private readonly RandomStream _setup;                 // draws in the order in which jobs are fetched
    private readonly Store<CryptoRequest> _input;         // input ring: jobs not yet fetched
    private readonly Store<CryptoRequest> _line;          // finished jobs on their way to the CPU
    private readonly StoreBuffer? _stores;                // entries not yet visible to the hardware; null with a full barrier
    [NotState]
    private readonly Process[] _processes;                // engines, then the completion line if there is one

    /// <summary>Brings the engines up.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="driver">Hears of finished jobs.</param>
    /// <param name="meter">Counts what the engines do.</param>
    /// <param name="timing">How many they are, and how long a job takes.</param>
    /// <param name="setup">Stream of the setup times.</param>
    public JobEngines(LinuxKernel kernel, IJobDriver driver, JobRingMeter meter, EngineTiming timing, RandomStream setup)
    {
        (_kernel, _driver, _meter, _timing, _setup) = (kernel, driver, meter, timing, setup);
        string name = driver.Name;
        Simulation simulation = kernel.Simulation;
        _input = new Store<CryptoRequest>(simulation, name: name + ".input") { Idle = true };
        _line = new Store<CryptoRequest>(simulation, name: name + ".output") { Idle = true };
        _stores = timing.StoreDelay is { } delay ? new StoreBuffer(kernel, name, delay) : null;
        _processes = new Process[timing.Engines + (timing.HasCompletionLine ? 1 : 0)];
        for (int i = 0; i < timing.Engines; i++)
        {
            _processes[i] = simulation.Spawn($"{name}/{timing.Unit}{i}", Engine(), daemon: true);
        }

        if (timing.HasCompletionLine)
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
                await _kernel.Simulation.Delay(_timing.Fetch);
                job.Edesc.IsStale = job.Edesc.IsUnwritten;
            }

            _meter.EngineBusy(+1);
            job.BeginService(_kernel.Simulation.Now);
            _driver.OnJobStarted(job);
            await _kernel.Simulation.Delay(ServiceTime(job));
            _meter.EngineBusy(-1);
            OnJobProcessed(job);
        }
    }

    private Duration ServiceTime(CryptoRequest job) => _timing.Setup.Sample(_setup) + _timing.Bandwidth.TimeFor(job.Length);

    private void OnJobProcessed(CryptoRequest job)
    {
        if (job.Edesc.IsStale || job.Edesc.FailsInHardware)
        {
            job.DoneAt = _kernel.Simulation.Now;
        }
        else
        {
            job.Encrypt(job.Iv);
        }

        job.DoneAt = _kernel.Simulation.Now;
        _driver.OnJobProcessed(job);
        if (_timing.Latency == Duration.Zero)
        {
            _driver.OnJobDone(job);
            return;
        }

        _line.TryPut(job);
    }

    private async Process CompletionLine()
    {
        _kernel.Enter(CpuContext.Hardware);
        while (true)
        {
            CryptoRequest job = await _line.GetAsync();
            VirtualTime now = _kernel.Simulation.Now;
            VirtualTime doneAt = job.DoneAt < now ? job.DoneAt : now;   // later only where another explored state left it behind
            Duration remaining = doneAt + _timing.Latency - now;
            if (remaining > Duration.Zero)
            {
                await _kernel.Simulation.Delay(remaining);
            }

            _driver.OnJobDone(job);
        }
    }
}
