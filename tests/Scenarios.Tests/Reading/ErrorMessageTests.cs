namespace CryptoSim.Scenarios.Tests.Reading;

/// <summary>What a user reads about a mistake, word for word.</summary>
public class ErrorMessageTests
{
    private const string Head = "scenario: x\n";
    private const string Ring = "  jr0: { model: caam-jr, setup: 8us, bandwidth: 1MiB/s }\n";
    private const string Work = "workload:\n  user: { model: crypto-wait-req, engine: jr0, number_ios: 3 }\n";

    [Theory]
    [InlineData("dept: 4", "4:8: unknown key 'dept' in jr0 (caam-jr); did you mean 'depth'?")]
    [InlineData("depth: -4", "4:15: jr0.depth: '-4' is negative; depth is a power of two from 4 to 512")]
    [InlineData("depth: 100", "4:15: jr0.depth: '100' is not a power of two; depth is a power of two from 4 to 512")]
    [InlineData("depth: 1024", "4:15: jr0.depth: '1024' is out of range; depth is a power of two from 4 to 512")]
    [InlineData("depth: 99999999999999999999", "4:15: jr0.depth: '99999999999999999999' is too large; depth is a power of two from 4 to 512")]
    [InlineData("depth: 4KiB", "4:15: jr0.depth: '4KiB' has the unit 'KiB'; a count has none; depth is a power of two from 4 to 512")]
    [InlineData("depth: 4.5", "4:15: jr0.depth: '4.5' is not a whole number; depth is a power of two from 4 to 512")]
    [InlineData("depth: 0x10", "4:15: jr0.depth: '0x10' is not a whole number; depth is a power of two from 4 to 512")]
    [InlineData("depth: [4]", "4:15: jr0.depth is a list; it is a power of two from 4 to 512, for example depth: 512")]
    [InlineData("depth: ", "4:8: jr0.depth has no value; it is a power of two from 4 to 512, for example depth: 512")]
    [InlineData("engine_wakeup: 5m", "4:23: jr0.engine_wakeup: '5m' has the unit 'm', which is not one of ps, ns, us, ms, s; did you mean 5ms?")]
    [InlineData("engine_wakeup: -5ms", "4:23: jr0.engine_wakeup: '-5ms' is negative; a duration is not")]
    [InlineData("when_full: drop", "4:19: jr0.when_full: 'drop' is not one of backlog, drop-request, reject, sleep-and-retry")]
    [InlineData("when_full: drop_request", "4:19: jr0.when_full: 'drop_request' is not one of backlog, drop-request, reject, sleep-and-retry; did you mean 'drop-request'?")]
    [InlineData("interrupt: 5us", "4:19: jr0.interrupt is a single value; it takes the keys latency, hardirq, tasklet, cpu, for example { latency: 1us }")]
    [InlineData("interrupt: { latencys: 5us }", "4:21: unknown key 'latencys' in jr0.interrupt; did you mean 'latency'?")]
    [InlineData("coalesce: { count: 300 }", "4:27: jr0.coalesce.count: '300' is out of range; count is a count from 1 to 255")]
    public void A_mistake_in_a_part_says_where_it_is_and_what_would_be_right(string mistake, string message)
    {
        string text = Head + "hardware:\n  jr0: {\n       " + mistake + ",\n       model: caam-jr, setup: 8us, bandwidth: 1MiB/s }\n" + Work;
        Assert.Equal(["s.yaml:" + message], Samples.Errors(text));
    }

