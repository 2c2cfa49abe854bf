using CryptoSim.Cli.Rendering;
using CryptoSim.Reports.Planning;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli;

/// <summary>The files of a keyslot plan: the page, the table for programs in two forms, and the machine as a scenario.</summary>
internal static class KeyslotPlanFiles
{
    private static readonly string[] Names = ["plan.html", "plan.csv", "plan.json", "plan.yaml"];

    /// <summary>Writes all of them and returns where they are. A plan that was cancelled is written too.</summary>
    /// <param name="report">What was shown.</param>
    /// <param name="scenario">The machine; null where it is a scenario of the user's.</param>
    /// <param name="output">Where they go.</param>
    public static IReadOnlyList<string> Write(KeyslotReport report, string? scenario, OutputDirectory output)
    {
        output.Fill(directory =>
        {
            KeyslotPage.Write(Path.Combine(directory, Names[0]), report);
            KeyslotCsv.Write(Path.Combine(directory, Names[1]), report);
            var json = new StringWriter { NewLine = "\n" };
            KeyslotPlanJson.Write(report, json);
            AtomicFile.WriteText(Path.Combine(directory, Names[2]), json.ToString());
            if (scenario is not null)
            {
                AtomicFile.WriteText(Path.Combine(directory, Names[3]), scenario);
            }

            return true;
        });
        output.Keep();
        return [.. Names.Where(name => scenario is not null || name != Names[3]).Select(output.Final)];
    }
}
