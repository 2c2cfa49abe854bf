using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.AfAlg;

/// <summary>One task with IOCBs that chain ctx->iv of a socket, against a driver; the socket or the driver may have a fault.</summary>
internal sealed class IvScene : IExplorable, IIocbOwner
{
    private readonly OperationSocket _socket;
    private readonly IoEvents _events;
    private readonly int _iocbs;
    private IvValue _expected = new(7, 7);
    private bool _isSent;
    private int _next;
    private int _inFlight;

    private IvScene(Serialize serialize, IvFault fault, int iocbs, bool hasQueue, bool traced)
    {
        List<TraceEvent> trace = [];
        LinuxKernel kernel = new(Simulation, 1, traced ? new Tracer(0, 0, trace.Add, sources: true) : null);
        (Trace, _iocbs) = (trace, iocbs);
        FaultyChainDriver driver = new(kernel, fault, engines: 2, hasQueue);
        AfAlgOptions options = new() { Engine = driver.Name, Serialize = serialize, Content = Content.Symbolic, SocketWork = Duration.FromNanoseconds(100) };
        Skcipher cipher = options.CreateCipher();
        _socket = fault == IvFault.ForgetsInflight
            ? new ForgetfulSocket(kernel, options, driver, cipher, this)
            : new OperationSocket(kernel, "aio", options, driver, cipher, driver.AllocateTfm(), this);
        _events = new IoEvents(kernel, Duration.Zero, -1);
        Simulation.Spawn("aio", RunAsync(kernel, cipher));
    }

    public Simulation Simulation { get; } = new();

    public IReadOnlyList<TraceEvent> Trace { get; }

    public string ContextOf(byte mark) => Tracer.Word((CpuContext)mark);

    public RunEnd DescribeEnd() => new()
    {
        Ends = Simulation.Outcome.End switch { End.Completed => "completed", End.Fault => "fault", End.Deadlock => "deadlock", _ => "time-limit" },
        Rule = Simulation.Outcome.Rule,
        Message = Simulation.Outcome.Message,
        AtPicoseconds = Simulation.Outcome.At.Picoseconds,
        Events = Simulation.Events,
        Fingerprint = Simulation.Fingerprint,
        Blocked = [],
    };

    public void Dispose() => Simulation.Dispose();

    public Span<byte> OutputOf(Areq areq) => [];

    public void OnStaleIv(Areq areq) => Simulation.Fail("AA-16", $"{areq.Label} is stale");

    public void OnIocbDone(Areq areq)
    {
        _inFlight--;
        _socket.Free(areq);
        _events.Signal();
    }

    private async Process RunAsync(LinuxKernel kernel, Skcipher cipher)
    {
        kernel.Enter(CpuContext.Process);
        while (_next < _iocbs || _inFlight > 0)
        {
            await (_next < _iocbs ? SubmitAsync(cipher) : SleepAsync());
        }
    }

    private async Operation SubmitAsync(Skcipher cipher)
    {
        if (!_isSent)
        {
            _isSent = true;
            await _socket.SendAsync(_next == 0 ? _expected : null, Skcipher.BlockSize, more: true);
        }

        _inFlight++;
        if ((await _socket.ReadAsync(Skcipher.BlockSize)).Areq is null)
        {
            _inFlight--;
            await _events.WaitAsync();
            return;
        }

        _expected = cipher.Crypt(_expected, _next * Skcipher.BlockSize, Skcipher.BlockSize, isEncryption: true, []);
        (_isSent, _next) = (false, _next + 1);
    }

    private async Operation SleepAsync() => await _events.WaitAsync();

    /// <summary>Builds the scene as often as asked.</summary>
    public sealed class Factory(Serialize serialize, IvFault fault, int iocbs = 3, bool hasQueue = false) : IExplorableFactory
    {
        public IExplorable Build(bool traced) => new IvScene(serialize, fault, iocbs, hasQueue, traced);
    }

    private sealed class ForgetfulSocket(LinuxKernel kernel, AfAlgOptions options, FaultyChainDriver driver, Skcipher cipher, IIocbOwner owner)
        : OperationSocket(kernel, "aio", options, driver, cipher, driver.AllocateTfm(), owner)
    {
        private protected override bool HasInflight => false;
    }
}