    [Theory]
    [InlineData("same_cpu_crypt: on", "'on' is not true or false; did you mean 'true'?")]
    [InlineData("same_cpu_crypt: no", "'no' is not true or false; did you mean 'false'?")]
    [InlineData("same_cpu_crypt: maybe", "'maybe' is not true or false")]
    [InlineData("sector_size: 4k", "'4k' has the unit 'k', which is not one of B, KiB, MiB, GiB, TiB; did you mean 4KiB?")]
    public void A_value_of_the_wrong_kind_is_named_with_its_key(string mistake, string message)
    {
        string text = Samples.Deadlock.Replace("submit: wait-on-busy", mistake).Replace("sector_size: 512B, sector_size", "sector_size");
        string key = mistake.Split(':')[0];
        Assert.Contains(Samples.Errors(text), e => e.EndsWith($"dm-0.{key}: {message}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("engine: jr1, below: sda", "dm-0.engine: 'jr1' is not the name of a part; did you mean 'jr0'?")]
    [InlineData("engine: sda, below: sda", "dm-0.engine: 'sda' is of the model disk; engine is the name of a part of one of the models caam-jr, ")]
    [InlineData("engine: writer, below: sda", "dm-0.engine: 'writer' is a job of the workload; engine is the name of a part of one of the models caam-jr, ")]
    [InlineData("engine: jr0, below: cloud", "dm-0.below: 'cloud' is not the name of a part; there is sda")]
    [InlineData("engine: jr0", "dm-0 (dm-crypt) lacks the key 'below', the name of a part of one of the models cqhci, disk, inline-crypto, null, nvme, ram, ufs, ufs-qcom")]
    public void A_reference_to_another_part_names_what_it_may_be(string keys, string message)
    {
        string text = Samples.Deadlock.Replace("engine: jr0, below: sda", keys);
        Assert.StartsWith(message, WithoutPlace(Assert.Single(Samples.Errors(text))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_key_is_reported_at_the_name_of_its_part()
    {
        string[] errors = Samples.Errors(Head + "hardware:\n  jr0: { model: caam-jr, depth: 8 }\n" + Work);
        Assert.Equal(
            [
                "s.yaml:3:3: jr0 (caam-jr) lacks the key 'setup', a duration or a distribution; for example setup: exponential(80us)",
                "s.yaml:3:3: jr0 (caam-jr) lacks the key 'bandwidth', a bandwidth; for example bandwidth: 120MiB/s",
            ],
            errors);
    }

    [Fact]
    public void All_errors_come_at_once_sorted_by_line()
    {
        string[] errors = Samples.Errors("""
            scenario: My Scenario
            hardware:
              cpu: 4
              jr0: { model: caam-j, depth: 3 }
              jr0: { model: disk }
              J: { model: disk, latency: 1us, bandwidth: 1B/s }
            workload: {}
            tim_limit: 3s
            """);
        Assert.Equal(
            [
                "s.yaml:1:11: scenario: 'My Scenario' is not a name: write small letters and digits, separated by '-' or '.', 64 at most",
                "s.yaml:3:3: unknown key 'cpu' in hardware; did you mean 'cpus'?",
                "s.yaml:4:17: jr0.model: 'caam-j' is not a model of a device; did you mean 'caam-jr'?",
                "s.yaml:5:3: the key 'jr0' stands here a second time; it is already on line 4",
                "s.yaml:6:3: 'J' is not a name: write small letters and digits, separated by '-' or '_', a letter first, 64 at most",
                "s.yaml:7:11: workload is empty; it holds the names of its parts, each with its keys",
                "s.yaml:8:1: unknown key 'tim_limit'; did you mean 'time_limit'?",
            ],
            errors);
    }

    [Fact]
    public void A_name_stands_once_in_the_whole_machine() => Assert.Contains(
        "s.yaml:5:3: the name 'jr0' is taken by a device on line 3; parts of hardware, stack and workload share their names",
        Samples.Errors(Head + "hardware:\n" + Ring + "workload:\n  jr0: { model: crypto-wait-req, engine: jr0, number_ios: 3 }\n"));

    [Theory]
    [InlineData("time_limit: 0s", "time_limit: is zero; no virtual time would pass")]
    [InlineData("warmup: 2s", "warmup: 2s does not end before time_limit, 1s; nothing would be measured")]
    [InlineData("replicate: 0", "replicate: '0' is out of range; replicate is a count from 1 to 10_000")]
    [InlineData("seed: -1", "seed: '-1' is negative; seed is a count")]
    [InlineData("seed: 18446744073709551616", "seed: '18446744073709551616' is too large; seed is a count")]
    public void The_keys_on_top_are_checked_like_all_others(string key, string message) =>
        Assert.Equal([message], Samples.Errors(Head + key + "\nhardware:\n" + Ring + Work).Select(WithoutPlace));

    [Fact]
    public void What_no_machine_can_be_built_from_is_reported_where_it_stands()
    {
        string[] errors = Samples.Errors(Samples.Small.Replace("setup: 8us", "front: engine, when_full: backlog, setup: 8us"));
        Assert.Equal(
            ["s.yaml:3:52: jr0.when_full is backlog, but the crypto_engine in front keeps the requests itself and understands only ENOSPC; use reject"],
            errors);
    }

    [Fact]
    public void More_errors_than_anyone_reads_are_counted()
    {
        string many = string.Concat(Enumerable.Range(0, 5000).Select(i => $"k{i}: 1\n"));
        string[] errors = Samples.Errors(many);
        Assert.Equal(101, errors.Length);
        Assert.EndsWith("more errors from here on are not shown", errors[^1], StringComparison.Ordinal);
    }

    private static string WithoutPlace(string error) => error[(error.IndexOf(": ", StringComparison.Ordinal) + 2)..];
}
