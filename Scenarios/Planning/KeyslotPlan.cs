using CryptoSim.Simulator;

namespace CryptoSim.Scenarios.Planning;

/// <summary>What is asked about keyslots: the sweep, the host and its load, and what is good enough.</summary>
/// <remarks>Where a scenario is given, host and load are the scenario's, and only what is swept, the criteria, replications and seed count.</remarks>
public sealed record KeyslotPlan
{
    /// <summary>Keyslots of the host, ascending, each 1 to 256.</summary>
    public IReadOnlyList<int> Slots { get; init; } = [1, 2, 4, 8, 16, 32, 64];

    /// <summary>Files, each with a key of its own, ascending; empty for the keys that a scenario says.</summary>
    public IReadOnlyList<int> Keys { get; init; } = [1, 4, 16, 64, 256];

    /// <summary>Exponent of the popularity of the files: the n-th is n to the power of it times rarer than the first; 0: all alike.</summary>
    public decimal Zipf { get; init; } = 1;

    /// <summary>[percent] Shares of the I/O that are not encrypted, ascending, each 1 to 99; empty for a scenario's own workload.</summary>
    public IReadOnlyList<int> Mixes { get; init; } = [10, 30, 50];

    /// <summary>Designs by their words, as <c>no_keyslot</c> spells them.</summary>
    public IReadOnlyList<string> Designs { get; init; } = KeyslotDesigns.Words;

    /// <summary>[1/s] I/Os that arrive, encrypted and not, as a Poisson process; null: as fast as <see cref="Iodepth"/> allows.</summary>
    public int? Iops { get; init; } = 20_000;

    /// <summary>I/Os in flight at most, encrypted and not, each in a task of its own.</summary>
    public int Iodepth { get; init; } = 128;

    /// <summary>Size of one I/O.</summary>
    public DataSize Bs { get; init; } = DataSize.FromKibibytes(4);

    /// <summary>Time of a command in the device.</summary>
    public DurationDistribution Latency { get; init; } = new ConstantDuration(Duration.FromMicroseconds(100));

    /// <summary>Time that programming a key takes.</summary>
    public Duration ProgramKey { get; init; } = Duration.FromMicroseconds(100);

    /// <summary>Programming sleeps, as a call into the secure world does; then dispatch runs with BLK_MQ_F_BLOCKING.</summary>
    public bool ProgrammingSleeps { get; init; } = true;

    /// <summary>Driver tags of each hardware queue.</summary>
    public int QueueDepth { get; init; } = 32;

    /// <summary>Hardware queues.</summary>
    public int HardwareQueues { get; init; } = 1;

    /// <summary>CPUs.</summary>
    public int Cpus { get; init; } = 8;

    /// <summary>Virtual time that each run measures.</summary>
    public Duration Runtime { get; init; } = Duration.FromMilliseconds(300);

    /// <summary>Virtual time before that, in which the slots fill.</summary>
    public Duration Warmup { get; init; } = Duration.FromMilliseconds(150);

    /// <summary>Runs of each point with independent random streams; intervals come from them.</summary>
    public int Replications { get; init; } = 5;

    /// <summary>Seed of every random stream; null: a scenario's own.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Good enough: at most this share of the encrypted I/O finds no keyslot.</summary>
    public double Target { get; init; } = 0.01;

    /// <summary>Good enough: unencrypted I/O takes at most so much longer, on average, than on a host that needs no keyslots.</summary>
    public Duration MaxDelay { get; init; } = Duration.FromMicroseconds(10);

    /// <summary>Good enough: at most this share of the encrypted I/Os that a host without need of keyslots would end is not ended.</summary>
    public double MaxLoss { get; init; } = 0.01;
}
