using CryptoSim.Simulator;

namespace CryptoSim.Models.Kernel;

/// <summary>The order in which locks were taken under each other, as lockdep keeps it: a circle in it ends the run (DM-K3).</summary>
/// <remarks>
/// <code>
///   take B while holding A:             A → B
///   wait for completion C holding A:    A → C        complete C holding A:    C → A
/// </code>
/// The order is part of the state: a circle is made of what this very run has done, so that its schedule alone shows it. It
/// grows with the run and never shrinks, by one word for each class.
/// </remarks>
[KernelSource("kernel/locking/lockdep.c", "check_noncircular, print_circular_bug", Version = "v4.1", Rules = "DM-K3")]
public sealed class LockOrder
{
    /// <summary>Most classes of locks.</summary>
    public const int MaxClasses = 64;

    private readonly Simulation _simulation;
    private readonly List<KernelMutex> _mutexes = [];   // all there are, in order of creation
    private readonly List<ulong> _after = [];           // for each class, a bit for each class taken under it
    [NotState]
    private readonly List<string> _names = [];          // of the classes; a number once given is never given to another name
    [NotState]
    private readonly List<string> _places = [];         // where each class was taken last under each other, row by row; for people

    internal LockOrder(Simulation simulation) => _simulation = simulation;

    /// <summary>Locked mutexes, by name.</summary>
    public IEnumerable<string> Held => _mutexes.Where(IsLocked).Select(NameOf);

    internal void Add(KernelMutex mutex)
    {
        _mutexes.Add(mutex);
        ClassOf(mutex.Name);
    }

    /// <summary>The running process is about to wait for a lock or completion.</summary>
    /// <returns>False, with the run ended, if that closes a circle.</returns>
    internal bool Taking(string name, string file, int line)
    {
        if (!HoldsAny())
        {
            return true;
        }

        int taken = ClassOf(name);
        bool isFine = true;
        foreach (KernelMutex mutex in _mutexes)
        {
            isFine = isFine && (!mutex.IsMine || IsKnown(ClassOf(mutex.Name), taken) || Note(ClassOf(mutex.Name), taken, Place(file, line)));
        }

        return isFine;
    }

    /// <summary>The running process completes a completion, which waits for every lock it holds here.</summary>
    internal void Completing(string name)
    {
        if (!HoldsAny())
        {
            return;
        }

        int completed = ClassOf(name);
        foreach (KernelMutex mutex in _mutexes)
        {
            if (mutex.IsMine && !IsKnown(completed, ClassOf(mutex.Name)) && !Note(completed, ClassOf(mutex.Name), $"complete({name})"))
            {
                return;
            }
        }
    }

    /// <summary>True if the running process holds a mutex: only then a name becomes a class, for there may be many completions.</summary>
    private bool HoldsAny()
    {
        foreach (KernelMutex mutex in _mutexes)
        {
            if (mutex.IsMine)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if the one was taken under the other before: nothing to write down, and no text to make for it.</summary>
    private bool IsKnown(int before, int after) => before < _after.Count && (_after[before] >> after & 1) != 0;

    private bool Note(int before, int after, string place)
    {
        Grow(before);
        _after[before] |= 1UL << after;
        _places[(before * MaxClasses) + after] = place;
        if (before != after && !Reaches(after, before))
        {
            return true;
        }

        Report(before, after, place);
        return false;
    }

    /// <summary>True if one class comes before another, directly or by way of others.</summary>
    private bool Reaches(int from, int to)
    {
        ulong seen = 1UL << from;
        for (ulong last = 0; seen != last;)
        {
            last = seen;
            for (int i = 0; i < _after.Count; i++)
            {
                seen |= (last >> i & 1) != 0 ? _after[i] : 0;
            }
        }

        return (seen >> to & 1) != 0;
    }

    private void Report(int before, int after, string place)
    {
        string process = _simulation.CurrentProcess.Name;
        string other = _places[(after * MaxClasses) + before];
        string against = before == after ? "" : $"; the other order was taken {(other.Length > 0 ? "at " + other : "by way of others")}";
        string kind = before == after ? "recursive locking" : "circular locking dependency";
        _simulation.Fail("DM-K3", $"possible {kind} detected: {process} takes {_names[after]} under {_names[before]} at {place}{against}");
    }

    private int ClassOf(string name)
    {
        int index = _names.IndexOf(name);
        if (index >= 0)
        {
            return index;
        }

        Invariant.Holds(_names.Count < MaxClasses, "a machine has at most 64 classes of locks");
        _names.Add(name);
        for (int i = 0; i < MaxClasses; i++)
        {
            _places.Add("");
        }

        return _names.Count - 1;
    }

    private void Grow(int index)
    {
        while (_after.Count <= index)
        {
            _after.Add(0);
        }
    }

    private static string Place(string file, int line) => $"{Path.GetFileName(file)}:{line}";

    private static bool IsLocked(KernelMutex mutex) => mutex.IsLocked;

    private static string NameOf(KernelMutex mutex) => mutex.Name;
}
