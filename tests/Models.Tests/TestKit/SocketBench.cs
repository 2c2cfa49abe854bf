using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Drivers.CbcEngine;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>Operation sockets on a bench with an engine whose jobs take 10us: calls are made by hand at chosen instants and write down what they answer, e.g. <c>read 32: queued@5</c>, [us].</summary>
internal sealed class SocketBench : IIocbOwner, IDisposable
{
    private static readonly Duration KeptAlive = Duration.FromSeconds(1);
    private readonly Dictionary<OperationSocket, byte[]> _outputs = [];

    public SocketBench(AfAlgOptions options, CbcEngineOptions? engine = null, KernelVersion version = KernelVersion.V618, int sockets = 1, ulong seed = 1)
    {
        Kernel = new LinuxKernel(Simulation, 8, version: version);
        Options = options;
        Driver = (engine ?? Engine()).Build(new CryptoParts(Kernel, "eng0", new RandomSource(seed), []));
        Cipher = options.CreateCipher();
        int tfm = Driver.AllocateTfm();
        Sockets = [.. Enumerable.Range(0, sockets).Select(number => new OperationSocket(Kernel, $"aio/{number}", options, Driver, Cipher, tfm, this))];
        foreach (OperationSocket socket in Sockets)
        {
            _outputs.Add(socket, new byte[1 << 20]);
        }
    }

    public Simulation Simulation { get; } = new();

    public LinuxKernel Kernel { get; }

    public AfAlgOptions Options { get; }

    public CryptoProvider Driver { get; }

    public Skcipher Cipher { get; }

    public IReadOnlyList<OperationSocket> Sockets { get; }

    public OperationSocket Socket => Sockets[0];

    /// <summary>What calls answered and IOCBs ended with, in order.</summary>
    public List<string> Log { get; } = [];

    /// <summary>Reads whose IV was not the chain's.</summary>
    public List<long> Stale { get; } = [];

    /// <summary>Ends of IOCBs, besides writing them down.</summary>
    public Action<Areq>? OnEnd { get; set; }

    /// <summary>Nothing takes time but a job: 10us.</summary>
    public static CbcEngineOptions Engine(int depth = 512) => DriverBench.Timed(new CbcEngineOptions
    {
        Setup = Scene.Service(Scene.Us),
        Bandwidth = new Bandwidth(1),
        Depth = depth,
    }) with
    { Setup = Scene.Service(Scene.Us * 10) };

    public static AfAlgOptions Timed(AfAlgOptions options) => options with { SocketWork = Duration.Zero, Wakeup = Duration.Zero, Content = Content.Real };

    /// <summary>What came out of a socket.</summary>
    public ReadOnlySpan<byte> Output(OperationSocket socket, int bytes) => _outputs[socket].AsSpan(0, bytes);

    /// <summary>sendmsg() after so many microseconds.</summary>
    public void Send(int at, SendMessage message) => Simulation.Spawn("send", SendAsync(at, message));

    /// <summary>recvmsg() after so many microseconds.</summary>
    public void Read(int at, long length, bool isAio = true) => Simulation.Spawn("read", ReadAsync(at, length, isAio));

    /// <summary>Looks at something after so many microseconds.</summary>
    public void Look(int at, Action action) => Simulation.Spawn("look", LookAsync(at, action));

    /// <summary>Runs until all is long quiet.</summary>
    public Outcome Run()
    {
        Look((int)(KeptAlive.Picoseconds / 1_000_000), () => { });
        Assert.Equal(RunState.Ended, Simulation.Run(new RunLimits { EventsPerInstantLimit = 10_000 }));
        return Simulation.Outcome.WithoutException();
    }

    public Span<byte> OutputOf(Areq areq) => _outputs[areq.Socket].AsSpan((int)areq.Position, (int)areq.Length.Bytes);

    public void OnStaleIv(Areq areq) => Stale.Add(areq.Index);

    public void OnIocbDone(Areq areq)
    {
        Write($"iocb {areq.Index + 1}: {(areq.Status == Errno.Success ? areq.Length.Bytes : areq.Status)}");
        OnEnd?.Invoke(areq);
        areq.Socket.Free(areq);
    }

    public void Dispose() => Simulation.Dispose();

    private void Write(string what) => Log.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{what}@{Simulation.Now.Nanoseconds / 1000m:0.###}"));

    private async Process SendAsync(int at, SendMessage message)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(Scene.Us * at);
        Sent sent = await Socket.SendAsync(message);
        Write($"send {message.Bytes}: {(sent.Errno == Errno.Success ? sent.Bytes : sent.Errno)}");
    }

    private async Process ReadAsync(int at, long length, bool isAio)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(Scene.Us * at);
        ReadAnswer answer = await Socket.ReadAsync(length, this, isAio);
        Write($"read {length}: {(answer.IsQueued ? "queued" : answer.Errno == Errno.Success ? answer.Bytes : answer.Errno)}");
        if (answer.Areq is not null && !answer.IsQueued)
        {
            Socket.Free(answer.Areq);
        }
    }

    private async Process LookAsync(int at, Action action)
    {
        Kernel.Enter(CpuContext.Process);
        await Simulation.Delay(Scene.Us * at);
        action();
    }
}
