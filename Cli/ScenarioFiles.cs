using CryptoSim.Scenarios;

namespace CryptoSim.Cli;

/// <summary>Finds and reads scenario files.</summary>
internal static class ScenarioFiles
{
    /// <summary>Reads the scenario, or says everything that is wrong with it.</summary>
    /// <exception cref="InputException">The file is not a valid scenario.</exception>
    /// <exception cref="UsageException">The command line asks for what the scenario does not have.</exception>
    public static Scenario Read(string name, IReadOnlyList<string> set, IReadOnlyList<string> variants)
    {
        string file = Locate(name);
        ScenarioReadResult read = ScenarioReader.Read(file, set, variants);
        if (read.Scenario is null && !Path.Exists(file) && Near(file) is { } near)
        {
            throw new InputException($"{string.Join(Environment.NewLine, read.Errors)}; did you mean '{near}'?");
        }

        return read.Scenario ?? throw Refusal(read.Errors);
    }

    /// <summary>The scenario with the nearest name: in the directory of a file, in the library for a bare name; null if none is near.</summary>
    private static string? Near(string file)
    {
        string name = Path.GetFileName(file);
        bool bare = name == file && !Path.HasExtension(name);
        string? directory = bare ? Library() : Path.GetDirectoryName(Path.GetFullPath(file));
        if (!Directory.Exists(directory))
        {
            return null;
        }

        IEnumerable<string?> names = Directory.EnumerateFiles(directory, "*.yaml").Order(StringComparer.Ordinal).Select(Path.GetFileName);
        return bare
            ? Nearest.To(name, names.Select(one => Path.GetFileNameWithoutExtension(one)!))
            : Nearest.To(name, names.OfType<string>()) is { } near ? file[..^name.Length] + near : null;
    }

    /// <summary>The errors as one exception: all of them, one line each.</summary>
    public static Exception Refusal(IReadOnlyList<ScenarioError> errors)
    {
        string lines = string.Join(Environment.NewLine, errors);
        return errors.All(error => error.Kind == ScenarioErrorKind.Usage) ? new UsageException(lines) : new InputException(lines);
    }

    /// <summary>A name of the library that is not a file here becomes its file; anything else stays as it is.</summary>
    public static string Locate(string name)
    {
        bool bare = !name.Contains('/', StringComparison.Ordinal) && !name.Contains('.', StringComparison.Ordinal) && name.Length > 0;
        if (!bare || Path.Exists(name) || Library() is not { } library)
        {
            return name;
        }

        string file = Path.Combine(library, name + ".yaml");
        return File.Exists(file) ? Path.GetRelativePath(Environment.CurrentDirectory, file) : name;
    }

    /// <summary>The directory Scenarios/Library of the working directory, of one above it, or of one above the program; null if there is none.</summary>
    public static string? Library()
    {
        foreach (string start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (DirectoryInfo? directory = new(start); directory is not null; directory = directory.Parent)
            {
                string library = Path.Combine(directory.FullName, "Scenarios", "Library");
                if (Directory.Exists(library))
                {
                    return library;
                }
            }
        }

        return null;
    }
}
