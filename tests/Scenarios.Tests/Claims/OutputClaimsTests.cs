using CryptoSim.Models;
using CryptoSim.Scenarios.Running;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Scenarios.Tests.Claims;

/// <summary>What a workload puts out can be claimed byte for byte.</summary>
public class OutputClaimsTests
{
    private const string Kcapi = """
        scenario: x
        hardware:
          eng0: { model: cbc-engine, setup: 8us, bandwidth: 1MiB/s }
        workload:
          aio: { model: kcapi, engine: eng0 }
        expect:
          every:
            outputs:
        """;

    [Theory]
    [InlineData("aio: 8B19", "8b19", true)]
    [InlineData("aio: 8b19", "8b19ff", false)]
    [InlineData("aio: [8b19, 08af]", "08af", true)]
    [InlineData("aio: [8b19, 08af]", "ffff", false)]
    [InlineData("aio: none", null, true)]
    [InlineData("aio: none", "8b19", false)]
    [InlineData("aio: 8b19", null, false)]
    public void A_claim_holds_for_exactly_these_bytes(string claim, string? found, bool holds)
    {
        ClaimOutcome outcome = Run(claim, found is null ? [] : [new RunOutput("aio", found)]).Claims.Single();

        Assert.Equal((holds, found ?? "none"), (outcome.Holds, outcome.Value));
        Assert.StartsWith("outputs: aio: ", outcome.Claim, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aoi: 8b19", "9:7: expect.every.outputs: there is no workload 'aoi'; did you mean 'aio'?")]
    [InlineData("eng0: 8b19", "9:7: expect.every.outputs: there is no workload 'eng0'; the workloads are aio")]
    [InlineData("aio: 8b1", "9:12: expect.every.outputs.aio: '8b1' has 3 digits, and a byte has two")]
    [InlineData("aio: hello", "9:12: expect.every.outputs.aio: 'hello' is not bytes in hexadecimal digits")]
    [InlineData("aio: { a: b }", "9:12: expect.every.outputs.aio is keys with values; it is bytes in hexadecimal digits, or none")]
    public void A_mistake_is_told_where_it_is(string claim, string message) =>
        Assert.Equal(["s.yaml:" + message], Samples.Errors(Text(claim)));

    [Fact]
    public void A_replay_compares_what_was_put_out()
    {
        RunRecord record = Run("aio: 8b19", [new RunOutput("aio", "8b19") { Depths = "1" }]).Runs.Single().Record;

        Assert.Null(ResultComparison.First(record, Result([new RunOutput("aio", "8b19") { Depths = "1" }])));
        Assert.Equal(("output", "aio = 8b19 1", "aio = 8b1a 1"), Differs([new RunOutput("aio", "8b1a") { Depths = "1" }]));
        Assert.Equal(("output", "aio = 8b19 1", ""), Differs([]));

        (string, string, string) Differs(IReadOnlyList<RunOutput> outputs) =>
            ResultComparison.First(record, Result(outputs)) is { } divergence ? (divergence.What, divergence.Recorded, divergence.Got) : default;
    }

    private static string Text(string claim) => Kcapi + "\n      " + claim + "\n";

    private static MachineResult Result(IReadOnlyList<RunOutput> outputs) => Records.Result("completed", null) with { Outputs = outputs };

    private static ExperimentResult Run(string claim, IReadOnlyList<RunOutput> outputs) =>
        new Experiment(Samples.Read(Text(claim)), new ExperimentOptions { Jobs = 1 }, FakeMachine.Factory((_, _) => Result(outputs))).Run(null, CancellationToken.None);
}
