using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.AfAlg;

/// <summary>A bound AF_ALG socket with its operation sockets and the tasks that use them, and what is measured about their IOCBs.</summary>
[KernelSource("crypto/af_alg.c", "alg_bind, af_alg_accept", Version = "v4.14", Rules = "AA-1 AA-12")]
public sealed class AfAlgGroup : IWorkload
{
    private readonly IoErrors _errors = new();
    private readonly List<AioStream> _streams = [];
    private readonly List<OperationSocket> _sockets = [];
    private long _stale;            // requests that started from another IV than the chain has
    [NotState]
    private string? _firstStale;    // the first of them; for people
    private long _misplaced;        // IOCBs that got other data than their user takes them to have got
    [NotState]
    private string? _firstMisplaced;
    private readonly KcapiTask? _kcapi;
    [NotState]
    private int _unfinished;        // tasks, to tell when the last one ended

    /// <summary>bind().</summary>
    private AfAlgGroup(LinuxKernel kernel, string name, CryptoProvider provider, LatencyRecorder latencies, AfAlgOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(provider);
        (Kernel, Name, Provider, Options, Latencies) = (kernel, name, provider, options, latencies);
        Cipher = options.CreateCipher();
        Tfm = provider.AllocateTfm();
        _unfinished = options.Sockets * options.Numjobs;
    }

    /// <summary>accept() and the tasks.</summary>
    public AfAlgGroup(LinuxKernel kernel, string name, CryptoProvider provider, AfAlgOptions options, LatencyRecorder latencies, RandomSource? random = null)
        : this(kernel, name, provider, latencies, options)
    {
        random ??= new RandomSource(1);
        RandomStream garbage = random.Stream(name + ".kmalloc");
        for (int socket = 0; socket < options.Sockets; socket++)
        {
            if (socket > 0 && options.Bind == Bind.ForEachSocket)
            {
                Tfm = provider.AllocateTfm();
            }

            Accept($"{name}/{socket}", random, leavesInflight: options.NewContext == NewContext.LeftAsAllocated && garbage.NextInt(2) == 1);
        }
    }

    /// <summary>accept() and the program kcapi.</summary>
    public AfAlgGroup(LinuxKernel kernel, string name, CryptoProvider provider, KcapiOptions options, LatencyRecorder latencies)
        : this(kernel, name, provider, latencies, options.Sockets)
    {
        _kcapi = new KcapiTask(this, options);
        _sockets.Add(_kcapi.Socket);
    }

