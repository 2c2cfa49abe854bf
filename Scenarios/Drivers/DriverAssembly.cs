using System.Reflection;
using System.Runtime.Loader;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Options;
using CryptoSim.Scenarios.Reading;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Drivers;

/// <summary>An assembly with drivers of somebody's own: its options records become models of <c>hardware</c>.</summary>
/// <remarks>They are there for whoever loaded it and the threads started from then on, until it is disposed of.</remarks>
public sealed class DriverAssembly : IDisposable
{
    private readonly IReadOnlyList<OptionModel> _before;

    private DriverAssembly(string path, IReadOnlyList<OptionModel> models)
    {
        (Path, Models) = (path, models);
        _before = DriverModels.Loaded;
        DriverModels.Loaded = [.. _before, .. models];
    }

    /// <summary>As the user named it.</summary>
    public string Path { get; }

    /// <summary>The words after <c>model:</c>, sorted.</summary>
    public IReadOnlyList<string> Words => [.. Models.Select(model => model.Word!)];

    /// <summary>Its options records.</summary>
    internal IReadOnlyList<OptionModel> Models { get; }

    /// <summary>Loads an assembly and makes its drivers known.</summary>
    /// <param name="path">The file, e.g. <c>bin/MyDriver.dll</c>.</param>
    /// <exception cref="DriverException">It is no assembly, holds no driver, or one that cannot be described.</exception>
    public static DriverAssembly Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        Type[] records = [.. Section.FindTypes(typeof(CryptoDeviceOptions), TypesOf(path)).OrderBy(type => type.GetCustomAttribute<ModelAttribute>()!.Name, StringComparer.Ordinal)];
        if (records.Length == 0)
        {
            throw new DriverException($"{path}: holds no driver: no record that derives from CryptoDeviceOptions and has [Model(\"its-word\")]");
        }

        List<OptionModel> models = [];
        foreach (Type record in records)
        {
            models.Add(Describe(path, record, models));
        }

        return new DriverAssembly(path, models);
    }

    /// <summary>Forgets its models.</summary>
    public void Dispose() => DriverModels.Loaded = _before;

    private static Type[] TypesOf(string path)
    {
        if (!File.Exists(path))
        {
            throw new DriverException($"{path}: {(Directory.Exists(path) ? "is a directory, not an assembly" : "no such file")}");
        }

        try
        {
            return new Loading(System.IO.Path.GetFullPath(path)).Load().GetTypes();
        }
        catch (BadImageFormatException)
        {
            throw new DriverException($"{path}: is not a .NET assembly");
        }
        catch (ReflectionTypeLoadException e)
        {
            throw new DriverException($"{path}: does not fit this version of CryptoSim: {Printable.OneLine(e.LoaderExceptions.FirstOrDefault()?.Message ?? e.Message)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DriverException($"{path}: cannot be loaded: {Printable.OneLine(e.Message)}");
        }
    }

    private static OptionModel Describe(string path, Type record, List<OptionModel> before)
    {
        string word = record.GetCustomAttribute<ModelAttribute>()!.Name;
        if (NameRules.ProblemOfName(word) is { } problem)
        {
            throw new DriverException($"{path}: {record.Name}: [Model(\"{Printable.OneLine(word)}\")]: {problem}");
        }

        if (Section.Hardware.FindModel(word) is not null || before.Any(model => model.Word == word))
        {
            throw new DriverException($"{path}: {record.Name}: the model '{word}' is there already; give the driver another word");
        }

        try
        {
            return OptionModel.Of(record);
        }
        catch (Exception e) when (e is MissingMethodException or TargetInvocationException or MemberAccessException or ArgumentException)
        {
            throw new DriverException($"{path}: {record.Name}: cannot be made without arguments, or has a key of a type that no scenario can write: {Printable.OneLine((e.InnerException ?? e).Message)}");
        }
    }

    /// <summary>Finds what the assembly needs beside it; what CryptoSim has itself is CryptoSim's.</summary>
    private sealed class Loading(string path) : AssemblyLoadContext(System.IO.Path.GetFileNameWithoutExtension(path))
    {
        private readonly AssemblyDependencyResolver _beside = new(path);

        public Assembly Load() => LoadFromAssemblyPath(path);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            IsOwn(assemblyName) || _beside.ResolveAssemblyToPath(assemblyName) is not { } file ? null : LoadFromAssemblyPath(file);

        private static bool IsOwn(AssemblyName name) => name.Name?.StartsWith("CryptoSim.", StringComparison.Ordinal) == true;
    }
}
