using System.ComponentModel.DataAnnotations;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;

namespace MyDriver;

/// <summary>What a scenario says about the device: <c>hardware: { my0: { model: my-driver, setup: 8us, bandwidth: 1GiB/s } }</c>.</summary>
[Model("my-driver")]
public sealed record MyDriverOptions : AcceleratorOptions
{
    /// <summary>Descriptors that the ring takes.</summary>
    [Range(1, 65536)]
    [DefaultFrom("the data sheet")]
    [ExploredAs(1)]   // the full ring comes after one request: small enough for every schedule
    public int Depth { get; init; } = 64;

    /// <inheritdoc/>
    public override CryptoProvider Build(CryptoParts parts) => new MyDriver(parts, this);
}

/// <summary>A ring of descriptors, and a backlog for requests that find it full.</summary>
/// <remarks>What stands between two awaits is done under the driver's lock; here there is none, so each method is.</remarks>
public sealed class MyDriver(CryptoParts parts, MyDriverOptions options) : AcceleratorDriver(parts, options, options.Depth, "my_irq_handler")
{
    private readonly Queue<CryptoRequest> _backlog = new();

    /// <inheritdoc/>
    public override int Kept => _backlog.Count;

    /// <inheritdoc/>
    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        if (Jobs < Capacity && _backlog.Count == 0)
        {
            Start(request);
            return Answer(request, SubmitResult.InProgress);
        }

        if (!request.MayBacklog)
        {
            return Answer(request, SubmitResult.NoSpace, "rejected");
        }

        request.HeldBy = this;
        _backlog.Enqueue(request);
        return Answer(request, SubmitResult.Busy, "backlogged");
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
}
