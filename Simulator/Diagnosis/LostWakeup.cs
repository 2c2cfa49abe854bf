namespace CryptoSim.Simulator;

/// <summary>Finds a process that sleeps although what it waits for is there: it decided to sleep before that came, and was not yet asleep when it should have been woken.</summary>
internal static class LostWakeup
{
    /// <summary>The order in which a kthread has to look and sleep.</summary>
    internal const string Rule = "DM-X7";

    /// <summary>The first such process, in a sentence; null when there is none. One that idles counts too; one whose wait ends by itself does not.</summary>
    internal static string? In(Simulation simulation)
    {
        for (int slot = 0; slot < simulation.SlotCount; slot++)
        {
            if (simulation.LiveFrameAt(slot) is { WaitingOn: { WorkLeft: { } left } waitable, ArmedKey: 0 } frame)
            {
                string verb = frame.IsDaemon && waitable.Idle ? "idles" : "sleeps";
                return $"{ProcessNames.Of(frame)} {verb} in {waitable.Symbol} although {left}: its wake-up is lost";
            }
        }

        return null;
    }
}
