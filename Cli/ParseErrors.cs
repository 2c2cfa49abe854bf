using System.CommandLine;
using System.CommandLine.Parsing;

namespace CryptoSim.Cli;

/// <summary>What is wrong with a command line, in one line that names what was probably meant.</summary>
internal static class ParseErrors
{
    /// <summary>Whether anything is wrong. A word that looks like an option and stands where a file name may stand is a mistyped option, unless there is such a file.</summary>
    public static bool Any(ParseResult parsed) => parsed.Errors.Count > 0 || Mistyped(parsed) is not null;

    /// <summary>The first thing that is wrong; the others often follow from it.</summary>
    public static string Explain(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        bool root = command is RootCommand;
        string problem = Problem(parsed, command, root);
        return $"{problem} (see: {(root ? "cryptosim" : "cryptosim " + PathOf(command))} --help)";
    }

    /// <summary>A command with those above it, without the root: <c>plan keyslots</c>.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? $"{PathOf(parent)} {command.Name}" : command.Name;

    private static string Problem(ParseResult parsed, Command command, bool root)
    {
        string? stray = Mistyped(parsed) ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null);
        if (stray is null)
        {
            return root ? "a command is needed: run, compare, explore, gallery, validate, plan, driver, report, replay, check, list or schema"
                : command.Subcommands.Count > 0 ? $"{command.Name} of what? There is: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}"
                : Sentence(parsed.Errors[0]);
        }

        bool option = stray.StartsWith('-') && stray.Length > 1;
        IEnumerable<string> known = option ? OptionNames(command) : command.Subcommands.Select(sub => sub.Name);
        string nearest = Nearest.To(stray, known) is { } name ? $"; did you mean '{name}'?" : "";
        return option
            ? $"unknown option '{stray}'{nearest}"
            : root ? $"unknown command '{stray}'{nearest}"
            : command.Subcommands.Count > 0 ? $"unknown command '{command.Name} {stray}'{nearest}" : $"unexpected argument '{stray}'";
    }

    private static string? Mistyped(ParseResult parsed) => parsed.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Select(token => token.Value)
        .FirstOrDefault(word => word.Length > 1 && word[0] == '-' && !Path.Exists(word));

    private static IEnumerable<string> OptionNames(Command command)
    {
        IEnumerable<Option> options = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(o => o.Recursive)));
        return options.SelectMany(option => option.Aliases.Prepend(option.Name));
    }

    private static string Sentence(ParseError error)
    {
        if (error.SymbolResult is ArgumentResult { Argument: { } missing, Tokens.Count: 0, Parent: CommandResult })
        {
            return $"{missing.HelpName ?? missing.Name} is missing";
        }

        string text = error.Message.TrimEnd('.').ReplaceLineEndings(" ");
        return char.ToLowerInvariant(text[0]) + text[1..];
    }
}
