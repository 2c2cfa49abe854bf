using System.Globalization;
using System.Runtime.CompilerServices;
using CryptoSim.Models.Block;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Models.Recording;

/// <summary>Writes the trace: what happened, in which process and context, in the kernel's words. Exists only while a trace is wanted.</summary>
public sealed class Tracer
{
    private const int TailLength = 64;

    [NotState]
    private readonly List<TraceEvent> _head = [];
    [NotState]
    private readonly Queue<TraceEvent> _tail = new();
    [NotState]
    private readonly List<(string Part, StepRecorder Steps)> _occupancies = [];
    private readonly int _keep;
    private readonly int _stepsKept;
    private readonly Action<TraceEvent>? _onTrace;
    private readonly bool _sources;
    private LinuxKernel _kernel = null!;
    [NotState]
    private long _omitted;

    /// <summary>A tracer that keeps the first events and the last few.</summary>
    /// <param name="keep">Events kept from the start.</param>
    /// <param name="stepsKept">Changes kept of each ring's occupancy.</param>
    /// <param name="onTrace">Called for each event; null for none.</param>
    /// <param name="sources">Each event says which line of a model it comes from.</param>
    public Tracer(int keep, int stepsKept, Action<TraceEvent>? onTrace = null, bool sources = false)
    {
        (_keep, _stepsKept, _onTrace, _sources) = (keep, stepsKept, onTrace, sources);
    }

    /// <summary>The first events.</summary>
    public IReadOnlyList<TraceEvent> Head => _head;

    /// <summary>The last events beyond the head.</summary>
    public IReadOnlyList<TraceEvent> Tail => [.. _tail];

    /// <summary>Events between head and tail.</summary>
    public long Omitted => _omitted;

    /// <summary>Occupancy of the rings and of the keyslots.</summary>
    public IReadOnlyList<StepSeries> Steps => [.. _occupancies.Select(o => o.Steps.ToSeries())];

    /// <summary>The word of a context in a trace line.</summary>
    public static string Word(CpuContext context) => context switch
    {
        CpuContext.Process => "process",
        CpuContext.Softirq => "softirq",
        CpuContext.Hardirq => "hardirq",
        CpuContext.IrqsOff => "irqs-off",
        CpuContext.RcuReader => "rcu-reader",
        _ => "hw",
    };

    // The caller's file and line are those of the model, and reach an event only when sources are wanted.

    /// <summary>Writes an event of the running process.</summary>
    /// <param name="kind">What kind of happening.</param>
    /// <param name="function">The kernel function.</param>
    /// <param name="target">The other part.</param>
    /// <param name="subject">What it is about.</param>
    /// <param name="result">The answer or status.</param>
    /// <param name="detail">Anything else a reader wants.</param>
    /// <param name="file">Of the caller.</param>
    /// <param name="line">Of the caller.</param>
    public void Emit(
        TraceKind kind, string function, string target = "", string subject = "", string result = "", string detail = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Simulation simulation = _kernel.Simulation;
        string process = simulation.CurrentProcess.Exists ? simulation.CurrentProcess.Name : target;
        TraceEvent happening = new(simulation.NowPicoseconds, kind, process, Word(_kernel.Context), function, target, subject, result, detail);
        Keep(_sources ? happening with { Source = string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}:{line}") } : happening);
    }

    /// <summary>A request is handed to a provider or an engine.</summary>
    /// <param name="function">The function that is called.</param>
    /// <param name="provider">The part it is called in.</param>
    /// <param name="request">What is submitted.</param>
    /// <param name="file">Of the caller.</param>
    /// <param name="line">Of the caller.</param>
    internal void Calling(string function, string provider, CryptoRequest request, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Emit(TraceKind.Call, function, provider, request.Label, detail: request.MayBacklog ? "MAY_BACKLOG" : "", file: file, line: line);

    /// <summary>A provider or an engine answers a submission.</summary>
    /// <param name="answering">The function whose answer the caller of the crypto API sees.</param>
    /// <param name="provider">The part that answers.</param>
    /// <param name="request">What was submitted.</param>
    /// <param name="result">The answer.</param>
    /// <param name="fill">Jobs in the ring or requests in the queue, afterwards.</param>
    /// <param name="capacity">Of the ring or queue.</param>
    /// <param name="kept">What became of a request that found no room: <c>backlogged</c>, <c>request dropped</c>, <c>rejected</c>; empty otherwise.</param>
    /// <param name="file">Where it was decided.</param>
    /// <param name="line">Where it was decided.</param>
    internal void Answered(
        string answering, string provider, CryptoRequest request, SubmitResult result, int fill, int capacity, string kept, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        string answer = result.Errno == Errno.Success ? "0" : result.Errno.ToString();
        string fillText = string.Create(CultureInfo.InvariantCulture, $"{fill}/{capacity}");
        Emit(TraceKind.Return, answering, provider, request.Label, answer, kept.Length == 0 ? fillText : fillText + ", " + kept, file, line);
    }

    /// <summary>A provider has answered EBUSY and keeps nothing.</summary>
    internal void Dropped(string function, string provider, CryptoRequest request, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Emit(TraceKind.Fault, function, provider, request.Label, "EBUSY", "MAY_BACKLOG promises a callback with EINPROGRESS (DM-C5); the driver has forgotten the request", file, line);

    /// <summary>A provider or engine is about to call a request back.</summary>
    internal void CallingBack(string function, CryptoRequest request, Errno status, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Emit(TraceKind.Callback, function, request.CallbackName, request.Label, status == Errno.Success ? "0" : status.ToString(), file: file, line: line);

    /// <summary>A bio was submitted to a device.</summary>
    internal void Bio(string function, string device, Bio bio, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Emit(TraceKind.Call, function, device, bio.Label, detail: string.Create(CultureInfo.InvariantCulture, $"{(bio.IsWrite ? "WRITE" : "READ")} {bio.Sector} + {bio.Size.Bytes / 512}"), file: file, line: line);

    /// <summary>A bio ended.</summary>
    internal void BioEnd(string target, Bio bio, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Emit(TraceKind.Callback, "bio_endio", target, bio.Label, bio.Error == Errno.Success ? "0" : bio.Error.ToString(), file: file, line: line);

    /// <summary>The number of jobs in a ring changed.</summary>
    internal void RingFill(string ring, int used) => Occupied(ring, used);

    /// <summary>The number of keyslots in use changed.</summary>
    internal void KeyslotsInUse(string host, int used) => Occupied(host, used);

    internal void AddRing(string name, int capacity) => _occupancies.Add((name, new StepRecorder(name + ".ring", "jobs", capacity, _stepsKept)));

    internal void AddKeyslots(string host, int slots) => _occupancies.Add((host, new StepRecorder(host + ".keyslots", "slots in use", slots, _stepsKept)));

    internal void Attach(LinuxKernel kernel) => _kernel = kernel;

    /// <summary>A part is a ring or has keyslots, never both.</summary>
    private void Occupied(string part, int used)
    {
        foreach ((string name, StepRecorder steps) in _occupancies)
        {
            if (name == part)
            {
                steps.Set(_kernel.Simulation.Now, used);
            }
        }
    }

    private void Keep(TraceEvent happening)
    {
        _onTrace?.Invoke(happening);
        if (_head.Count < _keep)
        {
            _head.Add(happening);
            return;
        }

        _tail.Enqueue(happening);
        if (_tail.Count > TailLength)
        {
            _tail.Dequeue();
            _omitted++;
        }
    }
}
