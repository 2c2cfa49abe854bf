using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Scenarios.Tests.Reading;

/// <summary>No text makes the reader throw, and every error stays one line.</summary>
public class HostileTextTests
{
    private static readonly string[] Scraps =
        ["{", "}", "[", "]", ":", ": ", ",", "\n", "\n  ", "- ", "&a ", "*a", "!!x ", "<<", "|", ">", "\"", "'", "#", "%", "?", "~", "null", "\t", "\0", "é", "\ud800",
            "-1", "999999999999999999999", "1.5us", "..", "a..b", " <= ", "jr0", "model", "\u2028", "\u001b[31m", "model: caam-jr", "in", "* 3"];

    [Fact]
    public void A_scenario_with_scraps_thrown_in_gives_errors_or_a_scenario_but_never_throws()
    {
        Gen<string> mutations =
            from text in Gen.Elements(Samples.Deadlock, Samples.Sweep, Samples.Small)
            from cuts in Gen.ListOf(Gen.Choose(0, 1_000_000), 4)
            from scraps in Gen.ListOf(Gen.Elements(Scraps), 4)
            from delete in Gen.Choose(0, 30)
            select Mutate(text, cuts, scraps, delete);
        Properties.Hold(mutations, IsHandled, 800);
    }

    [Fact]
    public void Any_scraps_are_handled()
    {
        Gen<string> soup = Gen.Elements(Scraps).ListOf(12).Select(string.Concat);
        Properties.Hold(soup, IsHandled, 800);
    }

    [Fact]
    public void Any_assignment_is_handled()
    {
        Gen<string> assignments =
            from path in Gen.Elements("jr0", "jr0.depth", "jr0.coalesce", "jr0.coalesce.count", "randwrite.iodepth", "seed", "hardware.cpus", "", "a.b", "jr0..", ".")
            from value in Gen.Elements(Scraps)
            from more in Gen.Elements(Scraps)
            select path + "=" + value + more;
        Properties.Hold(assignments, a => AreLines(ScenarioReader.ReadText(Samples.Sweep, "s.yaml", [a])), 500);
    }

    [Fact]
    public void A_claim_of_any_text_is_handled()
    {
        Gen<string> claims = Gen.Elements([.. Scraps, "jr0.ring.max", "<", "==", "2ms", "1.5", "*", "_", "/"]).ListOf(5).Select(w => string.Join(' ', w));
        Properties.Hold(claims, c => IsHandled(Samples.Small + "\nexpect: { every: { holds: [" + c + "] } }"), 500);
    }

    private static string Mutate(string text, List<int> cuts, List<string> scraps, int delete)
    {
        StringBuilder mutated = new(text);
        for (int i = 0; i < cuts.Count; i++)
        {
            mutated.Insert(cuts[i] % mutated.Length, scraps[i]);
        }

        int at = cuts[0] % mutated.Length;
        mutated.Remove(at, Math.Min(delete, mutated.Length - at));
        return mutated.ToString();
    }

    private static bool IsHandled(string text)
    {
        ScenarioReadResult result = ScenarioReader.ReadText(text, "s.yaml");
        return AreLines(result) && (result.Scenario is null || result.Scenario.ResolvedYaml().Length > 0);
    }

    private static bool AreLines(ScenarioReadResult result) =>
        (result.Scenario is null) == (result.Errors.Count > 0)
        && result.Errors.All(e => !e.ToString().Any(char.IsControl) && e.Message.Length is > 0 and < 2000);
}
