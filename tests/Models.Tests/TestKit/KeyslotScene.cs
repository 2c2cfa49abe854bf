using System.Globalization;
using CryptoSim.Models.BlkMq;
using CryptoSim.Models.Block;
using CryptoSim.Models.InlineCrypto;
using CryptoSim.Models.InlineCrypto.Fallback;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Recording;
using CryptoSim.Models.Workload;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Tests.TestKit;

/// <summary>One task of a scene: the keys of its requests, in order.</summary>
/// <param name="Keys">A letter is a request under that key, <c>-</c> one that is not encrypted, e.g. <c>ab-a</c>.</param>
/// <param name="IsPlugged">It plugs them and hands them down together.</param>
/// <param name="Cpu">Where it submits from, and so its hardware queue.</param>
/// <param name="At">When it begins.</param>
internal sealed record KeyslotTask(string Keys, bool IsPlugged = false, int Cpu = 0, Duration At = default);

/// <summary>A host with keyslots and a few tasks that submit to it: to run with exact times, or to explore.</summary>
internal sealed class KeyslotScene : IExplorable
{
    private readonly List<Submitter> _tasks = [];
    private readonly List<TraceEvent> _trace = [];

    public KeyslotScene(InlineCryptoHostOptions options, IReadOnlyList<KeyslotTask> tasks, int cpus = 4, bool traced = false)
    {
        Kernel = new LinuxKernel(Simulation, cpus, traced ? new Tracer(0, 0, _trace.Add) : null);
        Host = new InlineCryptoHost(Kernel, "ufs0", options, new RandomSource(1).Stream("ufs0.latency"));
        Host.Prep.Fallback = options.NoKeyslot == NoKeyslot.Fallback ? new BlkCryptoFallback(Kernel, new BlkCryptoFallbackOptions { Wakeup = Duration.Zero }) : null;
        KeyRing keys = new();
        int requests = 0;
        foreach (KeyslotTask task in tasks)
        {
            _tasks.Add(new Submitter(this, task, keys, requests));
            requests += task.Keys.Length;
        }

        Ends = [.. Enumerable.Repeat(-1m, requests)];
        Errors = new bool[requests];
    }

    /// <summary>The slots of the worked example: one, programmed in 2us; commands of 10us; nothing else costs anything.</summary>
    public static InlineCryptoOptions Toy { get; } = new()
    {
        Keyslots = 1,
        ProgramKey = Duration.FromMicroseconds(2),
        Latency = new ConstantDuration(Duration.FromMicroseconds(10)),
        Wakeup = Duration.Zero,
    };

    public Simulation Simulation { get; } = new();

    public LinuxKernel Kernel { get; }

    public InlineCryptoHost Host { get; }

    /// <summary>[us] When each request ended, in the order of the tasks; -1 if it has not.</summary>
    public decimal[] Ends { get; }

    /// <summary>Which requests ended with an error.</summary>
    public bool[] Errors { get; }

    /// <summary>Bios submitted that have not ended.</summary>
    public IEnumerable<Bio> Pending => _tasks.SelectMany(task => task.Pending);

    public long Programs => Host.Profile.Meter.Programs;

    public IReadOnlyList<TraceEvent> Trace => _trace;

    /// <summary>Runs it to its end.</summary>
    public static KeyslotScene Ran(InlineCryptoHostOptions options, params KeyslotTask[] tasks)
    {
        KeyslotScene scene = new(options, tasks);
        Assert.Equal(RunState.Ended, scene.Simulation.Run(new RunLimits { EventsPerInstantLimit = 100_000 }));
        Assert.Equal((End.Completed, null), (scene.Simulation.Outcome.End, scene.Simulation.Outcome.Message));
        return scene;
    }

    /// <summary>Explores all its schedules.</summary>
    public static ExplorationResult Explore(InlineCryptoHostOptions options, params KeyslotTask[] tasks) =>
        new Explorer(new Factory(options, tasks), new ExplorationOptions { RandomRuns = 0, PctRuns = 0, StepLimit = 5_000 }).Run();

