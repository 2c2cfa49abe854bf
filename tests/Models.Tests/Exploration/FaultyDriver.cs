using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Simulator;

namespace CryptoSim.Models.Tests.Exploration;

/// <summary>A driver with a ring, a backlog, engines, an interrupt and a tasklet, and at most one <see cref="Fault"/>.</summary>
/// <remarks>
/// <code>
///   Submit ──► ring[entries] ──► input ──► engines ──► output ──► line ──► tasklet: free, fill from the backlog, call back
///      └─ full ──► backlog, EBUSY                                            │
///                     └────── to the ring, with Complete(EINPROGRESS) ◄──────┘
/// </code>
/// What stands between two waits is done under the driver's lock. This part is the submission and the backlog.
/// </remarks>
internal sealed partial class FaultyDriver : CryptoProvider, IHolder
{
    private static readonly Duration Service = Duration.FromMicroseconds(2);   // submission outruns it: an ordinary run fills the ring
    private static readonly Duration ShortTime = Duration.FromNanoseconds(100);

    private readonly LinuxKernel _kernel;
    private readonly Fault _fault;
    private readonly bool _givesSectors;                    // the law's requests all have sector 0: this gives each its own
    private readonly CryptoRequest?[] _ring;                // request of each entry; null while it is free
    private readonly List<CryptoRequest> _backlog = [];
    private readonly List<CryptoRequest> _toFail = [];      // of EndsBackloggedInError
    private readonly Store<int> _input;                     // entries that are to be processed
    private readonly Queue<int> _output = new();            // entries that are done
    private readonly InterruptLine _line;
    private readonly Store<CryptoRequest> _work;            // requests of the driver's work item
    private readonly Completion _lock;                      // what SleepsInTasklet sleeps for
    private long _ivRegister;                               // of SharesIvRegister
    private long _nextSector;
    [NotState]
    private readonly List<Process> _processes = [];         // for diagnosis
    [NotState]
    private long _submitted;                                // for people

    public FaultyDriver(LinuxKernel kernel, Fault fault, int entries, int engines, bool givesSectors = false)
    {
        (_kernel, _fault, _givesSectors, _ring) = (kernel, fault, givesSectors, new CryptoRequest?[entries]);
        _input = new Store<int>(kernel.Simulation, name: "test.input") { Idle = true };
        _work = new Store<CryptoRequest>(kernel.Simulation, name: "test.work") { Idle = true };
        _line = new InterruptLine(kernel.Simulation, "test.irq");
        _lock = new Completion(kernel, "test.lock", "test_dequeue", Duration.Zero);
        for (int i = 0; i < engines; i++)
        {
            _processes.Add(kernel.Simulation.Spawn($"test/engine{i}", Engine(), daemon: true));
        }

        _processes.Add(kernel.Simulation.Spawn("test", Tasklet(), daemon: true));
        _processes.Add(kernel.Simulation.Spawn("test/work", Work(), daemon: true));
    }

    public override string Name => "test";

    public string Label => Name;

    public string WhyNobody => "is idle";

    /// <summary>Entries in use.</summary>
    public int Used => _ring.Count(entry => entry is not null);

    public override void Owners(OwnerList owners) => _processes.ForEach(owners.Add);

    private bool HasRoom => _fault == Fault.OverrunsRing ? Used <= _ring.Length : Used < _ring.Length;

    // ── submission. Context: process ────────────────────────────────────

    protected override SubmitResult SubmitCore(CryptoRequest request)
    {
        request.BeginSubmission(++_submitted);
        request.HeldBy = this;
        request.Iv = _givesSectors ? _nextSector++ : 0;
        if (_fault == Fault.DrainedBySubmissionOnly)
        {
            FillFromBacklog(finished: null);
        }

        if (!HasRoom || (_backlog.Count > 0 && _fault != Fault.LetsNewRequestsOvertake))
        {
            return Keep(request);
        }

        Dispatch(request);
        if (_fault != Fault.SentAndBacklogged || HasRoom)
        {
            return SubmitResult.InProgress;
        }

        _backlog.Add(request);
        return SubmitResult.Busy;
    }

    private SubmitResult Keep(CryptoRequest request)
    {
        if (_fault == Fault.AppendsOutsideLock)
        {
            _work.TryPut(request);
        }
        else if (_fault != Fault.BusyWithoutKeeping)
        {
            _backlog.Add(request);
        }

        return _fault switch
        {
            Fault.KeptAndAnsweredNoSpace => SubmitResult.NoSpace,
            Fault.KeptAndAnsweredDone => SubmitResult.Done,
            Fault.BackloggedAndAnsweredInProgress => SubmitResult.InProgress,
            _ => SubmitResult.Busy,
        };
    }

    private void Dispatch(CryptoRequest request)
    {
        int entry = Math.Max(0, Array.IndexOf(_ring, null));   // none is free: only after an overrun, which wraps around
        _ring[entry] = request;
        _ivRegister = _fault == Fault.SharesIvRegister ? request.Iv : 0;
        _input.TryPut(entry);
        if (_fault == Fault.ProcessesTwice)
        {
            _input.TryPut(entry);
        }
    }

    // ── the backlog. Context: softirq, except for DrainedBySubmissionOnly ─

    private void FillFromBacklog(CryptoRequest? finished)
    {
        while (_backlog.Count > 0 && HasRoom)
        {
            Promote(finished);
        }
    }

    private void Promote(CryptoRequest? finished)
    {
        CryptoRequest request = TakeFromBacklog();
        if (_fault == Fault.ResubmitsInFlight)
        {
            Submit(request);
            return;
        }

        Dispatch(request);
        Notify(_fault == Fault.NotifiesTheFinished ? finished! : request);
    }

    private CryptoRequest TakeFromBacklog()
    {
        int place = _fault == Fault.BacklogLifo ? _backlog.Count - 1 : 0;
        CryptoRequest request = _backlog[place];
        _backlog.RemoveAt(place);
        return request;
    }

    private void Notify(CryptoRequest request)
    {
        switch (_fault)
        {
            case Fault.NotificationMissing:
                return;
            case Fault.NotifiesFromWork:
                _work.TryPut(request);
                return;
            case Fault.NotifiesTheNext when _backlog.Count > 0:
                _backlog[0].Complete(Errno.EINPROGRESS);
                return;
            case Fault.NotifiesTwice:
                request.Complete(Errno.EINPROGRESS);
                break;
            case Fault.EndsBackloggedInError:
                _toFail.Add(request);
                break;
        }

        request.Complete(Errno.EINPROGRESS);
    }
}
