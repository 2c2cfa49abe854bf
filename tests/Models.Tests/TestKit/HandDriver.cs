using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>A driver that does what a test says: it answers from a list and calls nobody back by itself.</summary>
internal sealed class HandDriver(params SubmitResult[] answers) : CryptoProvider
{
    private int _next;

    public override string Name => "hand";

    /// <summary>Done inside the submission, before the answer.</summary>
    public Action<CryptoRequest>? OnSubmit { get; set; }

    public override void Owners(OwnerList owners)
    {
    }

    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        OnSubmit?.Invoke(request);
        return answers[_next++];
    }
}

/// <summary>Runs steps of a test as one process and says how the run ended.</summary>
internal static class HandRun
{
    public static (End End, string? Rule, string? Message) Of(Action steps)
    {
        using Simulation simulation = new();
        LinuxKernel kernel = new(simulation, 1);
        simulation.Spawn("test", Run(kernel, steps));
        Outcome outcome = simulation.Run();
        return (outcome.End, outcome.Rule, outcome.Message);
    }

    private static async Process Run(LinuxKernel kernel, Action steps)
    {
        kernel.Enter(CpuContext.Process);
        await kernel.Simulation.Delay(Scene.Us);
        steps();
    }
}