    public string ContextOf(byte mark) => Tracer.Word((CpuContext)mark);

    public EndProblem? CheckEnd() =>
        Host.Profile.Table.References > Host.Queue.Ended ? new EndProblem("fault", "KS-K1", $"{Host.Profile.Table.InUse} keyslots in use") : null;

    public RunEnd DescribeEnd() => new()
    {
        Ends = Simulation.Outcome.End switch
        {
            End.Completed => "completed",
            End.Fault => "fault",
            End.Livelock => "livelock",
            End.TimeLimit => "time-limit",
            _ => "deadlock",
        },
        Rule = Simulation.Outcome.Rule,
        Message = Simulation.Outcome.Message,
        AtPicoseconds = Simulation.Outcome.At.Picoseconds,
        Events = Simulation.Events,
        Fingerprint = Simulation.Fingerprint,
        Blocked = [],
    };

    public void Dispose() => Simulation.Dispose();

    private sealed class Factory(InlineCryptoHostOptions options, IReadOnlyList<KeyslotTask> tasks) : IExplorableFactory
    {
        public IExplorable Build(bool traced) => new KeyslotScene(options, tasks, traced: traced);
    }

    private sealed class Submitter : IBioOwner, IHolder
    {
        [NotState]
        private readonly KeyslotScene _scene;
        private readonly InlineCryptoHost _host;
        private readonly Plug? _plug;
        private readonly IoEvents _events;
        private readonly Bio[] _bios;
        private readonly Duration _at;
        private int _next;
        private int _inFlight;

        public Submitter(KeyslotScene scene, KeyslotTask task, KeyRing keys, int first)
        {
            (_scene, _host, _at) = (scene, scene.Host, task.At);
            _plug = task.IsPlugged ? new Plug() : null;
            _events = new IoEvents(scene.Kernel, Duration.Zero, task.Cpu) { Owner = this };
            _bios = new Bio[task.Keys.Length];
            DataSize unit = DataSize.FromKibibytes(4);
            for (int i = 0; i < _bios.Length; i++)
            {
                int number = first + i;
                _bios[i] = new Bio(this);
                _bios[i].Begin(number * 1024L, unit, isWrite: false, task.Cpu, VirtualTime.Zero);
                _bios[i].SetNumber(number + 1);
                _bios[i].Plug = _plug;
                _bios[i].Crypt = task.Keys[i] == '-' ? null : new BioCryptContext(keys.Get(task.Keys[i].ToString(), unit), new DataUnitNumber((ulong)number * 1000));
            }

            scene.Simulation.Spawn("task/" + scene._tasks.Count.ToString(CultureInfo.InvariantCulture), RunAsync());
        }

        public IEnumerable<Bio> Pending => _bios.Take(_next).Where(bio => _scene.Ends[bio.Number - 1] < 0);

        public string Label => "task";

        public string? WhyNobody => null;

        public string EndIo => "dio_bio_end_aio";

        public void OnBioEnd(Bio bio)
        {
            _scene.Ends[bio.Number - 1] = _scene.Simulation.NowPicoseconds / 1_000_000m;
            _scene.Errors[bio.Number - 1] = bio.Error != Errno.Success;
            _inFlight--;
            _events.Signal();
        }

        public void Owners(OwnerList owners)
        {
            foreach (Bio bio in _bios)
            {
                owners.Add(bio);
            }
        }

        private async Process RunAsync()
        {
            _scene.Kernel.Enter(CpuContext.Process);
            if (_at > Duration.Zero)
            {
                await _scene.Simulation.Delay(_at);
            }

            while (_next < _bios.Length)
            {
                _inFlight++;
                await _host.SubmitAsync(_bios[_next++]);
            }

            await (_plug?.FlushAsync() ?? Operation.Completed);
            while (_inFlight > 0)
            {
                await _events.WaitAsync();
            }
        }
    }
}
