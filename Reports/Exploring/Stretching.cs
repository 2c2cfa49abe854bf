using CryptoSim.Simulator.Exploration;

namespace CryptoSim.Reports.Exploring;

/// <summary>The delays that had to be longer than modelled so that the failing order is the order in time.</summary>
public static class Stretching
{
    private const int Most = 6;

    /// <summary><c>jr0/deco0: 8us -> 43us (step 9)</c>, and so on; empty if the order was not realised.</summary>
    public static string Text(FailingTrace failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (failure.Realisation is not { } real)
        {
            return "";
        }

        if (real.Stretched.Count == 0)
        {
            return "nothing: the modelled delays already give this order";
        }

        string more = real.Stretched.Count > Most ? $", and {real.Stretched.Count - Most} more" : "";
        return string.Join(", ", real.Stretched.Take(Most).Select(one => $"{one.Process}: {one.Modelled} -> {one.Needed} (step {one.Step})")) + more;
    }
}
