using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>One CPU: when it will be free, and the slices that an interrupt has to push back.</summary>
/// <remarks>A slice's end is known when it begins to wait, because service is first come, first served: no event is spent on a queue.</remarks>
internal sealed class Cpu(Simulation simulation)
{
    private readonly Simulation _simulation = simulation;

    [NotState]
    private Slice[] _slices = new Slice[8];   // ring buffer of slices not known to have ended, in order of their end
    [NotState]
    private int _first;                       // index of the oldest slice
    [NotState]
    private int _count;                       // slices in the ring buffer
    [NotState]
    private long _tasksFreeAt;                // [ps] end of the last slice
    [NotState]
    private long _interruptsFreeAt;           // [ps] end of the last interrupt

    private struct Slice
    {
        public Process Process;
        public long End;     // [ps]
        public long Begin;   // [ps] of a slice whose process is told when it begins, until it has been; else 0
    }

    /// <summary>[ps] When a new slice could begin.</summary>
    public long FreeAt => Math.Max(_tasksFreeAt, _interruptsFreeAt);

    /// <summary>Queues a slice of the running process.</summary>
    /// <returns>[ps] From now until the slice ends.</returns>
    public long AddSlice(long cost)
    {
        if (cost == 0)
        {
            return 0;
        }

        long now = _simulation.NowPicoseconds;
        DropEnded(now);
        long end = Math.Max(now, FreeAt) + cost;
        _tasksFreeAt = end;
        Append(new Slice { Process = _simulation.CurrentProcess, End = end });
        return end - now;
    }

    /// <summary>Queues a slice of the running process, which is to be told when it begins.</summary>
    /// <param name="cost">[ps] 1..</param>
    /// <returns>[ps] From now until the slice begins.</returns>
    public long QueueSlice(long cost)
    {
        long now = _simulation.NowPicoseconds;
        DropEnded(now);
        long begin = Math.Max(now, FreeAt);
        _tasksFreeAt = begin + cost;
        Append(new Slice { Process = _simulation.CurrentProcess, Begin = begin, End = begin + cost });
        return begin - now;
    }

    /// <summary>The slice of the running process begins: the next on this CPU.</summary>
    /// <param name="cost">[ps] Of that slice; in a restored state the instants say nothing.</param>
    /// <returns>[ps] From now until it ends.</returns>
    public long BeginSlice(long cost)
    {
        DropEnded(_simulation.NowPicoseconds);
        if (_count > 0 && At(0).Process == _simulation.CurrentProcess)
        {
            At(0).Begin = 0;
        }

        return cost;
    }

    /// <summary>Takes the CPU from its slices.</summary>
    /// <returns>[ps] From now until the interrupt ends.</returns>
    public long AddInterrupt(long cost)
    {
        if (cost == 0)
        {
            return 0;
        }

        long now = _simulation.NowPicoseconds;
        DropEnded(now);
        PushBack(cost);
        _interruptsFreeAt = Math.Max(now, _interruptsFreeAt) + cost;
        return _interruptsFreeAt - now;
    }

    private void PushBack(long cost)
    {
        for (int i = 0; i < _count; i++)
        {
            ref Slice slice = ref At(i);
            slice.End += cost;
            slice.Begin += slice.Begin == 0 ? 0 : cost;
            _simulation.Rearm(slice.Process, new VirtualTime(slice.Begin == 0 ? slice.End : slice.Begin));
            _tasksFreeAt = slice.End;
        }
    }

    private void DropEnded(long now)
    {
        while (_count > 0 && _slices[_first].End <= now)
        {
            _first = (_first + 1) & (_slices.Length - 1);
            _count--;
        }
    }

    /// <summary>Drops slices of processes that have a later one, which only states explored before leave behind: a process has one slice at a time.</summary>
    private void DropReplaced()
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            Slice slice = At(i);
            if (!HasLater(slice.Process, i + 1))
            {
                At(kept++) = slice;
            }
        }

        _count = kept;
    }

    private bool HasLater(Process process, int from)
    {
        for (int i = from; i < _count; i++)
        {
            if (At(i).Process == process)
            {
                return true;
            }
        }

        return false;
    }

    private ref Slice At(int index) => ref _slices[(_first + index) & (_slices.Length - 1)];

    private void Append(Slice slice)
    {
        if (_count == _slices.Length)
        {
            DropReplaced();
        }

        if (_count == _slices.Length)
        {
            Slice[] larger = new Slice[_slices.Length * 2];
            for (int i = 0; i < _count; i++)
            {
                larger[i] = At(i);
            }

            (_slices, _first) = (larger, 0);
        }

        _count++;
        At(_count - 1) = slice;
    }
}
