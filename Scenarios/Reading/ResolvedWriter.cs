using System.Collections;
using System.Text;
using CryptoSim.Models.Crypto;
using CryptoSim.Models.Kernel;
using CryptoSim.Models.Options;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Reading;

/// <summary>Writes a scenario in canonical order with every default filled in. Reading the text gives an equal scenario.</summary>
internal sealed class ResolvedWriter
{
    private const int CommentColumn = 44;

    private readonly StringBuilder _text = new();
    private readonly bool _annotate;

    private ResolvedWriter(bool annotate) => _annotate = annotate;

    /// <summary>The whole scenario: base, sweep, variants, claims and reports.</summary>
    public static string Write(MapNode root, ResolvedRun run, bool annotate)
    {
        ResolvedWriter writer = new(annotate);
        writer.WriteRun(root, run);
        ScenarioBlocks.Write(writer._text, root);
        return writer._text.ToString();
    }

    /// <summary>The machine alone.</summary>
    public static string WriteRun(MapNode root, ResolvedRun run, bool annotate)
    {
        ResolvedWriter writer = new(annotate);
        writer.WriteRun(root, run);
        return writer._text.ToString();
    }

    private void WriteRun(MapNode root, ResolvedRun run)
    {
        WriteKeys(OptionModel.Of(typeof(ScenarioHeader)), run.Header, root, 0);
        _text.Append("\nhardware:\n");
        MapNode hardware = root.Find("hardware") as MapNode ?? MapNode.Empty;
        WriteKeys(Section.Hardware.Own!, run.Machine.Hardware, hardware, 1);
        WriteParts(run.Machine.Hardware.Devices, hardware, run.Machine.Kernel);
        WriteSection(Section.Stack, run.Machine.Stack, root);
        WriteSection(Section.Workload, run.Machine.Workload, root);
    }

    private void WriteSection<T>(Section section, IReadOnlyList<NamedPart<T>> parts, MapNode root)
        where T : class
    {
        if (parts.Count > 0)
        {
            _text.Append('\n').Append(section.Key).Append(":\n");
            WriteParts(parts, root.Find(section.Key) as MapNode ?? MapNode.Empty);
        }
    }

    private void WriteParts<T>(IReadOnlyList<NamedPart<T>> parts, MapNode section, KernelVersion kernel = default)
        where T : class
    {
        for (int i = 0; i < parts.Count; i++)
        {
            NamedPart<T> part = parts[i];
            OptionModel model = OptionModel.Of(part.Options.GetType());
            _text.Append("  ").Append(part.Name).Append(":\n    model: ").Append(YamlText.Scalar(model.Word!)).Append('\n');
            if (_annotate && part.Options is CryptoDeviceOptions device
                && device.Note(part.Name, kernel, [.. parts.Take(i).Select(p => new NamedPart<DeviceOptions>(p.Name, (DeviceOptions)(object)p.Options))]) is { } note)
            {
                Indent(2).Append("# ").Append(note).Append('\n');
            }

            WriteKeys(model, part.Options, section.Find(part.Name) as MapNode ?? MapNode.Empty, 2);
        }
    }

    private void WriteKeys(OptionModel model, object record, MapNode given, int depth)
    {
        foreach (OptionKey key in model.Keys)
        {
            object? value = key.Property.GetValue(record);
            Node? node = given.Find(key.Name);
            if (value is null || (key.IsList && node is null))
            {
                WriteLeftOut(key, depth, model.Type, record);
            }
            else if (key.Nested is { } nested)
            {
                Indent(depth).Append(key.Name).Append(":\n");
                WriteKeys(nested, value, node as MapNode ?? MapNode.Empty, depth + 1);
            }
            else
            {
                int start = _text.Length;
                Indent(depth).Append(key.Name).Append(": ").Append(Print(key, value));
                Comment(start, node is null ? key.Origin : null);
            }
        }
    }

    private static string Print(OptionKey key, object value) => key.IsList
        ? "[" + string.Join(", ", ((IEnumerable)value).Cast<object>().Select(v => YamlText.Scalar(key.Kind!.Print(v)))) + "]"
        : YamlText.Scalar(key.Kind!.Print(value));

    /// <summary>A key without a value is named in a comment, with what the machine then takes where the record says it.</summary>
    private void WriteLeftOut(OptionKey key, int depth, Type record, object options)
    {
        if (!_annotate)
        {
            return;
        }

        int start = _text.Length;
        object? effective = record.GetProperty("Effective" + key.Property.Name)?.GetValue(options);
        string value = effective is null || key.Kind is null ? "left out" : key.Kind.Print(effective);
        Indent(depth).Append("# ").Append(key.Name).Append(": ").Append(value);
        Comment(start, key.Origin ?? "may be left out");
    }

    private void Comment(int start, string? origin)
    {
        if (_annotate && origin is not null)
        {
            _text.Append(' ', Math.Max(2, CommentColumn - (_text.Length - start))).Append("# default: ").Append(origin);
        }

        _text.Append('\n');
    }

    private StringBuilder Indent(int depth) => _text.Append(' ', depth * 2);
}
