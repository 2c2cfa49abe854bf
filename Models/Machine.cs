using CryptoSim.Models.AfAlg;
using CryptoSim.Models.Block;
using CryptoSim.Models.Caam;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.DmCrypt;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Models.Recording;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models;

/// <summary>A whole machine on one virtual clock: CPUs and devices, the stack on them, and the workload on top.</summary>
/// <remarks>
/// <code>
///   workload ──► dm-crypt ──► job ring        (hardware, stack, workload: built bottom up, run top down)
///                    └──────► block device
/// </code>
/// The same options and the same <see cref="MachineRunOptions"/> give the same run, to the bit.
/// </remarks>
public sealed class Machine : IDisposable
{
    /// <summary>Simulator events between two checkpoints of the order hash.</summary>
    public const int CheckpointInterval = 4096;

    private readonly Dictionary<string, CryptoProvider> _ciphers = [];
    private readonly Dictionary<string, IBlockDevice> _devices = [];
    private readonly List<CryptoProvider> _cipherList = [];
    private readonly List<BlockDevice> _deviceList = [];
    private readonly List<DmCryptTarget> _targets = [];
    private readonly List<IWorkload> _workloads = [];
    private readonly List<ulong> _checkpoints = [];
    private readonly KeyRing _keys = new();
    private readonly RandomSource _random;
    private readonly MachineRunOptions _run;
    private readonly RunLimits _limits;
    private readonly TimedOrder? _timing;
    private readonly BlkCryptoFallbackOptions _fallbackOptions;
    private long _nextCheckpoint = CheckpointInterval;

    private Machine(MachineOptions options, MachineRunOptions run)
    {
        _run = run;
        _fallbackOptions = options.Hardware.BlkCryptoFallback ?? new BlkCryptoFallbackOptions();
        _random = new RandomSource(run.Seed, run.Replication);
        _limits = new RunLimits { TimeLimit = VirtualTime.Zero + run.TimeLimit };
        _timing = run.Timing.Count > 0 ? new TimedOrder(run.Timing) : null;
        Simulation = new Simulation();
        Tracer? tracer = run.TraceKept > 0 || run.StepsKept > 0 || run.OnTrace is not null
            ? new Tracer(run.TraceKept, run.StepsKept, run.OnTrace, run.TraceSources)
            : null;
        Kernel = new LinuxKernel(Simulation, options.Hardware.Cpus, tracer, version: options.Kernel)
        {
            Memory = new PageAllocator(options.Hardware.Memory),
            KeepsContents = options.Workload.Any(part => part.Options is JobOptions { Verify: true }),
            FpuSection = options.Hardware.FpuSections ?? LinuxKernel.DefaultFpuSection(options.Kernel),
            CanCreateKthreads = options.Hardware.Memory?.Kthreads != Kthreads.None,
            Costs = options.Hardware.Costs ?? new CostOptions(),
            Requests = run.RequestsKept > 0 ? new RequestRecorder(run.Warmup, run.RequestsKept) : null,
        };
    }

    /// <summary>The virtual clock and its calendar.</summary>
    public Simulation Simulation { get; }

    /// <summary>The kernel that all parts run in.</summary>
    public LinuxKernel Kernel { get; }

    /// <summary>[ps] The virtual clock.</summary>
    public long NowPicoseconds => Simulation.NowPicoseconds;

    /// <summary>Simulator events dispatched so far.</summary>
    public long Events => Simulation.Events;

    /// <summary>Crypto devices with what stands in front of them, in the order of the options.</summary>
    public IReadOnlyList<CryptoProvider> Ciphers => _cipherList;

    /// <summary>Block devices at the bottom, in the order of the options.</summary>
    public IReadOnlyList<BlockDevice> Devices => _deviceList;

    /// <summary>blk-crypto-fallback; null while nothing can need it.</summary>
    internal BlkCryptoFallback? Fallback { get; private set; }

    /// <summary>dm-crypt targets, in the order of the options.</summary>
    public IReadOnlyList<DmCryptTarget> Targets => _targets;

    /// <summary>Workloads, in the order of the options.</summary>
    public IReadOnlyList<IWorkload> Workloads => _workloads;

