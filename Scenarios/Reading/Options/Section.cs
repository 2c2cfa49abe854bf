using System.Reflection;
using CryptoSim.Models.Options;

namespace CryptoSim.Scenarios.Reading.Options;

/// <summary>One of the three places where named parts stand.</summary>
internal sealed class Section
{
    private readonly Lazy<IReadOnlyList<OptionModel>> _models;

    private Section(string key, Type parts, string noun, string? defaultModel, Type? own)
    {
        Key = key;
        Noun = noun;
        DefaultModel = defaultModel;
        Own = own is null ? null : OptionModel.Of(own);
        Parts = parts;
        _models = new(() => FindModels(parts));
    }

    public static Section Hardware { get; } = new("hardware", typeof(DeviceOptions), "a device", null, typeof(HardwareOptions));

    public static Section Stack { get; } = new("stack", typeof(StackOptions), "a stacked device", null, null);

    public static Section Workload { get; } = new("workload", typeof(WorkloadOptions), "a job", "fio", null);

    public static IReadOnlyList<Section> All { get; } = [Hardware, Stack, Workload];

    /// <summary>Its key in a scenario.</summary>
    public string Key { get; }

    /// <summary>What one of its parts is called.</summary>
    public string Noun { get; }

    /// <summary>The model of a part that does not say one; null if each must.</summary>
    public string? DefaultModel { get; }

    /// <summary>Keys of the section itself beside the named parts; null if there are none.</summary>
    public OptionModel? Own { get; }

    /// <summary>Base type of the options of its parts.</summary>
    public Type Parts { get; }

    /// <summary>The models a part can be, in the order of their words.</summary>
    public IReadOnlyList<OptionModel> Models =>
        this == Hardware && DriverModels.Loaded is { Count: > 0 } drivers ? [.. _models.Value.Concat(drivers).OrderBy(m => m.Word, StringComparer.Ordinal)] : _models.Value;

    public OptionModel? FindModel(string word) => Models.FirstOrDefault(m => m.Word == word);

    /// <summary>The devices whose options are of a type, as words: <c>a part of the model caam-jr</c>.</summary>
    public static string PartsOf(Type kind)
    {
        if (kind == typeof(object))
        {
            return "a device of hardware or stack";
        }

        string[] words = [.. Hardware.Models.Concat(Stack.Models).Where(m => kind.IsAssignableFrom(m.Type)).Select(m => m.Word!)];
        return words.Length == 1 ? $"a part of the model {words[0]}" : $"a part of one of the models {string.Join(", ", words)}";
    }

    private static IReadOnlyList<OptionModel> FindModels(Type parts) =>
        [.. FindTypes(parts, parts.Assembly.GetTypes()).Select(OptionModel.Of).OrderBy(m => m.Word, StringComparer.Ordinal)];

    /// <summary>The options records among types that a part can be.</summary>
    public static IEnumerable<Type> FindTypes(Type parts, IEnumerable<Type> types) =>
        types.Where(t => !t.IsAbstract && parts.IsAssignableFrom(t) && t.IsDefined(typeof(ModelAttribute)));
}
