using System.Globalization;
using System.Text;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Reading.Format;

/// <summary>Writes docs/scenario-format.md: the prose of a template, and a table of keys for every options record.</summary>
internal static class FormatDocument
{
    private const string Resource = "scenario-format.template.md";

    /// <summary>The page, with a final newline.</summary>
    public static string Write()
    {
        using Stream stream = typeof(FormatDocument).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd()
            .Replace("{{header}}", Table(OptionModel.Of(typeof(ScenarioHeader)), ""), StringComparison.Ordinal)
            .Replace("{{hardware}}", Table(Section.Hardware.Own!, "") + Models(Section.Hardware), StringComparison.Ordinal)
            .Replace("{{stack}}", Models(Section.Stack), StringComparison.Ordinal)
            .Replace("{{workload}}", Models(Section.Workload), StringComparison.Ordinal)
            .Replace("{{gallery}}", Table(OptionModel.Of(typeof(GalleryEntry)), ""), StringComparison.Ordinal)
            .Replace("{{explore}}", ExploreTable(), StringComparison.Ordinal)
            .Replace("{{explore-verdicts}}", Words(typeof(ExploreVerdict)), StringComparison.Ordinal)
            .Replace("{{endings}}", Words(typeof(Ending)), StringComparison.Ordinal)
            .Replace("{{reports}}", string.Join(", ", ReportReader.Names.Select(n => $"`{n}`")), StringComparison.Ordinal);
    }

    private static string Models(Section section)
    {
        StringBuilder text = new();
        foreach (OptionModel model in section.Models)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### `model: {(model.Word == "null" ? "\"null\"" : model.Word)}`\n\n")
                .Append(XmlDocumentation.Of(model.Type)).Append("\n\n").Append(Table(model, ""));
            foreach (OptionKey key in model.Keys.Where(k => k.Kind is EnumKind))
            {
                text.Append(CultureInfo.InvariantCulture, $"\n`{key.Name}`:\n\n").Append(Words(key.Type));
            }
        }

        return text.ToString();
    }

    private static string ExploreTable() => Table(OptionModel.Of(typeof(ExploreRequest)), "")
        + $"| `{ExploreKeys.Set}` | dotted paths with values | the full size | {ExploreKeys.AboutSet} |\n";

    private static string Table(OptionModel model, string prefix)
    {
        StringBuilder text = new();
        if (prefix.Length == 0)
        {
            text.Append("| key | value | default | what it is |\n|---|---|---|---|\n");
        }

        foreach (OptionKey key in model.Keys)
        {
            string name = prefix + key.Name;
            text.Append(CultureInfo.InvariantCulture, $"| `{name}` | {Cell(Value(key))} | {Cell(Default(key))} | {Cell(XmlDocumentation.Of(key.Property))} |\n");
            if (key.Nested is { } nested)
            {
                text.Append(Table(nested, name + "."));
            }
        }

        return text.ToString();
    }

    private static string Value(OptionKey key) => key.IsList ? "a list of " + (key.Kind is EnumKind ? Legal(key)["one of ".Length..] : "texts") : Legal(key);

    private static string Legal(OptionKey key) => key.Kind is EnumKind kind
        ? "one of " + string.Join(", ", kind.Words.Select(w => $"`{w}`"))
        : key.Kind is null ? "keys" : key.Legal();

    private static string Default(OptionKey key)
    {
        if (key.Required)
        {
            return "**required**";
        }

        string? value = key.Default is { } standard && key.Kind is not null && !key.IsList && key.Kind.Print(standard) is { Length: > 0 } text ? $"`{text}`" : null;
        return (value, key.Origin) switch
        {
            (null, null) => "",
            (null, { } origin) => origin,
            ({ } plain, null) => plain,
            ({ } plain, { } origin) => $"{plain}: {origin}",
        };
    }

    private static string Words(Type type)
    {
        StringBuilder text = new("| value | what it means |\n|---|---|\n");
        foreach (string name in Enum.GetNames(type))
        {
            text.Append(CultureInfo.InvariantCulture, $"| `{CaseRules.Value(name)}` | {Cell(XmlDocumentation.OfMember(type, name))} |\n");
        }

        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
