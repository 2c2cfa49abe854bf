using System.Text;
using CryptoSim.Reports.Tables;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Traces;

/// <summary>How a run ended and who was still waiting, as text for a terminal.</summary>
public static class BlockedReport
{
    /// <summary>Several lines without a line end after the last.</summary>
    public static string Text(RunRecord run)
    {
        RunEnd end = run.End;
        var text = new StringBuilder();
        string name = run.Identity.Variant.Length > 0 ? run.Identity.Variant : run.Identity.Scenario;
        string point = SweepPoint.Of(run).Label;
        text.Append(name).Append(point.Length > 0 ? " at " + point : "").Append(": ").Append(end.Ends)
            .Append(" at ").Append(ValueText.Duration(end.AtPicoseconds)).Append(" of virtual time");
        if (end.Rule is not null)
        {
            text.Append(" (").Append(end.Rule).Append(')');
        }

        if (end.Message is not null)
        {
            text.Append("\n  ").Append(end.Message);
        }

        foreach (BlockedRecord blocked in end.Blocked)
        {
            Append(text, blocked);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, BlockedRecord blocked)
    {
        text.Append("\n\n  ").Append(blocked.Process).Append(" waits on ").Append(blocked.WaitsOn);
        Line(text, "in", blocked.Function + (blocked.Source is null ? "" : $"  ({blocked.Source})"));
        Line(text, "since", ValueText.Duration(blocked.SincePicoseconds));
        Line(text, "owner", blocked.Owner);
        Line(text, "verdict", Verdict(blocked.Reason));
        if (blocked.Chain.Count > 1)
        {
            Line(text, "chain", string.Join(" → ", blocked.Chain));
        }
    }

    private static void Line(StringBuilder text, string name, string value)
    {
        if (value.Length > 0)
        {
            text.Append("\n    ").Append(name.PadRight(9)).Append(value);
        }
    }

    /// <summary>The reason of a block as a phrase.</summary>
    internal static string Verdict(string reason) => reason switch
    {
        "nobody" => "nobody will signal it",
        "cycle" => "those who would signal it wait for each other",
        "alive" => "its owner can still come",
        _ => "not known who would signal it",
    };
}
