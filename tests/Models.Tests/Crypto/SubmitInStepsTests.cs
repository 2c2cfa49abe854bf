using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Tests.TestKit;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Crypto;

/// <summary>A submission that takes several steps, and the protocol of the crypto API across them.</summary>
public class SubmitInStepsTests
{
    private readonly List<string> _log = [];

    [Fact]
    public void Others_run_between_two_steps_of_a_submission()
    {
        Outcome outcome = Run(SubmitResult.InProgress, request => request.Complete(Errno.EIO));
        Assert.Equal(End.Completed, outcome.End);
        Assert.Equal(["r1 EIO", "answered EINPROGRESS", "in flight 0"], _log);
    }

    [Fact]
    public void A_notification_before_the_answer_EBUSY_counts()
    {
        Assert.Equal(End.Completed, Run(SubmitResult.Busy, request => request.Complete(Errno.EINPROGRESS)).End);
        Assert.Equal(["r1 EINPROGRESS", "answered EBUSY", "in flight 1"], _log);
    }

    [Fact]
    public void A_callback_between_the_steps_of_a_refused_submission_is_a_fault() =>
        Assert.Equal((End.Fault, "DM-C1"), Judge(Run(SubmitResult.NoSpace, request => request.Complete(Errno.EIO))));

    [Fact]
    public void A_request_submitted_again_between_the_steps_of_its_submission_is_a_fault()
    {
        StepDriver? second = null;
        Outcome outcome = Run(SubmitResult.InProgress, request => second!.Submit(request), driver => second = driver);
        Assert.Equal((End.Fault, "DM-C4"), Judge(outcome));
    }

    private static (End End, string? Rule) Judge(Outcome outcome) => (outcome.End, outcome.Rule);

    /// <summary>One process submits; another does something between the two steps.</summary>
    private Outcome Run(SubmitResult answer, Action<CryptoRequest> between, Action<StepDriver>? see = null)
    {
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, 1);
        StepDriver driver = new(kernel, answer);
        see?.Invoke(driver);
        TestRequest request = new("r1", log: _log);
        simulation.Spawn("submitter", Submit(kernel, driver, request));
        simulation.Spawn("other", Between(kernel, request, between));
        simulation.Run();
        return simulation.Outcome;
    }

    private async Process Submit(LinuxKernel kernel, StepDriver driver, TestRequest request)
    {
        kernel.Enter(CpuContext.Process);
        SubmitResult result = await driver.SubmitAsync(request);
        _log.Add($"answered {result.Errno}");
        _log.Add($"in flight {driver.InFlight}");
    }

    private static async Process Between(LinuxKernel kernel, CryptoRequest request, Action<CryptoRequest> between)
    {
        kernel.Enter(CpuContext.Softirq);
        await kernel.Simulation.Delay(Scene.Us);
        between(request);
    }

    private sealed class StepDriver(LinuxKernel kernel, SubmitResult answer) : CryptoProvider
    {
        public override string Name => "steps";

        public override bool SubmitsInSteps => true;

        public override void Owners(OwnerList owners)
        {
        }

        protected override SubmitResult SubmitCore(CryptoRequest request) => answer;

        protected override async Operation<SubmitResult> SubmitCoreAsync(CryptoRequest request)
        {
            await kernel.Simulation.Delay(Scene.Us * 2);
            return answer;
        }
    }
}
