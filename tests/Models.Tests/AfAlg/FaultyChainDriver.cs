using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Drivers;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>A driver that reads the IV at submission, with or without a queue for the chain, and at most one <see cref="IvFault"/>.</summary>
internal sealed class FaultyChainDriver : AcceleratorDriver
{
    private readonly IvFault _fault;
    private readonly IvChain? _chain;                  // null without a queue
    private readonly Store<LateWrite> _late;           // of CallsBackBeforeWriteBack

    public FaultyChainDriver(LinuxKernel kernel, IvFault fault, int engines, bool hasQueue)
        : base(new CryptoParts(kernel, "test", new RandomSource(1), []), Hardware(engines), capacity: 8, "test_irq")
    {
        (_fault, _chain) = (fault, hasQueue ? new IvChain() : null);
        _late = new Store<LateWrite>(kernel.Simulation, name: "test.late") { Idle = true };
        kernel.Simulation.Spawn("test/work", Work(), daemon: true);
    }

    public override int Kept => _chain?.Waiting ?? 0;

    protected override bool LatchesAtSubmission => false;

    public override void OnJobProcessed(CryptoRequest request)
    {
        if (_fault == IvFault.LetsGoBeforeWriteBack)
        {
            Place(_chain?.Leave());
        }
    }

    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        if (_chain?.TryEnter(request) != false)
        {
            Place(request);
        }

        return Answer(request, SubmitResult.InProgress);
    }

    protected override void OnJobEnded(CryptoRequest request)
    {
        if (_fault == IvFault.CallsBackBeforeWriteBack)
        {
            CallBackEarly(((SkcipherRequest)request).Cell, request);
            return;
        }

        request.WriteBackIv();
        if (_fault != IvFault.LetsGoBeforeWriteBack)
        {
            Place(_chain?.Leave());
        }

        CallBack(request, Errno.Success);
    }

    private static CbcEngineOptions Hardware(int engines) => new CbcEngineOptions
    {
        Engines = engines,
        Setup = new ConstantDuration(Duration.FromMicroseconds(4)),
        Bandwidth = new Bandwidth(16_000_000_000_000),
        Interrupt = new InterruptOptions { Latency = Duration.Zero, Hardirq = Duration.Zero, Tasklet = Duration.FromNanoseconds(100) },
    };

    private void Place(CryptoRequest? request)
    {
        if (request is not null)
        {
            request.LatchIv();
            Start(request);
        }
    }

    /// <summary>To whoever is called back the IV is still the old one; a work item writes the new one.</summary>
    private void CallBackEarly(IvCell cell, CryptoRequest request)
    {
        IvValue before = cell.Value;
        CallBack(request, Errno.Success);
        _late.TryPut(new LateWrite(cell, cell.Value));
        cell.Set(before);
    }

    private async Process Work()
    {
        while (true)
        {
            LateWrite write = await _late.GetAsync();
            write.Cell.Set(write.Iv);
        }
    }

    private sealed record LateWrite(IvCell Cell, IvValue Iv);
}
