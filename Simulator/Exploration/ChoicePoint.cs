namespace CryptoSim.Simulator.Exploration;

/// <summary>The steps of which one is to be taken.</summary>
public sealed class ChoicePoint
{
    internal ChoicePoint()
    {
    }

    /// <summary>The run.</summary>
    public SteppedRun Run { get; internal set; } = null!;

    /// <summary>How many steps are open [1..].</summary>
    public int Count => Open.Count;

    /// <summary>The process whose step is open at a place [0..Count-1].</summary>
    public Process this[int index] => Run[Open[index]];

    /// <summary>Place of the process that took the last step, if it can go on; -1 if not.</summary>
    public int Last { get; internal set; } = -1;

    /// <summary>The place that is taken when nobody chooses: the last process goes on while it can, else the first in order. One that has gone on for very long lets the next one in.</summary>
    public int Default { get; internal set; }

    internal List<int> Open { get; } = [];

    /// <summary>Name of the process at a place, as schedules spell it.</summary>
    public string NameAt(int index) => StepNames.At(Run, Open[index]);

    /// <summary>Place of a process; -1 if it is not open.</summary>
    public int Find(string name) => Open.IndexOf(StepNames.IndexOf(Run, name));
}
