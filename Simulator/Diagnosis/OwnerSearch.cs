namespace CryptoSim.Simulator;

/// <summary>
/// Follows who owes the wake-up of one process: waitable, owner, its owners, what those wait on, and so on.
/// Any owner is enough, so the wait ends if and only if somebody who can still run is reached.
/// </summary>
internal sealed class OwnerSearch(Simulation simulation, bool dry)
{
    private readonly HashSet<object> _visited = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> _path = [];
    private readonly List<object> _onPath = [];   // the frames and holders that _path came through
    private List<string>? _alive;
    private List<string>? _unknown;
    private List<string>? _deadEnd;
    private List<string>? _loop;
    private string _deadEndSentence = "";
    private string[] _cycle = [];

    internal BlockedProcess Explain(ProcessFrame frame)
    {
        Visit(frame);
        var (reason, owner, chain) = Verdict();
        var waitable = frame.WaitingOn!;
        string although = waitable.WorkLeft is { } left ? $", although {left}" : "";
        return new BlockedProcess(
            ProcessNames.Of(frame), waitable.Name, waitable.Symbol, new VirtualTime(frame.Since), ProcessNames.Source(frame), reason, owner + although, chain)
        {
            Cycle = reason == BlockedReason.Cycle ? _cycle : [],
        };
    }

    private (BlockedReason Reason, string Owner, List<string> Chain) Verdict()
    {
        if (_alive is not null)
        {
            return (BlockedReason.Alive, $"{_alive[^1]} can still run", _alive);
        }

        if (_unknown is not null)
        {
            return dry
                ? (BlockedReason.Nobody, "nothing is scheduled any more, so nobody will", _unknown)
                : (BlockedReason.Unknown, "nothing says who should", _unknown);
        }

        return _deadEnd is not null
            ? (BlockedReason.Nobody, _deadEndSentence, _deadEnd)
            : (BlockedReason.Cycle, $"only {string.Join(" -> ", _cycle)} -> {_cycle[0]}, which wait for each other", _loop!);
    }

    private void Visit(ProcessFrame frame)
    {
        string name = ProcessNames.Of(frame);
        _path.Add(name);
        if (frame.WaitingOn is not { } waitable)
        {
            _alive ??= [.. _path];
        }
        else if (frame.ArmedKey != 0)
        {
            _alive ??= [.. _path];
        }
        else if (frame.IsDaemon && waitable.Idle)
        {
            DeadEnd(waitable.WorkLeft is { } left
                ? $"{name} idles although {left}, and nobody wakes it"
                : $"{name} idles in {waitable.Name} and will not come by itself");
        }
        else if (!_visited.Add(frame))
        {
            NoteLoop(frame);
        }
        else
        {
            VisitOwnerOf(frame, waitable);
        }

        _path.RemoveAt(_path.Count - 1);
    }

    private void VisitOwnerOf(ProcessFrame frame, Waitable waitable)
    {
        _onPath.Add(frame);
        _path.Add(waitable.Name);
        if (waitable.Owner is { } holder)
        {
            Visit(holder);
        }
        else
        {
            _unknown ??= [.. _path];
        }

        _path.RemoveAt(_path.Count - 1);
        _onPath.RemoveAt(_onPath.Count - 1);
    }

    private void Visit(IHolder holder)
    {
        _path.Add(holder.Label);
        if (_visited.Add(holder))
        {
            _onPath.Add(holder);
            VisitOwnersOf(holder);
            _onPath.RemoveAt(_onPath.Count - 1);
        }
        else
        {
            NoteLoop(holder);
        }

        _path.RemoveAt(_path.Count - 1);
    }

    private void VisitOwnersOf(IHolder holder)
    {
        var owners = new OwnerList();
        holder.Owners(owners);
        if (owners.Count == 0)
        {
            DeadEnd(holder.WhyNobody is { } why ? $"{holder.Label} {why}" : $"nobody holds {holder.Label} any more");
        }

        foreach (var (process, inner, timer) in owners.Items)
        {
            VisitOwner(process, inner, timer);
        }
    }

    private void VisitOwner(Process process, IHolder? holder, Timer? timer)
    {
        if (holder is not null)
        {
            Visit(holder);
        }
        else if (timer is not null)
        {
            VisitTimer(timer);
        }
        else if (process.Frame is { } frame && ReferenceEquals(process.Simulation, simulation))
        {
            Visit(frame);
        }
        else
        {
            DeadEnd("the process that should have has ended");
        }
    }

    private void VisitTimer(Timer timer)
    {
        _path.Add(timer.Name);
        if (timer.IsArmed)
        {
            _alive ??= [.. _path];
        }
        else
        {
            DeadEnd($"{timer.Name} is not armed");
        }

        _path.RemoveAt(_path.Count - 1);
    }

    private void DeadEnd(string sentence)
    {
        if (_deadEnd is null)
        {
            _deadEnd = [.. _path, "(nobody)"];
            _deadEndSentence = sentence;
        }
    }

    private void NoteLoop(object start)
    {
        int index = _onPath.IndexOf(start);
        if (index < 0 || _loop is not null)
        {
            return;
        }

        var names = _onPath.Skip(index).OfType<ProcessFrame>().Select(ProcessNames.Of).ToArray();
        if (names.Length == 0)
        {
            DeadEnd("what should have done it is held only by itself");
            return;
        }

        _loop = [.. _path];
        _cycle = names;
    }
}
