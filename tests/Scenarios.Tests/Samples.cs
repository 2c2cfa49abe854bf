namespace CryptoSim.Scenarios.Tests;

/// <summary>Scenarios for the tests, small enough to read.</summary>
internal static class Samples
{
    public const string Deadlock = """
        # yaml-language-server: $schema=../scenario.schema.json
        #
        # dm-crypt on a job ring that drops the request it answers EBUSY.
        #
        # Second paragraph.

        scenario: caam-deadlock
        about: A driver that drops a request hangs dm-crypt.
        source:
          mail: 000_3c7679767576e472
          code: [drivers/md/dm-crypt.c, drivers/crypto/caam/jr.c]

        seed: 1
        time_limit: 1s

        hardware:
          cpus: 1
          jr0: { model: caam-jr, depth: 4, setup: 8us, bandwidth: 120MiB/s }
          sda: { model: disk, latency: 90us, bandwidth: 200MiB/s }

        stack:
          dm-0: { model: dm-crypt, engine: jr0, below: sda, sector_size: 512B, submit: wait-on-busy }

        workload:
          writer: { device: dm-0, rw: write, bs: 4KiB, iodepth: 1, size: 64KiB }

        variants:
          caam-4.1: { jr0.when_full: drop-request }
          caam-4.1-worked-around:
            jr0.when_full: drop-request
            dm-0.submit: wait-every-request
          caam-fixed: { jr0.when_full: backlog }

        expect:
          caam-4.1:
            ends: deadlock
            blocked: { kcryptd/0: ctx->restart }
          caam-4.1-worked-around:
            ends: completed
          caam-fixed:
            ends: completed
            holds: [jr0.backlog.max <= 1]

        report: [trace, blocked-graph, perfetto]
        """;

    public const string Sweep = """
        scenario: revert-vs-wait
        seed: 20150505
        replicate: 3
        warmup: 50ms
        time_limit: 2s
        hardware:
          cpus: 4
          jr0: { model: caam-jr, depth: 64, setup: 1us, bandwidth: 500MiB/s, interrupt: { latency: 20us } }
          nvme0: { model: nvme, latency: 80us, bandwidth: 1843MiB/s }
        stack:
          dm-0: { model: dm-crypt, engine: jr0, below: nvme0 }
        workload:
          randwrite: { device: dm-0, rw: randwrite, iodepth: 32, numjobs: 4, runtime: 1s }
        sweep:
          randwrite.iodepth: [1, 8, 64]
        variants:
          revert: { dm-0.submit: wait-on-busy }
          wait-every-request: { dm-0.submit: wait-every-request }
        expect:
          every:
            ends: completed
          between:
            - revert.randwrite.iops > 1.5 * wait-every-request.randwrite.iops
            - { claim: revert.jr0.utilization > wait-every-request.jr0.utilization, at: { randwrite.iodepth: 64 } }
        explore:
          set: { randwrite.number_ios: 2, randwrite.iodepth: 1 }
          random_runs: 1_000
          memory: 64MiB
          time: 10s
        report:
          - latency-cdf: { of: randwrite, at: { randwrite.iodepth: 8 } }
          - latency-curve: { of: randwrite, x: randwrite.iodepth, y: [p50, p99] }
          - summary.csv
        """;

    /// <summary>The smallest scenario.</summary>
    public const string Small = """
        scenario: small
        hardware:
          jr0: { model: caam-jr, setup: 8us, bandwidth: 120MiB/s }
        workload:
          user: { model: crypto-wait-req, engine: jr0, number_ios: 3 }
        """;

    public static Scenario Read(string text, params string[] set)
    {
        ScenarioReadResult result = ScenarioReader.ReadText(text, "s.yaml", set);
        Assert.Equal([], result.Errors.Select(e => e.ToString()));
        return result.Scenario!;
    }

    public static string[] Errors(string text, params string[] set) =>
        [.. ScenarioReader.ReadText(text, "s.yaml", set).Errors.Select(e => e.ToString())];
}
