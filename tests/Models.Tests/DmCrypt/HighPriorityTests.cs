using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.DmCrypt;

/// <summary>Which threads of a dm-crypt path wait on the run queue behind a competing load.</summary>
public sealed class HighPriorityTests
{
    private static readonly DmCryptOptions Default = new PathScene().Target;
    private static readonly DmCryptOptions High = Default with { HighPriority = true };

    [Theory]
    [InlineData(Rw.Read, 14)]
    [InlineData(Rw.Write, 24)]
    public void High_priority_threads_do_not_wait_behind_a_load_and_others_do(Rw rw, int hops)
    {
        Assert.Equal(hops, Run(Default, rw, isLoaded: false).Latency);
        Assert.Equal(hops, Run(High, rw, isLoaded: true).Latency);
        Assert.InRange(Run(Default, rw, isLoaded: true).Latency, 1000m, 2100m);   // the load's granularity
    }

    [Fact]
    public void The_dmcrypt_write_thread_waits_behind_a_load_too()
    {
        DmCryptOptions inline = Default with { NoWriteWorkqueue = true };
        DmCryptOptions writer = Default with { SubmitCost = Scene.Us };

        Assert.Equal(4m, Run(inline, Rw.Write, isLoaded: false).Latency);
        Assert.True(Run(writer, Rw.Write, isLoaded: true).Latency > Run(writer with { SubmitFromCryptCpus = true }, Rw.Write, isLoaded: true).Latency);
    }

    [Fact]
    public void A_submitter_that_sleeps_waits_behind_a_load_between_its_bios_and_not_within_them()
    {
        (decimal latency, decimal end) = Run(High, Rw.Read, isLoaded: true, ios: 2);

        Assert.Equal(14m, latency);
        Assert.InRange(end, 1000m, 2100m);
    }

    /// <summary>[us] The longest latency of a bio, and when the run ended.</summary>
    private static (decimal Latency, decimal End) Run(DmCryptOptions target, Rw rw, bool isLoaded, int ios = 1)
    {
        PathScene scene = new PathScene { Target = target }.Doing(rw);
        NamedPart<WorkloadOptions> job = new("job", scene.Job with { NumberIos = ios });
        NamedPart<WorkloadOptions> load = new("load", new CpuLoadOptions { Utilization = 100 });
        MachineOptions options = scene.Options with { Workload = isLoaded ? [job, load] : [job] };
        Assert.Empty(MachineValidator.Validate(options));
        using Machine machine = Machine.Build(options, new MachineRunOptions { Seed = 1, TimeLimit = Duration.FromSeconds(1) });
        Assert.True(machine.Run());
        MachineResult result = machine.Result();
        return (result.Metric("job.latency.max") / 1000m, result.End.AtPicoseconds / 1_000_000m);
    }
}
