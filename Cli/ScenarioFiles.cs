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

    /// <summary>The scenario with the nearest name: in the directory of a file, in library and gallery for a bare name; null if none is near.</summary>
    private static string? Near(string file)
    {
        string name = Path.GetFileName(file);
        bool bare = name == file && !Path.HasExtension(name);
        string?[] directories = bare ? [Library(), Gallery()] : [Path.GetDirectoryName(Path.GetFullPath(file))];
        IEnumerable<string> names = directories.Where(Directory.Exists).SelectMany(directory => FilesOf(directory!)).Select(one => Path.GetFileName(one));
        return bare
            ? Nearest.To(name, names.Select(one => Path.GetFileNameWithoutExtension(one)))
            : Nearest.To(name, names) is { } near ? file[..^name.Length] + near : null;
    }

    /// <summary>The scenarios of a directory by name.</summary>
    public static IEnumerable<string> FilesOf(string directory) => Directory.EnumerateFiles(directory, "*.yaml").Order(StringComparer.Ordinal);

    /// <summary>The errors as one exception: all of them, one line each.</summary>
    public static Exception Refusal(IReadOnlyList<ScenarioError> errors)
    {
        string lines = string.Join(Environment.NewLine, errors);
        return errors.All(error => error.Kind == ScenarioErrorKind.Usage) ? new UsageException(lines) : new InputException(lines);
    }

    /// <summary>A name of the library or the gallery that is not a file here becomes its file; anything else stays as it is.</summary>
    public static string Locate(string name)
    {
        bool bare = !name.Contains('/', StringComparison.Ordinal) && !name.Contains('.', StringComparison.Ordinal) && name.Length > 0;
        if (!bare || Path.Exists(name))
        {
            return name;
        }

        IEnumerable<string> files = ((string?[])[Library(), Gallery()]).OfType<string>().Select(directory => Path.Combine(directory, name + ".yaml"));
        return files.FirstOrDefault(File.Exists) is { } file ? Path.GetRelativePath(Environment.CurrentDirectory, file) : name;
    }

    /// <summary>The directory Scenarios/Library of the working directory, of one above it, or of one above the program; null if there is none.</summary>
    public static string? Library() => Find("Library");

    /// <summary>The directory Scenarios/Gallery, found in the same way.</summary>
    public static string? Gallery() => Find("Gallery");

    /// <summary>The directory Scenarios/Validation, found in the same way.</summary>
    public static string? Validation() => Find("Validation");

    /// <summary>The directory Scenarios/Contract, found in the same way.</summary>
    public static string? Contract() => Find("Contract");

    private static string? Find(string folder)
    {
        foreach (string start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
        {
            for (DirectoryInfo? directory = new(start); directory is not null; directory = directory.Parent)
            {
                string found = Path.Combine(directory.FullName, "Scenarios", folder);
                if (Directory.Exists(found))
                {
                    return found;
                }
            }
        }

        return null;
    }
}
