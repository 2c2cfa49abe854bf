namespace CryptoSim.Models.Options;

/// <summary>The word that selects this record as <c>model:</c> in a scenario.</summary>
/// <param name="name">Kebab-case, e.g. <c>caam-jr</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ModelAttribute(string name) : Attribute
{
    /// <summary>The word.</summary>
    public string Name { get; } = name;
}

/// <summary>The word of an enum member in a scenario, where it is not its name in kebab-case: a version number.</summary>
/// <param name="word">E.g. <c>4.1-rc1</c>.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WordAttribute(string word) : Attribute
{
    /// <summary>The word.</summary>
    public string Word { get; } = word;
}

/// <summary>The value names another part of the machine, of the given kind.</summary>
/// <param name="kind">Options type of the part that must exist under that name.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NamesPartAttribute(Type kind) : Attribute
{
    /// <summary>Options type of the part.</summary>
    public Type Kind { get; } = kind;
}

/// <summary>Where a default value comes from; what is an assumption says so.</summary>
/// <param name="text">E.g. <c>JOBR_DEPTH with RINGSIZE 9 (DM-J1)</c> or <c>assumed: ...</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DefaultFromAttribute(string text) : Attribute
{
    /// <summary>The origin of the default.</summary>
    public string Text { get; } = text;
}

/// <summary>Left out, the kernel release of the machine says what the value is; set, it is the same in every release.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ByKernelAttribute : Attribute
{
    /// <summary>What another key of the part must say for that, e.g. <c>driver=by-kernel</c>; null: nothing.</summary>
    public string? Needs { get; init; }
}

/// <summary>The kernel has had the option since a release; set in an earlier one, it is that option on the code of that release.</summary>
/// <param name="version">The first of the releases that has it, as <c>kernel:</c> spells it.</param>
/// <param name="commit">What brought it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SinceKernelAttribute(string version, string commit) : Attribute
{
    /// <summary>The release.</summary>
    public string Version { get; } = version;

    /// <summary>The commit, abbreviated to 12 digits.</summary>
    public string Commit { get; } = commit;
}

/// <summary>The value must be a power of two.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PowerOfTwoAttribute : Attribute;

/// <summary>The value with which the scenes of a driver are explored: so small that a few requests reach the driver's limit.</summary>
/// <param name="value">E.g. 2 for the depth of a ring.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ExploredAsAttribute(int value) : Attribute
{
    /// <summary>The value.</summary>
    public int Value { get; } = value;
}
