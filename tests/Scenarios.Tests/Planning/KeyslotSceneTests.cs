using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.Options;
using CryptoSim.Models.Workload;
using CryptoSim.Scenarios.Planning;
using CryptoSim.Simulator;

namespace CryptoSim.Scenarios.Tests.Planning;

public sealed class KeyslotSceneTests
{
    private const string Mine = """
        scenario: mine
        seed: 9
        hardware:
          cpus: 2
          ufs0: { model: inline-crypto, keyslots: 4, latency: 10us }
        workload:
          a: { device: ufs0, rw: randread, size: 1GiB, runtime: 1ms, key: a }
          b: { device: ufs0, rw: randread, size: 1GiB, runtime: 1ms, key: b }
          meta: { device: ufs0, rw: randread, size: 1GiB, runtime: 1ms }
        """;

    [Fact]
    public void The_scenario_of_a_plan_is_the_machine_that_was_asked_for()
    {
        KeyslotPlan plan = new() { ProgramKey = Duration.FromMicroseconds(3), ProgrammingSleeps = false, QueueDepth = 16, HardwareQueues = 2, Cpus = 3, Bs = DataSize.FromKibibytes(16), Keys = [5], Zipf = 0.75m };

        KeyslotScene scene = KeyslotScene.Of(plan);

        MachineOptions machine = scene.At(new KeyslotPoint("park", 25, 5, 3)).Machine;
        InlineCryptoOptions host = Host(machine);
        Assert.Equal((3, NoKeyslot.Park, 16, 2, 3), (host.Keyslots, host.NoKeyslot, host.QueueDepth, host.HardwareQueues, machine.Hardware.Cpus));
        Assert.Equal((KeyProgramming.Atomic, false, Duration.FromMicroseconds(3)), (host.Programming, host.Blocking, host.ProgramKey));
        Assert.Equal((5, 0.75m), (Job(machine, "encrypted").Keys!.Count, Job(machine, "encrypted").Keys!.Zipf));
        Assert.Null(Job(machine, "plain").Keys);
        Assert.Equal(DataSize.FromKibibytes(16), Job(machine, "plain").Bs);
        Assert.Empty(MachineValidator.Validate(machine));
        Assert.Contains("programming: atomic", scene.Yaml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30, 14_000, 6_000, 90, 38)]
    [InlineData(1, 19_800, 200, 127, 1)]
    [InlineData(99, 200, 19_800, 1, 127)]
    public void A_mix_shares_out_rate_and_depth(int mix, int encrypted, int plain, int encryptedDepth, int plainDepth)
    {
        MachineOptions machine = KeyslotScene.Of(new KeyslotPlan()).At(new KeyslotPoint("park", mix, 1, 1)).Machine;

        Assert.Equal((encrypted, encryptedDepth), (Job(machine, "encrypted").RateIops, Job(machine, "encrypted").Iodepth));
        Assert.Equal((plain, plainDepth), (Job(machine, "plain").RateIops, Job(machine, "plain").Iodepth));
    }

    [Fact]
    public void Without_a_rate_the_load_is_closed()
    {
        MachineOptions machine = KeyslotScene.Of(new KeyslotPlan { Iops = null, Iodepth = 10 }).At(new KeyslotPoint("park", 50, 1, 1)).Machine;

        Assert.Equal(((int?)null, 5), (Job(machine, "plain").RateIops, Job(machine, "plain").Iodepth));
    }

    [Fact]
    public void The_files_of_a_job_always_fit_its_region()
    {
        KeyslotPlan plan = new() { Keys = [65_536], Bs = DataSize.FromMebibytes(1) };

        Assert.Empty(MachineValidator.Validate(KeyslotScene.Of(plan).At(new KeyslotPoint("park", 50, 65_536, 1)).Machine));
    }

    [Fact]
    public void A_scenario_keeps_its_workload_and_gets_slots_design_and_keys()
    {
        KeyslotScene scene = KeyslotScene.Of(new KeyslotPlan { Mixes = [], Keys = [] }, Read(Mine), null);

        Assert.Equal(("ufs0", "a b", "meta", 9UL), (scene.Host, string.Join(' ', scene.Encrypted), string.Join(' ', scene.Plain), scene.Seed));
        MachineOptions own = scene.At(new KeyslotPoint("requeue", null, null, 7)).Machine;
        Assert.Equal((7, NoKeyslot.Requeue, "a"), (Host(own).Keyslots, Host(own).NoKeyslot, Job(own, "a").Key));
        MachineOptions many = scene.At(new KeyslotPoint("requeue", null, 50, 7)).Machine;
        Assert.Equal((null, 50, null), (Job(many, "b").Key, Job(many, "b").Keys!.Count, Job(many, "meta").Keys));
    }

    [Fact]
    public void More_slots_than_all_keys_are_as_many_as_keys()
    {
        KeyslotScene own = KeyslotScene.Of(new KeyslotPlan());
        KeyslotScene mine = KeyslotScene.Of(new KeyslotPlan(), Read(Mine), null);
        KeyslotPoint point = new("park", 30, 4, 64);

        Assert.Equal(4, own.Effective(point).Slots);
        Assert.Equal(8, mine.Effective(point).Slots);   // two jobs of four files each
        Assert.Equal(64, mine.Effective(point with { Keys = null }).Slots);
        Assert.Equal(2, own.Effective(point with { Slots = 2 }).Slots);
    }

    [Fact]
    public void A_scenario_needs_exactly_one_host_with_keyslots()
    {
        Scenario none = Read("""
            scenario: mine
            hardware: { cpus: 1, sda: { model: disk, latency: 10us, bandwidth: 1GiB/s } }
            workload: { a: { device: sda, number_ios: 1 } }
            """);
        Scenario two = Read(Mine.Replace("  cpus: 2", "  cpus: 2\n  mmc0: { model: inline-crypto, latency: 10us }", StringComparison.Ordinal));

        Assert.Equal("mine.yaml: a keyslot plan needs one host with keyslots, such as model: inline-crypto; there is none", RefusalOf(none));
        Assert.Equal("mine.yaml: a keyslot plan needs one host with keyslots, such as model: inline-crypto; there are mmc0, ufs0", RefusalOf(two));
    }

    [Fact]
    public void A_scenario_needs_encrypted_and_unencrypted_io_on_the_host()
    {
        Scenario plain = Read(Mine.Replace(", key: a", "", StringComparison.Ordinal).Replace(", key: b", "", StringComparison.Ordinal));
        Scenario encrypted = Read(Mine.Replace("runtime: 1ms }", "runtime: 1ms, key: c }", StringComparison.Ordinal));

        Assert.Equal("mine.yaml: ufs0 has no job whose I/O it encrypts; give one a key: or keys:", RefusalOf(plain));
        Assert.Equal("mine.yaml: ufs0 has no job without a key, whose delay could be told", RefusalOf(encrypted));
    }

    private static string RefusalOf(Scenario scenario) =>
        Assert.Throws<NotPlannableException>(() => KeyslotScene.Of(new KeyslotPlan(), scenario, null)).Message;

    private static Scenario Read(string text)
    {
        ScenarioReadResult read = ScenarioReader.ReadText(text, "mine.yaml");
        Assert.Empty(read.Errors);
        return read.Scenario!;
    }

    private static InlineCryptoOptions Host(MachineOptions machine) => (InlineCryptoOptions)machine.Hardware.Devices.Single(part => part.Name == "ufs0").Options;

    private static JobOptions Job(MachineOptions machine, string name) => (JobOptions)machine.Workload.Single(part => part.Name == name).Options;
}
