namespace CryptoSim.Reports.Plots.Timelines;

/// <summary>How a phase is drawn: work as a bar, waiting as a thin line whose dash tells it apart without colour.</summary>
/// <param name="Color">Place among the colours of stages.</param>
/// <param name="IsWait">Nothing is done for the request.</param>
/// <param name="Dash">Of the line; empty for a solid one.</param>
internal readonly record struct PhaseStyle(int Color, bool IsWait = false, string Dash = "")
{
    private static readonly (string Phase, PhaseStyle Style)[] Known =
    [
        ("AF_ALG/SOCKET", new PhaseStyle(7)),
        ("Queued on Mutex", new PhaseStyle(1, IsWait: true)),
        ("BUILD / MAP HW DESCS", new PhaseStyle(2)),
        ("IV in flight (enqueue sw queue)", new PhaseStyle(3, IsWait: true, "6 3")),
        ("HW Queue full (backlog)", new PhaseStyle(5, IsWait: true, "3 3")),
        ("Place in HW Queue", new PhaseStyle(0, IsWait: true, "1.5 2.5")),
        ("Process", new PhaseStyle(4)),
        ("Interrupt", new PhaseStyle(6)),
        ("Respond and update IV", new PhaseStyle(8)),
    ];

    /// <summary>The style of the phase called <paramref name="phase"/>; a bar for one of another version.</summary>
    public static PhaseStyle Of(string phase, int place)
    {
        int index = Array.FindIndex(Known, one => one.Phase == phase);
        return index < 0 ? new PhaseStyle(place) : Known[index].Style;
    }
}
