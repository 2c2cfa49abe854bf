using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>Slices of CPU time that were granted and are not known to have ended, in order of their end; something above them pushes them back.</summary>
internal sealed class SliceQueue(Simulation simulation)
{
    private readonly Simulation _simulation = simulation;

    [NotState]
    private Slice[] _slices = new Slice[8];   // ring buffer
    [NotState]
    private int _first;                       // index of the oldest slice
    [NotState]
    private int _count;                       // slices in the ring buffer

    private struct Slice
    {
        public Process Process;
        public long End;     // [ps]
        public long Begin;   // [ps] of a slice whose process is told when it begins, until it has been; else 0
    }

    /// <summary>The process that has the CPU: the first slice that has not ended; none if there is none.</summary>
    public Process Running
    {
        get
        {
            DropEnded(_simulation.NowPicoseconds);
            return _count == 0 ? default : At(0).Process;
        }
    }

    /// <summary>The running process has a slice until then [ps].</summary>
    public void Add(long end)
    {
        DropEnded(_simulation.NowPicoseconds);
        Append(new Slice { Process = _simulation.CurrentProcess, End = end });
    }

    /// <summary>The running process has a slice from one instant to another [ps], and is told when it begins.</summary>
    public void Add(long begin, long end)
    {
        DropEnded(_simulation.NowPicoseconds);
        Append(new Slice { Process = _simulation.CurrentProcess, Begin = begin, End = end });
    }

    /// <summary>The slice of the running process has begun: it is told its end next.</summary>
    public void Begun()
    {
        DropEnded(_simulation.NowPicoseconds);
        if (_count > 0 && At(0).Process == _simulation.CurrentProcess)
        {
            At(0).Begin = 0;
        }
    }

    /// <summary>Every slice that has not ended ends so much later [ps].</summary>
    /// <returns>[ps] The end of the last one; the given instant if there is none.</returns>
    public long PushBack(long cost, long last)
    {
        DropEnded(_simulation.NowPicoseconds);
        for (int i = 0; i < _count; i++)
        {
            ref Slice slice = ref At(i);
            slice.End += cost;
            slice.Begin += slice.Begin == 0 ? 0 : cost;
            _simulation.Rearm(slice.Process, new VirtualTime(slice.Begin == 0 ? slice.End : slice.Begin));
            last = slice.End;
        }

        return last;
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
