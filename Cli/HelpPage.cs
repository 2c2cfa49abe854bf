using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CryptoSim.Cli;

/// <summary>The help of every command ends with commands one can paste.</summary>
internal static class HelpPage
{
    private static readonly string[] First =
    [
        "run Scenarios/Library/caam-deadlock.yaml",
        "compare Scenarios/Library/revert-vs-wait-every-request.yaml --out out/compare",
        "explore Scenarios/Library/caam-deadlock.yaml",
        "gallery",
        "list",
    ];

    /// <summary>Each begins with the command that it is an example of.</summary>
    private static readonly string[] Examples =
    [
        "run Scenarios/Library/caam-deadlock.yaml",
        "run caam-deadlock --variant caam-4.1 --set jr0.depth=8",
        "run revert-vs-wait-every-request --jobs 2 --json > result.json",
        "compare Scenarios/Library/revert-vs-wait-every-request.yaml --out out/compare",
        "compare caam-deadlock --variant caam-4.1 --variant caam-fixed --baseline caam-fixed",
        "explore Scenarios/Library/caam-deadlock.yaml",
        "explore caam-deadlock --variant caam-fixed --set writer.size=4KiB --memory 512MiB --time 60s",
        "explore caam-deadlock --variant caam-4.1 --all --json > explored.json",
        "explore Scenarios/Library/ring-law.yaml --grid --range contexts=1..3 --range engines=1",
        "gallery",
        "gallery B01",
        "gallery --html out/gallery",
        "gallery --json > gallery.json",
        "validate",
        "validate --json > validation.json",
        "validate rows.csv --out out/rows",
        "plan keyslots",
        "plan keyslots --slots 1,2,4,8 --keys 64 --mix 30% --program-key 3us --programming atomic",
        "plan keyslots --iodepth 32 --designs sleep-at-request,park --json > plan.json",
        "driver artifacts/bin/MyDriver/release/MyDriver.dll",
        "driver artifacts/bin/MyDriver/release/MyDriver.dll --scene two-writes --set depth=2",
        "explore two-writes.yaml --driver artifacts/bin/MyDriver/release/MyDriver.dll",
        "report out/caam-deadlock",
        "report out/caam-deadlock/caam-4.1.run --out out/report",
        "replay out/caam-deadlock/caam-4.1.run",
        "replay out/caam-deadlock/caam-4.1.sched",
        "check Scenarios/Library/caam-deadlock.yaml",
        "check caam-deadlock --all --variant caam-4.1",
        "list",
        "schema > scenario.schema.json",
    ];

    /// <summary>Adds the examples to the help of <paramref name="root"/> and its commands.</summary>
    public static void Install(RootCommand root, Surroundings surroundings)
    {
        foreach (Option option in root.Options)
        {
            if (option is HelpOption { Action: HelpAction help })
            {
                help.MaxWidth = Math.Min(surroundings.Width, 100);
                option.Action = new Action(help, surroundings);
            }
        }
    }

    private static void WriteExamples(Command command, Surroundings surroundings)
    {
        bool root = command is RootCommand;
        string name = CommandName.Of(surroundings);
        surroundings.Output.WriteLine("Examples:");
        string path = root ? "" : ParseErrors.PathOf(command) + " ";
        foreach (string example in root ? First : Examples.Where(one => (one + " ").StartsWith(path, StringComparison.Ordinal)))
        {
            surroundings.Output.WriteLine($"  {name} {example}");
        }

        if (root)
        {
            WriteExitCodes(surroundings.Output);
        }
    }

    private static void WriteExitCodes(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("Exit codes:");
        output.WriteLine("  0  every claim holds, or there is none and every run completed or no schedule fails");
        output.WriteLine("  1  a claim is broken, or a run without claims did not complete or a schedule fails");
        output.WriteLine("  2  usage: a flag, an unknown --variant or --set path");
        output.WriteLine("  3  a scenario or record is unreadable or invalid");
        output.WriteLine("  4  a replay diverged from its record");
        output.WriteLine("  5  an exploration found no failure, but a limit came before every state was visited");
        output.WriteLine("  6  output could not be written");
        output.WriteLine("  70 internal error     130 cancelled");
    }

    /// <summary>Shows the help, and is content with any command line.</summary>
    internal sealed class Action(HelpAction help, Surroundings surroundings) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            int code = help.Invoke(parseResult);
            WriteExamples(parseResult.CommandResult.Command, surroundings);
            return code;
        }
    }
}
