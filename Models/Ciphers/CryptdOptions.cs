using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Ciphers;

/// <summary>cryptd over a software cipher: requests wait in a queue of their CPU for its kworker.</summary>
[Model("cryptd")]
[KernelSource("crypto/cryptd.c", "cryptd_enqueue_request, cryptd_queue_worker", Version = "v6.18", Rules = "DM-P1 SC-8 SC-9")]
public sealed record CryptdOptions : CryptoDeviceOptions
{
    /// <summary>The synchronous cipher that the kworker calls.</summary>
    [NamesPart(typeof(SoftwareCipherOptions))]
    public required string Child { get; init; }

    /// <summary>max_qlen of the queue of each CPU: beyond it a request is answered EBUSY, or refused without MAY_BACKLOG.</summary>
    [Range(1, 65535)]
    [ByKernel]
    [DefaultFrom("CRYPTD_MAX_CPU_QLEN 100 up to 4.1, cryptd_max_cpu_qlen 1000 from 5.8 on (SC-9)")]
    public int? MaxCpuQlen { get; init; }

    /// <summary>What keeps others from the queue of a CPU while a request is put into it.</summary>
    [ByKernel]
    [DefaultFrom("the kernel: bottom-halves-off since 5.19, preemption-off before (DM-B15)")]
    public EnqueueGuard? EnqueueGuard { get; init; }

    /// <summary>Time that an enqueue takes on its CPU, during which a softirq can interrupt it with enqueue_guard: preemption-off.</summary>
    [DefaultFrom("assumed: some tens of ns for two counters and a list; above zero, because the race needs it")]
    public Duration EnqueueTime { get; init; } = Duration.FromNanoseconds(50);

    /// <summary>Time from queueing the work until the kworker runs.</summary>
    [DefaultFrom("one thread hop: ME-A4 minus ME-A5, 11.77us - 6.10us")]
    public Duration Wakeup { get; init; } = new(5_670_000);

    /// <inheritdoc/>
    public override IEnumerable<string> BuiltOn => [Child];

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return new Cryptd(parts.Kernel, parts.Name, (SoftwareCipher)parts.Find(Child), this);
    }

    /// <inheritdoc/>
    public override CryptoAlgorithm Register(string name, KernelVersion kernel, IReadOnlyList<NamedPart<DeviceOptions>> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        CryptoAlgorithm child = ((CryptoDeviceOptions)devices.First(part => part.Name == Child).Options).Register(Child, kernel, devices);
        return child with { Driver = $"cryptd({child.Driver})", Priority = child.Priority + 50, IsAsync = true };
    }

    /// <inheritdoc/>
    public override IEnumerable<OptionProblem> FindProblems(string name, int cpus)
    {
        if (EnqueueTime == Duration.Zero)
        {
            yield return new OptionProblem(name + ".enqueue_time", "is 0: nothing could interrupt an enqueue then");
        }
    }
}

/// <summary>What keeps others from the queue of a CPU while a request is put into it.</summary>
public enum EnqueueGuard
{
    /// <summary>Bottom halves are off: a softirq runs before or after.</summary>
    [KernelSource("crypto/cryptd.c", "cryptd_enqueue_request", Commit = "91e8bcd7b4da", Rules = "DM-B15 SC-8")]
    BottomHalvesOff,

    /// <summary>Preemption is off, so no other task; but a softirq that puts a request in runs in the middle, and its request is lost.</summary>
    [KernelSource("crypto/cryptd.c", "cryptd_enqueue_request", Version = "v4.1", Rules = "DM-B15")]
    PreemptionOff,
}
