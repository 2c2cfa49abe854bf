namespace CryptoSim.Simulator;

/// <summary>Who waits for whom.</summary>
public static class BlockedGraph
{
    /// <summary>Every process that waits on something, those first that nobody will wake, then by the length of the wait. Idle daemons are left out.</summary>
    public static IReadOnlyList<BlockedProcess> Analyze(Simulation simulation)
    {
        bool dry = !simulation.HasPendingEvents;
        var blocked = new List<(BlockedProcess Process, int Slot)>();
        for (int slot = 0; slot < simulation.SlotCount; slot++)
        {
            if (simulation.LiveFrameAt(slot) is { } frame && Counts(frame))
            {
                blocked.Add((new OwnerSearch(simulation, dry).Explain(frame), slot));
            }
        }

        blocked.Sort(static (a, b) => Order(a.Process, b.Process) is not 0 and int order ? order : a.Slot.CompareTo(b.Slot));
        return blocked.ConvertAll(static entry => entry.Process);
    }

    /// <summary>True for a process whose wait matters: an idle daemon's does not.</summary>
    internal static bool Counts(ProcessFrame? frame) => frame?.WaitingOn is { } waitable && !(frame.IsDaemon && waitable.Idle);

    private static int Order(BlockedProcess a, BlockedProcess b)
    {
        int dead = b.IsDead.CompareTo(a.IsDead);
        return dead != 0 ? dead : a.Since.CompareTo(b.Since);
    }
}