    private void Accept(string name, RandomSource random, bool leavesInflight)
    {
        OperationSocket socket = new(Kernel, name, Options, Provider, Cipher, Tfm, new NobodyReads(), Meter);
        if (leavesInflight)
        {
            socket.LeaveInflight();
        }

        AioStream stream = new(socket, Options) { Output = new OutputBuffer(Cipher, Options, Options.Sockets) };
        _streams.Add(stream);
        _sockets.Add(socket);
        for (int job = 0; job < Options.Numjobs; job++)
        {
            _ = new AioTask(this, stream, Options.Numjobs == 1 ? name : $"{name}.{job}");   // kept by its process
        }

        if (Options.IvSetter is not null)
        {
            _ = new IvSetter(Kernel, name + ".iv", stream, Options, random.Stream(name + ".iv"));   // likewise
        }
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    [field: NotState]
    public LatencyRecorder Latencies { get; }

    /// <inheritdoc/>
    public long Errors => _errors.Count;

    /// <inheritdoc/>
    public bool HasErrors => _errors.Any;

    /// <inheritdoc/>
    [field: NotState]
    public string? FirstError { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<RunOutput> Outputs => [.. (_kcapi is null ? _streams.Select(OutputOf) : [_kcapi.Printed]).OfType<RunOutput>()];

    /// <summary>What is kept of the output of its first socket.</summary>
    internal OutputBuffer FirstBuffer => _kcapi?.Output ?? _streams[0].Output!;

    private RunOutput? OutputOf(AioStream stream) => stream.Output!.ToOutput(_streams.Count == 1 ? Name : stream.Socket.Name);

    internal LinuxKernel Kernel { get; }

    internal CryptoProvider Provider { get; }

    internal AfAlgOptions Options { get; }

    internal Skcipher Cipher { get; }

    /// <summary>Tfm of the operation sockets that are made next.</summary>
    [field: NotState]
    internal int Tfm { get; private set; }

    internal SocketMeter Meter { get; } = new();

    /// <inheritdoc/>
    public void AddMetrics(MetricList metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        Meter.AddMetrics(metrics, Name);
        metrics.Add(Name + ".stale", _stale);
        metrics.Add(Name + ".in_flight.max", _sockets.Max(socket => (long)socket.Memory.AreqsMax));
        metrics.Add(Name + ".omem.max", _sockets.Max(socket => socket.Memory.OmemMax), "B");
    }

    /// <inheritdoc/>
    public (string Rule, string What)? FindLeak()
    {
        foreach (OperationSocket socket in _sockets)
        {
            if (socket.FindLeak() is { } leak)
            {
                return ("AA-C6", $"{leak} of {socket.Name}");
            }
        }

        return null;
    }

    /// <summary>The output is not that of one call over all the data.</summary>
    public (string Rule, string Sentence)? FindBroken() =>
        _misplaced > 0 ? ("AA-7", $"the output of {Name} is not that of one call over all its data: {_misplaced} of its IOCBs got other data than theirs{_firstMisplaced}")
        : _stale == 0 ? null : ("AA-16", $"the output of {Name} is not that of one call over all its data: {_stale} of its requests started from a stale IV{_firstStale}");

    /// <summary>A driver has read a stale IV.</summary>
    internal void OnStaleIv(Areq areq)
    {
        if (!Options.Chained)
        {
            areq.Say(TraceKind.Step, Name);
            return;
        }

        areq.Track?.MarkStale();
        areq.Say(TraceKind.Fault, Provider.Name);
        string what = $"{areq.Label} (IOCB {areq.Index + 1}, pointed to it by _skcipher_recvmsg) read ctx->iv as {Whose(areq)}";
        _firstStale ??= $"; first, {what}";
        _stale++;
        if (Options.StaleIv == StaleIv.ReportAtOnce)
        {
            Kernel.Simulation.Fail("AA-16", $"stale read of ctx->iv: {what}");
        }
    }

    internal void OnDone(Areq areq)
    {
        if (areq.Status != Errno.Success)
        {
            OnError($"{areq.Status} in the event of IOCB {areq.Index + 1}");
        }

        StageClock stages = default;
        stages.Begin(areq.SubmittedAt);
        stages.Enter(BioStage.Conversion, areq.SubmittedAt);
        stages.End(Kernel.Simulation.Now);
        Latencies.Record(areq.SubmittedAt, Kernel.Simulation.Now, areq.Length, isWrite: areq.IsEncryption, in stages);
    }

    /// <summary>An IOCB was refused, or has failed.</summary>
    /// <param name="what">The error and where it stood.</param>
    internal void OnError(string what)
    {
        _errors.Add();
        FirstError ??= what;
    }

    /// <summary>An IOCB got other data than its user takes it to have got.</summary>
    internal void OnMisplaced(string what)
    {
        if (Options.Chained)
        {
            _misplaced++;
            _firstMisplaced ??= $"; first, {what}";
        }
    }

    internal void OnTaskFinished()
    {
        if (--_unfinished == 0)
        {
            Latencies.Finish(Kernel.Simulation.Now);
        }
    }

    private string Whose(Areq areq) => areq switch
    {
        { WasOverwritten: true } => "a sendmsg() with ALG_SET_IV had left it after its submission",
        _ when areq.ChainedTo >= areq.Index && areq.ChainedTo > 0 => $"{Writer(areq)}, which is not what one call over all data has there",
        { HasCopy: true } => $"{Writer(areq)}, in a copy, where {Provider.Name} does not write the last block of IOCB {areq.Index}",
        _ => $"{Writer(areq)}, before {Provider.Name} had written the last block of IOCB {areq.Index} back",
    };

    private static string Writer(Areq areq) => areq.ChainedTo == 0 ? "the user had set it" : $"IOCB {areq.ChainedTo} had left it";
}
