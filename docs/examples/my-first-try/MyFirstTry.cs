using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Simulator;

namespace MyFirstTry;

/// <summary>What a scenario says about the device.</summary>
[Model("my-first-try")]
public sealed record MyFirstTryOptions : AcceleratorOptions
{
    /// <summary>Descriptors that the ring takes.</summary>
    [Range(1, 65536)]
    [DefaultFrom("the data sheet")]
    [ExploredAs(1)]
    public int Depth { get; init; } = 64;

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts) => new MyFirstTry(parts, this);
}

/// <summary>A driver that completes every run, and that one order of events hangs: it looks at its ring without the lock that guards its backlog.</summary>
public sealed class MyFirstTry(CryptoParts parts, MyFirstTryOptions options) : AcceleratorDriver(parts, options, options.Depth, "my_irq_handler")
{
    private readonly Queue<CryptoRequest> _backlog = new();

    /// <inheritdoc/>
    public override int Kept => _backlog.Count;

    /// <summary>An interrupt can come between the look at the ring and the lock.</summary>
    public override bool SubmitsInSteps => true;

    /// <inheritdoc/>
    protected override async Operation<SubmitResult> SubmitCoreAsync(CryptoRequest request)
    {
        if (Jobs < Capacity && _backlog.Count == 0)
        {
            Start(request);
            return Answer(request, SubmitResult.InProgress);
        }

        await Kernel.Simulation.Delay(Duration.Zero);   // spin_lock_bh(&priv->lock)
        return Keep(request);
    }

    /// <summary>The same in one step, for a caller that is not interrupted.</summary>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        if (Jobs == Capacity || _backlog.Count > 0)
        {
            return Keep(request);
        }

        Start(request);
        return Answer(request, SubmitResult.InProgress);
    }

    /// <inheritdoc/>
    protected override void OnJobEnded(CryptoRequest request)
    {
        if (_backlog.TryDequeue(out CryptoRequest? waiting))
        {
            Start(waiting);
            CallBack(waiting, Errno.EINPROGRESS);
        }

        CallBack(request, Errno.Success);
    }

    private SubmitResult Keep(CryptoRequest request)
    {
        if (!request.MayBacklog)
        {
            return Answer(request, SubmitResult.NoSpace, "rejected");
        }

        request.HeldBy = this;
        _backlog.Enqueue(request);
        return Answer(request, SubmitResult.Busy, "backlogged");
    }
}
