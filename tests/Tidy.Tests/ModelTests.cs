using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using CryptoSim.Models;
using CryptoSim.Models.Kernel;

namespace CryptoSim.Tidy.Tests;

/// <summary>What every model keeps, so that runs repeat and states can be captured.</summary>
public partial class ModelTests
{
    private static readonly string[] NotMechanisms = ["Kernel", "Options", "Recording"];

    private static readonly Type[] Types = typeof(Machine).Assembly.GetTypes();

    private static IEnumerable<Type> OwnTypes => Types.Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.FullName?.StartsWith("CryptoSim.", StringComparison.Ordinal) == true);

    private static IEnumerable<string> Mechanisms => Directory.EnumerateDirectories(Repository.Full("Models"))
        .Select(path => Path.GetFileName(path)).Where(name => name is not ("bin" or "obj") && !NotMechanisms.Contains(name));

    [Fact]
    public void Every_member_of_a_policy_names_the_kernel_code_it_follows() =>
        Tidy.None(Policies().SelectMany(policy => policy.GetFields(BindingFlags.Public | BindingFlags.Static)),
            member => member.IsDefined(typeof(KernelSourceAttribute)) ? null : $"{member.DeclaringType!.Name} has no KernelSource here");

    [Fact]
    public void Every_mechanism_has_its_page() =>
        Tidy.None(Mechanisms, name => Repository.Exists($"docs/mechanisms/{Kebab(name)}.md") ? null : $"docs/mechanisms/{Kebab(name)}.md is missing");

    [Fact]
    public void Every_page_of_a_mechanism_has_the_same_parts_in_the_same_order() =>
        Tidy.None(Repository.Documents.Where(file => file.StartsWith("docs/mechanisms/", StringComparison.Ordinal)), file =>
        {
            string[] parts = ["The mail", "The mechanism", "The model", "What we see", "Left out"];
            string[] found = [.. Heading().Matches(Repository.Text(file)).Select(match => match.Groups[1].Value.Trim()).Where(parts.Contains)];
            return found.SequenceEqual(parts) ? null : "has " + string.Join(" - ", found);
        });

    [Fact]
    public void No_model_has_mutable_static_state() =>
        Tidy.None(OwnTypes.SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)), field =>
            field.IsLiteral || field.IsDefined(typeof(CompilerGeneratedAttribute)) ? null
            : !field.IsInitOnly ? $"{field.DeclaringType!.Name} can be changed"
            : IsMutable(field.FieldType) ? $"{field.DeclaringType!.Name} holds a {field.FieldType.Name}, which can be changed" : null);

    [Fact]
    public void No_model_captures_variables_in_a_lambda() =>
        Tidy.None(Types.Where(type => type.Name.Contains("DisplayClass", StringComparison.Ordinal) && type.Namespace != "CryptoSim.Models" && !IsOptions(type)), type => $"in {type.DeclaringType?.Name}");

    [Fact]
    public void No_model_walks_a_hash_table() =>
        Tidy.None(Repository.Sources("Models"), file =>
        {
            string text = Blanked.Of(Repository.Text(file));
            string[] tables = [.. HashTable().Matches(text).Select(match => match.Groups[1].Value).Distinct()];
            string[] walked = [.. tables.Where(name => Regex.IsMatch(text, $@"\bin\s+{name}\b|\b{name}\.(Keys|Values|Select|Where|ToList|ToArray|GetEnumerator|OrderBy|First)\b"))];
            return walked.Length > 0 ? "walks " + string.Join(", ", walked) : null;
        });

    [Fact]
    public void Every_field_of_a_model_that_never_changes_is_readonly() =>
        Assert.Contains("dotnet_diagnostic.IDE0044.severity = warning", Repository.Text(".editorconfig"), StringComparison.Ordinal);

    /// <summary>Enums that a scenario can choose from, except fio's words: those are not the kernel's.</summary>
    private static IEnumerable<Type> Policies() => OwnTypes
        .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.Namespace != "CryptoSim.Models.Workload")
        .SelectMany(type => type.GetProperties())
        .Select(property => Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
        .Where(type => type.IsEnum)
        .Distinct();

    private static bool IsMutable(Type type) => type.IsArray || (type.IsGenericType && type.Namespace == "System.Collections.Generic" && type.IsClass);

    /// <summary>Options are checked before a run begins; nothing of them is state.</summary>
    private static bool IsOptions(Type type) => type.FullName!.Contains(".Options.", StringComparison.Ordinal) || type.DeclaringType?.Name.EndsWith("Options", StringComparison.Ordinal) == true;

    private static string Kebab(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));

    [GeneratedRegex(@"^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\b(?:Dictionary|HashSet)<[^;=(]*>\??\s+(\w+)")]
    private static partial Regex HashTable();
}
