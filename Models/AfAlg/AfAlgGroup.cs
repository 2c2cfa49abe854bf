using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;

namespace CryptoSim.Models.AfAlg;

/// <summary>A bound AF_ALG socket with its operation sockets and the tasks that use them, and what is measured about their IOCBs.</summary>
[KernelSource("crypto/af_alg.c", "alg_bind, af_alg_accept", Version = "v4.14", Rules = "AA-1 AA-12")]
public sealed class AfAlgGroup : IWorkload
{
    private readonly IoErrors _errors = new();
    private long _stale;            // requests that started from another IV than the chain has
    [NotState]
    private string? _firstStale;    // the first of them; for people
    [NotState]
    private int _unfinished;        // tasks, to tell when the last one ended

    /// <summary>bind(), accept() and the tasks.</summary>
    public AfAlgGroup(LinuxKernel kernel, string name, CryptoProvider provider, AfAlgOptions options, LatencyRecorder latencies)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(provider);
        (Kernel, Name, Provider, Options, Latencies) = (kernel, name, provider, options, latencies);
        Cipher = options.CreateCipher();
        Tfm = provider.AllocateTfm();
        _unfinished = options.Sockets;
        for (int socket = 0; socket < options.Sockets; socket++)
        {
            _ = new AioTask(this, socket);   // kept by its process
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

    /// <summary>The output is not that of one call over all the data.</summary>
    public (string Rule, string Sentence)? FindBroken() =>
        _stale == 0 ? null : ("AA-16", $"the output of {Name} is not that of one call over all its data: {_stale} of its requests started from a stale IV{_firstStale}");

    /// <summary>A driver has read a stale IV.</summary>
    internal void OnStaleIv(Areq areq)
    {
        if (!Options.Chained)
        {
            return;
        }

        areq.Track?.MarkStale();
        string what = $"{areq.Label} (IOCB {areq.Index + 1}) read ctx->iv as {Whose(areq.ChainedTo)}, before IOCB {areq.Index} had written it back";
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

    private static string Whose(long iocb) => iocb == 0 ? "the user had set it" : $"IOCB {iocb} had left it";
}
