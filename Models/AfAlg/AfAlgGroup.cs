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
    private long _stale;            // requests that started from another IV than the chain has
    [NotState]
    private string? _firstStale;    // the first of them; for people
    [NotState]
    private int _unfinished;        // tasks, to tell when the last one ended

    /// <summary>bind(), accept() and the tasks.</summary>
    public AfAlgGroup(LinuxKernel kernel, string name, CryptoProvider provider, AfAlgOptions options, LatencyRecorder latencies, RandomSource? random = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(provider);
        (Kernel, Name, Provider, Options, Latencies) = (kernel, name, provider, options, latencies);
        Cipher = options.CreateCipher();
        Tfm = provider.AllocateTfm();
        random ??= new RandomSource(1);
        RandomStream garbage = random.Stream(name + ".kmalloc");
        _unfinished = options.Sockets * options.Numjobs;
        for (int socket = 0; socket < options.Sockets; socket++)
        {
            Accept($"{name}/{socket}", random, leavesInflight: options.NewContext == NewContext.LeftAsAllocated && garbage.NextInt(2) == 1);
        }
    }

    private void Accept(string name, RandomSource random, bool leavesInflight)
    {
        OperationSocket socket = new(Kernel, name, Options, Provider, Cipher, Tfm, new NobodyReads(), Meter);
        if (leavesInflight)
        {
            socket.LeaveInflight();
        }

        AioStream stream = new(socket, Options);
        _streams.Add(stream);
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

    internal LinuxKernel Kernel { get; }

    internal CryptoProvider Provider { get; }

    internal AfAlgOptions Options { get; }

    internal Skcipher Cipher { get; }

    internal int Tfm { get; }

    internal SocketMeter Meter { get; } = new();

    /// <inheritdoc/>
    public void AddMetrics(MetricList metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        Meter.AddMetrics(metrics, Name);
        metrics.Add(Name + ".stale", _stale);
        metrics.Add(Name + ".in_flight.max", _streams.Max(stream => (long)stream.Socket.Memory.AreqsMax));
        metrics.Add(Name + ".omem.max", _streams.Max(stream => stream.Socket.Memory.OmemMax), "B");
    }

    /// <inheritdoc/>
    public (string Rule, string What)? FindLeak()
    {
        foreach (AioStream stream in _streams)
        {
            if (stream.Socket.FindLeak() is { } leak)
            {
                return ("AA-C6", $"{leak} of {stream.Socket.Name}");
            }
        }

        return null;
    }

    /// <summary>The output is not that of one call over all the data.</summary>
    public (string Rule, string Sentence)? FindBroken() =>
        _stale == 0 ? null : ("AA-16", $"the output of {Name} is not that of one call over all its data: {_stale} of its requests started from a stale IV{_firstStale}");

    /// <summary>A driver has read a stale IV.</summary>
    internal void OnStaleIv(Areq areq)
    {
        if (!Options.Chained)
        {
            areq.Say(TraceKind.Step, Name);
            return;
        }

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
            OnError();
        }

        StageClock stages = default;
        stages.Begin(areq.SubmittedAt);
        stages.Enter(BioStage.Conversion, areq.SubmittedAt);
        stages.End(Kernel.Simulation.Now);
        Latencies.Record(areq.SubmittedAt, Kernel.Simulation.Now, areq.Length, isWrite: areq.IsEncryption, in stages);
    }

    /// <summary>An IOCB was refused.</summary>
    internal void OnError() => _errors.Add();

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
        { HasCopy: true } => $"{Writer(areq)}, in a copy, where {Provider.Name} does not write the last block of IOCB {areq.Index}",
        _ => $"{Writer(areq)}, before {Provider.Name} had written the last block of IOCB {areq.Index} back",
    };

    private static string Writer(Areq areq) => areq.ChainedTo == 0 ? "the user had set it" : $"IOCB {areq.ChainedTo} had left it";
}