    /// <summary>Builds a machine: hardware, then the stack from the bottom, then the workload.</summary>
    /// <param name="options">Valid options: <see cref="MachineValidator.Validate"/> finds nothing in them.</param>
    /// <param name="run">Seed, limits and what to keep.</param>
    public static Machine Build(MachineOptions options, MachineRunOptions run)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(run);
        Machine machine = new(options, run);
        IReadOnlyList<NamedPart<DeviceOptions>> devices = options.Hardware.Devices;
        for (int i = 0; i < devices.Count; i++)
        {
            machine.AddDevice(devices[i].Name, devices[i].Options, [.. devices.Take(i)]);
        }

        for (int i = options.Stack.Count - 1; i >= 0; i--)
        {
            machine.AddTarget(options.Stack[i].Name, i == 0 ? "kcryptd" : "kcryptd-" + options.Stack[i].Name, (DmCryptOptions)options.Stack[i].Options);
        }

        machine._targets.Reverse();
        foreach (NamedPart<WorkloadOptions> part in options.Workload)
        {
            machine.AddWorkload(part.Name, part.Options);
        }

        machine.StartWarmup();
        return machine;
    }

    /// <summary>Runs until the end or until at least <paramref name="maxEvents"/> more events.</summary>
    /// <returns>True when the run has ended.</returns>
    public bool Run(long maxEvents = long.MaxValue)
    {
        long until = maxEvents > long.MaxValue - Events ? long.MaxValue : Events + maxEvents;
        while (Events < until)
        {
            if (Advance(_nextCheckpoint - Events) == RunState.Ended)
            {
                return true;
            }

            if (_run.KeepCheckpoints)
            {
                _checkpoints.Add(Simulation.Fingerprint);
            }

            _nextCheckpoint += CheckpointInterval;
        }

        return false;
    }

    private RunState Advance(long events) => _timing is null ? Simulation.Run(_limits, events) : Simulation.RunTimed(_limits, _timing, events);

    /// <summary>What the run left behind; valid once <see cref="Run"/> returned true.</summary>
    public MachineResult Result()
    {
        Tracer? tracer = Kernel.Tracer;
        return new MachineResult(
            DescribeEnd(),
            MachineMetrics.Collect(this),
            [.. _workloads.Select(w => w.Latencies.ToSeries())],
            tracer?.Steps ?? [],
            tracer?.Head ?? [],
            tracer?.Tail ?? [],
            tracer?.Omitted ?? 0,
            _checkpoints)
        {
            Outputs = [.. _workloads.SelectMany(w => w.Outputs)],
            Requests = Kernel.Requests?.ToSeries() ?? [],
        };
    }

    /// <summary>Trace events so far, the first <see cref="MachineRunOptions.TraceKept"/> of them.</summary>
    public IReadOnlyList<TraceEvent> Trace => Kernel.Tracer?.Head ?? [];

    /// <summary>How the run ended, in the words of a scenario; valid once it has.</summary>
    public RunEnd DescribeEnd() => MachineEnd.Describe(this);

    /// <summary>What is still in use, asked when all work has ended (DM-K2): the broken rule and a sentence; null if nothing is. Reads state alone.</summary>
    public (string Rule, string Sentence)? FindLeaks() => MachineLeaks.Find(this);

    /// <summary>What was broken on the way although all work has ended and nothing is left: the broken rule and a sentence; null if nothing was. Reads state alone.</summary>
    public (string Rule, string Sentence)? FindBroken() => MachineErrors.FindBroken(this);

    /// <summary>The rule behind I/O errors, as far as a crypto device knows it; null if none does. Reads state alone.</summary>
    public string? RuleOfErrors => MachineErrors.CauseIn(this).Rule;

    /// <inheritdoc/>
    public void Dispose() => Simulation.Dispose();

    /// <summary>Virtual time since the end of the warm-up.</summary>
    internal Duration MeasuredTime => Simulation.Now - VirtualTime.Zero > _run.Warmup ? Simulation.Now - VirtualTime.Zero - _run.Warmup : Duration.Zero;

    /// <summary>Forgets what was measured so far: the warm-up is over.</summary>
    internal void RestartMeters()
    {
        foreach (CryptoProvider cipher in _cipherList)
        {
            cipher.RestartMeter();
        }

        foreach (BlockDevice device in _deviceList)
        {
            device.RestartMeter();
        }

        Fallback?.RestartMeter();
        foreach (DmCryptTarget target in _targets)
        {
            target.Meter.Restart();
        }
    }

    private void AddDevice(string name, DeviceOptions options, IReadOnlyList<NamedPart<DeviceOptions>> before)
    {
        if (options is CryptoDeviceOptions crypto)
        {
            AddCipher(name, crypto, before);
            return;
        }

        BlockDevice device = options switch
        {
            NullDeviceOptions o => new NullDevice(Kernel, name, o),
            RamDeviceOptions o => new RamDevice(Kernel, name, o),
            DiskOptions o => new DiskDevice(Kernel, name, o, _random.Stream(name + ".latency")),
            InlineCryptoHostOptions o => new InlineCryptoHost(Kernel, name, o, _random.Stream(name + ".latency")),
            NvmeOptions o => new NvmeDevice(Kernel, name, o, _random.Stream(name + ".latency")),
            _ => throw new ArgumentException($"{name} is a device of an unknown model"),
        };
        _deviceList.Add(device);
        _devices.Add(name, device);
        if (device is InlineCryptoHost host && options is InlineCryptoHostOptions { MayFallBack: true })
        {
            host.Prep.Fallback = StartFallback();
        }
    }

    /// <summary>blk_crypto_start_using_key: whoever will submit bios with such keys to a device says so, and the fallback is brought up if the device needs it.</summary>
    private void StartUsingKey(string name, CryptoConfig config)
    {
        IBlockDevice device = _devices[name];
        if (device is InlineCryptoHost host)
        {
            host.Prep.Fallback ??= host.Prep.Supports(config) ? null : StartFallback();
        }
        else if (device is not FallbackEntry)
        {
            _devices[name] = new FallbackEntry(device, StartFallback());
        }
    }

    private BlkCryptoFallback? StartFallback() => Fallback ??= _fallbackOptions.Enabled ? new BlkCryptoFallback(Kernel, _fallbackOptions) : null;

    private CryptoProvider AddCipher(string name, CryptoDeviceOptions options, IReadOnlyList<NamedPart<DeviceOptions>> before)
    {
        CryptoProvider cipher = options.Build(new CryptoParts(Kernel, name, _random, _cipherList) { Devices = before });
        _ciphers.Add(name, cipher);
        if (!_cipherList.Contains(cipher))   // crypto-api stands for a device that is there already
        {
            _cipherList.Add(cipher);
        }

        return cipher;
    }

    private void AddTarget(string name, string workqueue, DmCryptOptions options)
    {
        DmCryptTarget target = new(Kernel, name, workqueue, options, _ciphers[options.Engine], _devices[options.Below]);
        _targets.Add(target);
        _devices.Add(name, target);
    }

    private void AddWorkload(string name, WorkloadOptions options)
    {
        if (options is CpuLoadOptions load)
        {
            CpuHogs.Start(Kernel, name, load, _random);
            return;
        }

        if (options.UsesKeys is { } uses)
        {
            StartUsingKey(uses.Device, uses.Config);
        }

        LatencyRecorder latencies = new(name, _run.Warmup, options.RunsFor, _run.BiosKept);
        IWorkload workload = options switch
        {
            JobOptions o => new JobGroup(Kernel, name, _devices[o.Device], o, _random, latencies, _keys),
            LawOptions o => new RingLaw(Kernel, name, o, (CaamCipher)AddCipher(RingLaw.RingName, o.Ring, []), latencies),
            SingleRequestOptions o => new SingleRequestGroup(Kernel, name, _ciphers[o.Engine], o, latencies),
            FscryptOptions o => new FscryptGroup(Kernel, name, (IKeyedDevice)_devices[o.Device], o, _random, latencies, _keys),
            DirtyPagesOptions o => new DirtyPages(Kernel, name, _devices[o.Device], o, latencies, _keys),
            TlsOptions o => new TlsGroup(Kernel, name, _ciphers[o.Engine], o, latencies),
            AfAlgLawOptions o => new AfAlgGroup(Kernel, name, AddCipher(AfAlgLawOptions.EngineName, o.Device, []), o.Aio, latencies, _random),
            AfAlgOptions o => new AfAlgGroup(Kernel, name, _ciphers[o.Engine], o, latencies, _random),
            KcapiOptions o => new AfAlgGroup(Kernel, name, _ciphers[o.Engine], o, latencies),
            _ => throw new ArgumentException($"{name} is a workload of an unknown model"),
        };
        _workloads.Add(workload);
    }

    private void StartWarmup()
    {
        if (_run.Warmup > Duration.Zero)
        {
            new WarmupTimer(this).Arm(_run.Warmup);
        }
    }

    private sealed class WarmupTimer(Machine machine) : Simulator.Timer(machine.Simulation, "warmup")
    {
        protected override void OnExpired() => machine.RestartMeters();
    }
}
