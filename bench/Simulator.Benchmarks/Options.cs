namespace CryptoSim.Simulator.Benchmarks;

/// <summary>What the command line asks for.</summary>
public sealed record Options(bool Json, bool Check, bool Explore, IReadOnlyList<string> Names, IReadOnlyList<IBenchmarkRow> Rows)
{
    private const string Usage = "usage: [--json] [--check] [--order-hash | --explore] [--row NAME]...   (a NAME may end in *; instead of the table, --order-hash: what the order hash costs, --explore: whole searches)";

    /// <summary>Reads the arguments; says what is wrong and returns null when they make no sense.</summary>
    public static Options? Parse(string[] arguments, TextWriter errors)
    {
        bool json = false;
        bool check = false;
        bool orderHash = false;
        bool explore = false;
        var names = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            json |= arguments[i] == "--json";
            check |= arguments[i] == "--check";
            orderHash |= arguments[i] == "--order-hash";
            explore |= arguments[i] == "--explore";
            if (arguments[i] == "--row" && i + 1 < arguments.Length)
            {
                names.Add(arguments[++i]);
            }
            else if (arguments[i] is not ("--json" or "--check" or "--order-hash" or "--explore"))
            {
                errors.WriteLine($"{arguments[i]}? {Usage}");
                return null;
            }
        }

        return explore ? new Options(json, check, true, names, []) : WithRows(json, check, orderHash, names, errors);
    }

    private static Options? WithRows(bool json, bool check, bool orderHash, List<string> names, TextWriter errors)
    {
        var all = orderHash ? AllRows.OrderHash : AllRows.List;
        var rows = all.Where(row => names.Count == 0 || names.Exists(name => Matches(row.Name, name))).ToList();
        if (rows.Count == 0)
        {
            errors.WriteLine($"no row of that name; there are {string.Join(", ", all.Select(row => row.Name))}");
            return null;
        }

        return new Options(json, check, false, names, rows);
    }

    /// <summary>True for a name that <c>--row</c> asks for.</summary>
    public bool Asks(string name) => Names.Count == 0 || Names.Any(asked => Matches(name, asked));

    private static bool Matches(string row, string name) =>
        name.EndsWith('*') ? row.StartsWith(name[..^1], StringComparison.Ordinal) : row == name;
}
