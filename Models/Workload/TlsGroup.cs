using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Workload;

/// <summary>All kTLS sockets of one workload, and what is measured about their records.</summary>
[KernelSource("net/tls/tls_sw.c", "tls_sw_sendmsg", Version = "v6.18", Rules = "DM-B14")]
public sealed class TlsGroup : IWorkload
{
    private readonly IoErrors _errors = new();
    [NotState]
    private int _unfinished;   // sockets, to tell when the last one ended

    /// <summary>Opens the sockets.</summary>
    public TlsGroup(LinuxKernel kernel, string name, CryptoProvider provider, TlsOptions options, LatencyRecorder latencies)
    {
        ArgumentNullException.ThrowIfNull(options);
        (Kernel, Name, Provider, Options, Latencies) = (kernel, name, provider, options, latencies);
        _unfinished = options.Numjobs;
        for (int socket = 0; socket < options.Numjobs; socket++)
        {
            _ = new TlsSocket(this, socket);   // kept by its process
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

    internal TlsOptions Options { get; }

    internal void OnDone(TlsRecord record, Errno status)
    {
        if (status != Errno.Success)
        {
            _errors.Add();
        }

        StageClock stages = default;   // a record is not split: all of it is the conversion
        stages.Begin(record.SubmittedAt);
        stages.Enter(BioStage.Conversion, record.SubmittedAt);
        stages.End(Kernel.Simulation.Now);
        Latencies.Record(record.SubmittedAt, Kernel.Simulation.Now, record.Length, isWrite: true, in stages);
    }

    internal void OnSocketFinished()
    {
        if (--_unfinished == 0)
        {
            Latencies.Finish(Kernel.Simulation.Now);
        }
    }
}
