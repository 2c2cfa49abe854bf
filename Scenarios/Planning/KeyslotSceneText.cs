using System.Globalization;
using CryptoSim.Simulator;

namespace CryptoSim.Scenarios.Planning;

/// <summary>The machine of a plan as a scenario of its own, so that any point of the sweep can be run by itself.</summary>
internal static class KeyslotSceneText
{
    /// <summary>Name of the host.</summary>
    public const string Host = "ufs0";

    /// <summary>Name of the job whose I/O is encrypted.</summary>
    public const string Encrypted = "encrypted";

    /// <summary>Name of the job whose I/O is not.</summary>
    public const string Plain = "plain";

    private const long Region = 1L << 30;   // [B] of each job; assumed: far more than is kept in any cache

    /// <summary>The scenario at the first point of the sweep; <see cref="KeyslotScene"/> makes the others of it.</summary>
    public static string Of(KeyslotPlan plan) => $$"""
        # yaml-language-server: $schema=../scenario.schema.json
        #
        # The machine of a keyslot plan, at one point of its sweep. Any other point is this
        # scenario with --set {{Host}}.keyslots=N, --set {{Host}}.no_keyslot=DESIGN and another number of keys.

        scenario: keyslot-plan
        about: One point of a keyslot plan.
        seed: {{Number((plan.Seed ?? 1))}}
        replicate: {{Number(plan.Replications)}}
        warmup: {{plan.Warmup.ToExactString()}}
        time_limit: {{TimeLimit(plan).ToExactString()}}

        hardware:
          cpus: {{Number(plan.Cpus)}}
          {{Host}}:
            model: inline-crypto
            keyslots: {{Number(plan.Slots[^1])}}
            no_keyslot: {{plan.Designs[0]}}
            program_key: {{plan.ProgramKey.ToExactString()}}
            programming: {{(plan.ProgrammingSleeps ? "sleeping" : "atomic")}}
            blocking: {{(plan.ProgrammingSleeps ? "true" : "false")}}
            latency: {{plan.Latency.ToExactString()}}
            queue_depth: {{Number(plan.QueueDepth)}}
            hardware_queues: {{Number(plan.HardwareQueues)}}

        workload:
          {{Encrypted}}: { {{Job(plan)}}, {{Load(plan, plan.Mixes[0], isPlain: false)}}, keys: { count: {{Number(plan.Keys[^1])}}, zipf: {{plan.Zipf.ToString(CultureInfo.InvariantCulture)}} } }
          {{Plain}}: { {{Job(plan)}}, {{Load(plan, plan.Mixes[0], isPlain: true)}} }

        """;

    /// <summary>[1/s] Of the load, what one of the jobs submits.</summary>
    public static int? Iops(KeyslotPlan plan, int mix, bool isPlain) => plan.Iops is { } iops ? Share(iops, mix, isPlain) : null;

    /// <summary>Of the I/Os in flight, what one of the jobs may have.</summary>
    public static int Iodepth(KeyslotPlan plan, int mix, bool isPlain) => Share(plan.Iodepth, mix, isPlain);

    private static int Share(int whole, int mix, bool isPlain)
    {
        int plain = Math.Clamp((int)Math.Round(whole * mix / 100.0, MidpointRounding.AwayFromZero), 1, whole - 1);
        return isPlain ? plain : whole - plain;
    }

    private static string Job(KeyslotPlan plan)
    {
        DataSize region = new(Math.Max(Region, plan.Bs.Bytes * plan.Keys[^1]));
        return $"device: {Host}, rw: randread, bs: {plan.Bs.ToExactString()}, size: {region.ToExactString()}, runtime: {(plan.Warmup + plan.Runtime).ToExactString()}, submits_in: io-wq";
    }

    private static string Load(KeyslotPlan plan, int mix, bool isPlain)
    {
        string depth = "iodepth: " + Number(Iodepth(plan, mix, isPlain));
        return Iops(plan, mix, isPlain) is { } iops ? $"{depth}, rate_iops: {Number(iops)}, rate_process: poisson" : depth;
    }

    /// <summary>Long enough for whatever is in flight at the end, and short enough for a machine that stands still.</summary>
    private static Duration TimeLimit(KeyslotPlan plan) => plan.Warmup + (plan.Runtime * 2) + Duration.FromSeconds(1);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Number(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
