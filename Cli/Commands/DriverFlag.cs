using System.CommandLine;
using System.CommandLine.Parsing;
using CryptoSim.Scenarios.Drivers;

namespace CryptoSim.Cli.Commands;

/// <summary><c>--driver</c>: drivers of the user's own, for every command that builds machines.</summary>
internal sealed class DriverFlag
{
    private static readonly string[] Takers = ["run", "compare", "explore", "check", "replay", "validate"];

    private readonly Option<string[]> _driver = new("--driver")
    {
        HelpName = "DLL",
        Description = "An assembly whose drivers become models of hardware (docs/model-your-driver.md); may be repeated.",
    };

    /// <summary>Adds the flag to those commands that take it.</summary>
    public void AddTo(IEnumerable<Command> commands)
    {
        foreach (Command command in commands.Where(command => Takers.Contains(command.Name)))
        {
            command.Add(_driver);
        }
    }

    /// <summary>Loads what was asked; it is there until the result is disposed of.</summary>
    /// <exception cref="DriverException">A file is no assembly, or holds no driver.</exception>
    public Loaded Load(ParseResult parsed)
    {
        string[] paths = parsed.GetResult(_driver) is OptionResult { Implicit: false } ? parsed.GetValue(_driver) ?? [] : [];
        Loaded loaded = new(paths);
        try
        {
            foreach (string path in paths.Distinct(StringComparer.Ordinal))
            {
                loaded.Add(DriverAssembly.Load(path));
            }

            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>Assemblies in use.</summary>
    public sealed class Loaded : IDisposable
    {
        private static readonly AsyncLocal<string[]?> Named = new();
        private readonly Stack<DriverAssembly> _assemblies = [];

        public Loaded(string[] paths) => Named.Value = paths;

        /// <summary>The words that load them again.</summary>
        public static IEnumerable<string> Words => (Named.Value ?? []).SelectMany(path => (string[])["--driver", path]);

        public void Add(DriverAssembly assembly) => _assemblies.Push(assembly);

        public void Dispose()
        {
            while (_assemblies.TryPop(out DriverAssembly? assembly))
            {
                assembly.Dispose();
            }

            Named.Value = null;
        }
    }
}
