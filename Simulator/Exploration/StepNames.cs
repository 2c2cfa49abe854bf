using System.Globalization;

namespace CryptoSim.Simulator.Exploration;

/// <summary>Names of processes in schedules: the process's own name, and <c>name~2</c>, <c>name~3</c> ... for others alive with the same one, in the order of their slots.</summary>
public static class StepNames
{
    /// <summary>Name of the process whose step is pending at a place [0..Count-1].</summary>
    public static string At(SteppedRun run, int index)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Of(run.Simulation, run.SlotAt(index));
    }

    /// <summary>Place of the pending step of a process; -1 when it has none.</summary>
    public static int IndexOf(SteppedRun run, string name)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(name);
        for (int i = 0; i < run.Count; i++)
        {
            if (IsAt(run.Simulation, run.SlotAt(i), name))
            {
                return i;
            }
        }

        return -1;
    }

    internal static string Of(Simulation simulation, int slot)
    {
        string name = ProcessNames.Of(simulation.FrameAt(slot));
        int ordinal = Ordinal(simulation, slot, name);
        return ordinal == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}~{ordinal}");
    }

    internal static bool IsAt(Simulation simulation, int slot, string name)
    {
        string own = ProcessNames.Of(simulation.FrameAt(slot));
        if (!name.StartsWith(own, StringComparison.Ordinal))
        {
            return false;
        }

        return name.Length == own.Length ? Ordinal(simulation, slot, own) == 1 : name[own.Length] == '~' && Of(simulation, slot) == name;
    }

    /// <summary>How many with this name are alive up to this slot.</summary>
    private static int Ordinal(Simulation simulation, int slot, string name)
    {
        int ordinal = 1;
        for (int i = 0; i < slot; i++)
        {
            if (simulation.LiveFrameAt(i) is { } frame && ProcessNames.Of(frame) == name)
            {
                ordinal++;
            }
        }

        return ordinal;
    }
}
