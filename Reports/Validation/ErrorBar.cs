using System.Globalization;
using CryptoSim.Reports.Pages;

namespace CryptoSim.Reports.Validation;

/// <summary>The error of a row as a mark on a scale whose middle is the published value and whose band is what is allowed.</summary>
internal static class ErrorBar
{
    private const double Width = 160;
    private const double Middle = Width / 2;
    private const double Inside = 40;   // from the middle to the end of what is allowed; half of the scale

    public static void Write(Html page, ValidatedRow row)
    {
        if (row.ErrorPct is not { } error || row.Row.TolerancePct is not { } allowed)
        {
            return;
        }

        double at = Middle + (Math.Clamp(error / allowed, -1.9, 1.9) * Inside);
        string color = row.Pass == true ? "var(--good)" : "var(--fault)";
        page.Raw($"<svg width=\"160\" height=\"18\" viewBox=\"0 0 160 18\" role=\"img\" aria-label=\"{Html.Escape($"error {ValidationText.Error(error)}, allowed {ValidationText.Allowed(allowed)} either way")}\">")
            .Raw($"<rect x=\"{N(Middle - Inside)}\" y=\"4\" width=\"{N(2 * Inside)}\" height=\"10\" rx=\"2\" fill=\"var(--grid)\"/>")
            .Raw($"<path d=\"M{N(Middle)} 1v16\" stroke=\"var(--muted)\"/>")
            .Raw($"<circle cx=\"{N(at)}\" cy=\"9\" r=\"5\" fill=\"{color}\"/></svg>")
            .Raw($"<span class=\"expected\">± {Html.Escape(ValidationText.Allowed(allowed))}</span>");
    }

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
