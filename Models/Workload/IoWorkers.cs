using System.Runtime.CompilerServices;
using CryptoSim.Models.Block;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>Submits each bio of a job in a task of its own, as io_uring does with IOSQE_ASYNC, which fio sets by force_async.</summary>
/// <remarks>
/// <code>
///   SubmitAsync(bio) ──► idle worker, or a new one ──► submit_bio, which may sleep ──► idle
///                           └─ none, and no more allowed: the bio waits for the first that becomes idle
/// </code>
/// The job does not wait for the submission, so that arrivals go on while others sleep in the device's queue. Time passes in
/// the wake-up of a worker: one hop, for a new one too. Not modelled: that Linux creates a worker only when the running one
/// sleeps, and lets idle ones exit after 5 s.
/// </remarks>
[KernelSource("io_uring/io-wq.c", "io_wq_enqueue, io_wq_worker, io_worker_handle_work", Version = "v6.18")]
internal sealed class IoWorkers : Waitable, IBlockDevice, IHolder
{
    private readonly LinuxKernel _kernel;
    private readonly IBlockDevice _device;
    private readonly Queue<Bio> _work = new();       // not yet taken, oldest first
    [NotState]
    private readonly List<Process> _workers = [];    // for diagnosis
    private readonly int _limit;                     // workers at most
    private int _count;                              // workers so far

    public IoWorkers(LinuxKernel kernel, string job, IBlockDevice device, int limit)
        : base(kernel.Simulation, job + ".iou-wrk", "io_wq_worker")
    {
        Idle = true;
        (_kernel, _device, _limit) = (kernel, device, limit);
    }

    /// <inheritdoc/>
    public string Label => Name;

    /// <inheritdoc/>
    public string? WhyNobody => null;

    string IBlockDevice.Name => _device.Name;

    /// <inheritdoc/>
    protected override string? WorkLeft => _work.Count > 0 ? $"{_work.Count} bio{(_work.Count == 1 ? " waits" : "s wait")} for a worker" : null;

    /// <summary>The job hands a bio over. Context: process.</summary>
    public Operation SubmitAsync(Bio bio)
    {
        bio.HeldBy = this;
        _work.Enqueue(bio);
        if (HasWaiters)
        {
            _ = WakeFirstAfter(_kernel.Cpus.AfterWakeup(FirstWaiter, _kernel.Costs.Hop));
        }
        else if (_count < _limit)
        {
            Remember(_kernel.Simulation.Spawn($"{Name}/{_count++}", WorkAsync(), daemon: true));
        }

        return Operation.Completed;
    }

    /// <summary>For diagnosis: any worker may have a bio, or take it.</summary>
    public void Owners(OwnerList owners)
    {
        ArgumentNullException.ThrowIfNull(owners);
        foreach (Process worker in _workers)
        {
            owners.Add(worker);
        }
    }

    private async Process WorkAsync()
    {
        _kernel.Enter(CpuContext.Process);
        if (_kernel.Costs.Hop > Duration.Zero)
        {
            await _kernel.Simulation.Delay(_kernel.Costs.Hop);
        }

        while (true)
        {
            while (_work.Count == 0)
            {
                await WaitForWorkAsync();
            }

            await SubmitNextAsync();
        }
    }

    private Operation SubmitNextAsync() => _device.SubmitAsync(_work.Dequeue());

    private Suspension WaitForWorkAsync([CallerLineNumber] int line = 0) => Block(line);

    private void Remember(Process worker)
    {
        if (_count <= _workers.Count)
        {
            _workers.Clear();   // left there by a state that was explored before
        }

        _workers.Add(worker);
    }
}
