using System.CommandLine;
using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios;

namespace CryptoSim.Cli.Commands;

/// <summary><c>cryptosim check</c>: every error of a scenario at once, or the scenario with every default filled in.</summary>
internal static class CheckCommand
{
    public static Command Create(Surroundings surroundings)
    {
        Argument<string> name = ScenarioOptions.NewScenario();
        Option<string[]> variants = ScenarioOptions.NewVariants();
        Option<string[]> set = ScenarioOptions.NewSet();
        var all = new Option<bool>("--all") { Description = "Print the scenario with every default filled in, and where each comes from." };
        var command = new Command("check", "Say everything that is wrong with a scenario, or 'ok'.") { name, variants, set, all };
        command.SetAction(parsed =>
        {
            string[] chosen = parsed.GetValue(variants) ?? [];
            Scenario scenario = ScenarioFiles.Read(parsed.GetValue(name) ?? "", parsed.GetValue(set) ?? [], chosen);
            if (parsed.GetValue(all))
            {
                surroundings.Output.Write(Resolved(scenario, chosen));
            }
            else
            {
                surroundings.Output.WriteLine($"{scenario.Path}: ok ({Contents(scenario)})");
            }

            return (int)ExitCode.Success;
        });
        return command;
    }

    private static string Resolved(Scenario scenario, string[] chosen)
    {
        if (chosen.Length == 0)
        {
            return scenario.ResolvedYaml(annotate: true);
        }

        if (chosen.Length > 1 || scenario.Sweep.Axes.Count > 0)
        {
            throw new UsageException("check --all --variant: one variant of a scenario without a sweep can be printed; leave --variant out to print everything");
        }

        return scenario.ResolvedYaml(scenario.Variants.Single(v => v.Name == chosen[0]), SweepPoint.Origin, annotate: true);
    }

    private static string Contents(Scenario scenario)
    {
        int points = scenario.Sweep.Points().Count;
        int variants = Math.Max(1, scenario.Variants.Count);
        string runs = Figures.Count((long)variants * points * scenario.Replicate);
        return $"{Plural(variants, "variant")}, {Plural(points, "point")}, {runs} {(runs == "1" ? "run" : "runs")}";
    }

    private static string Plural(int count, string noun) => $"{Figures.Count(count)} {noun}{(count == 1 ? "" : "s")}";
}
