using CryptoSim.Models.Caam;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.Options;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Workload;

public sealed class RingLawTests
{
    private static readonly LawOptions Law = new() { Service = Duration.FromMicroseconds(2), SubmitCost = Duration.FromNanoseconds(500) };

    private static MachineResult Run(LawOptions law)
    {
        MachineOptions options = new() { Hardware = new HardwareOptions(), Workload = [new NamedPart<WorkloadOptions>("law", law)] };
        Assert.Empty(MachineValidator.Validate(options));
        using Machine machine = Machine.Build(options, new MachineRunOptions { Seed = 1, TraceKept = 10_000 });
        Assert.True(machine.Run());
        return machine.Result();
    }

    [Fact]
    public void A_dropped_request_hangs_its_conversion_and_the_report_names_it()
    {
        MachineResult result = Run(Law with { WhenFull = WhenFull.DropRequest });

        Assert.Equal(("deadlock", "DM-C5"), (result.End.Ends, result.End.Rule));
        Assert.Equal(("ctx->restart", "crypt_convert", "nobody"), (result.Blocked("kcryptd/0").WaitsOn, result.Blocked("kcryptd/0").Function, result.Blocked("kcryptd/0").Reason));
        Assert.Equal("req#2 was answered EBUSY by jr0 and is in no queue", result.Blocked("kcryptd/0").Owner);
    }

    [Theory]
    [InlineData(1, 2, 1, 1)]
    [InlineData(4, 3, 2, 2)]
    [InlineData(3, 8, 4, 1)]
    public void A_backlog_never_hangs_and_every_request_is_done(int contexts, int requests, int usable, int engines)
    {
        LawOptions law = Law with { Contexts = contexts, Requests = requests, Usable = usable, Engines = engines };

        foreach (Submit submit in Enum.GetValues<Submit>())
        {
            foreach (Freed freed in Enum.GetValues<Freed>())
            {
                MachineResult result = Run(law with { Submit = submit, Freed = freed });
                Assert.Equal("completed", result.End.Ends);
                Assert.Equal(contexts * requests, result.Metric("law.ios"));
                Assert.Equal(contexts * requests, result.Metric("jr0.jobs"));
            }
        }
    }

    [Theory]
    [InlineData(2, 2, "completed")]
    [InlineData(3, 2, "deadlock")]
    public void Waiting_for_every_request_hides_the_drop_while_conversions_are_no_more_than_entries(int contexts, int usable, string ends) =>
        Assert.Equal(ends, Run(Law with { WhenFull = WhenFull.DropRequest, Submit = Submit.WaitEveryRequest, Contexts = contexts, Usable = usable }).End.Ends);

    [Fact]
    public void A_refused_request_is_an_io_error_and_nobody_waits()
    {
        MachineResult result = Run(Law with { WhenFull = WhenFull.Reject });

        Assert.Equal("io-error", result.End.Ends);
        Assert.Empty(result.End.Blocked);
    }

    [Fact]
    public void Requests_are_submitted_one_submit_cost_apart_and_each_takes_its_service_time()
    {
        MachineResult result = Run(Law with { Requests = 2, Usable = 2, Engines = 2 });

        Assert.Equal(2_500_000, result.End.AtPicoseconds);
        Assert.Equal(2000m, result.Metric("law.latency.max"));
    }

    [Fact]
    public void A_law_stands_alone()
    {
        MachineOptions options = new Scene().With("law", Law).Options;

        Assert.Equal("law", Assert.Single(MachineValidator.Validate(options)).Path);
    }
}
