using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Plots;

/// <summary>Keeps a chart of very many bios light: beyond a limit, bios that fall on the same spot of a fine grid are one.</summary>
internal static class BioThinning
{
    /// <summary>Bios that a page holds as they are.</summary>
    public const int Limit = 200_000;

    private const double Columns = 2500;        // about two for each pixel of a wide screen
    private const double RowsPerDecade = 150;

    /// <summary>All of <paramref name="bios"/> if the page has at most <see cref="Limit"/>, otherwise the first on each spot.</summary>
    /// <param name="bios">The bios of one variant.</param>
    /// <param name="total">Bios of all variants.</param>
    /// <param name="end">[ps] Length of the time axis.</param>
    public static IEnumerable<BioSample> Of(IReadOnlyList<BioSample> bios, int total, double end)
    {
        if (total <= Limit)
        {
            return bios;
        }

        var taken = new HashSet<(int, int)>();
        return bios.Where(bio => taken.Add((
            (int)(bio.SubmittedPicoseconds / end * Columns),
            (int)(Math.Log10(Math.Max(1.0, bio.LatencyPicoseconds)) * RowsPerDecade))));
    }
}
