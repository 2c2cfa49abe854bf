using System.Collections;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Reading;

/// <summary>Fills options records from nodes and reports everything that does not fit.</summary>
internal sealed class RecordBinder(ErrorList errors, PartTable parts)
{
    /// <summary>A record with the values of a map; keys with errors keep their defaults.</summary>
    /// <param name="model">The record.</param>
    /// <param name="map">Its keys.</param>
    /// <param name="path">Dotted path for messages; empty at the top.</param>
    /// <param name="owner">Where a missing key is reported.</param>
    /// <param name="ignored">Keys that somebody else reads.</param>
    public object Bind(OptionModel model, MapNode map, string path, Mark owner, IReadOnlyCollection<string> ignored)
    {
        object record = model.Create();
        foreach (MapEntry entry in map.Entries)
        {
            string key = entry.Key.Text;
            if (model.TryFind(key, out OptionKey? option))
            {
                BindKey(option, entry, Join(path, key), record);
            }
            else if (!ignored.Contains(key))
            {
                errors.Add(entry.Key.Mark, Unknown(model, key, path, ignored));
            }
        }

        foreach (OptionKey option in model.Keys.Where(k => k.Required && map.Find(k.Name) is null))
        {
            string what = path.Length == 0 ? "the scenario" : path + (model.Word is null ? "" : $" ({model.Word})");
            errors.Add(owner, $"{what} lacks the key '{option.Name}', {option.Legal()}{ExampleHint(option)}");
        }

        return record;
    }

    /// <summary>Dotted path of a key below another.</summary>
    public static string Join(string path, string key) => path.Length == 0 ? key : path + "." + key;

    private void BindKey(OptionKey option, MapEntry entry, string path, object record)
    {
        Node node = entry.Value;
        if (node is ScalarNode { IsEmpty: true })
        {
            errors.Add(entry.Key.Mark, $"{path} has no value; it is {option.Legal()}, for example {option.Name}: {Example(option)}");
            return;
        }

        if (option.Nullable && node is ScalarNode { IsNull: true })
        {
            return;
        }

        object? value = option.IsList ? BindList(option, node, path)
            : option.Kind is not null ? BindScalar(option, node, path)
            : BindNested(option, node, path, entry.Key.Mark);
        if (value is not null)
        {
            option.Property.SetValue(record, value);
        }
    }

    private object? BindNested(OptionKey option, Node node, string path, Mark owner)
    {
        OptionModel nested = option.Nested!;
        if (node is MapNode map)
        {
            return Bind(nested, map, path, owner, []);
        }

        string keys = string.Join(", ", nested.Keys.Select(k => k.Name));
        errors.Add(node.Mark, $"{path} is {node.Noun}; it takes the keys {keys}, for example {{ {nested.Keys[0].Name}: {Example(nested.Keys[0])} }}");
        return null;
    }

    private IList? BindList(OptionKey option, Node node, string path)
    {
        if (node is not ListNode list)
        {
            errors.Add(node.Mark, $"{path} is {node.Noun}; it is a list, for example [{Example(option)}]");
            return null;
        }

        IList values = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(option.Type))!;
        foreach (Node item in list.Items)
        {
            if (BindScalar(option, item, path) is { } value)
            {
                values.Add(value);
            }
        }

        return values;
    }

    private object? BindScalar(OptionKey option, Node node, string path)
    {
        if (node is not ScalarNode scalar)
        {
            errors.Add(node.Mark, $"{path} is {node.Noun}; it is {option.Legal()}, for example {option.Name}: {Example(option)}");
            return null;
        }

        if (!option.Kind!.TryRead(scalar.Text, out object? value, out string? problem))
        {
            bool count = option.Kind is CountKind;
            errors.Add(node.Mark, $"{path}: {Printable.Quote(scalar.Text)} {problem}{(count ? $"; {option.Name} is {option.Legal()}" : "")}");
            return null;
        }

        string? illegal = Illegal(option, value) ?? WrongPart(option, scalar.Text);
        if (illegal is not null)
        {
            errors.Add(node.Mark, $"{path}: {Printable.Quote(scalar.Text)} {illegal}");
            return null;
        }

        return value;
    }

    /// <summary>Why a value that was read is not legal for a key, as the rest of a sentence; null if it is.</summary>
    public static string? Illegal(OptionKey option, object value)
    {
        if (value is not int number)
        {
            return null;
        }

        if (option.Range is { } range && (number < range.Low || number > range.High))
        {
            return $"is out of range; {option.Name} is {option.Legal()}";
        }

        bool power = number > 0 && (number & (number - 1)) == 0;
        return option.PowerOfTwo && !power ? $"is not a power of two; {option.Name} is {option.Legal()}" : null;
    }

    private string? WrongPart(OptionKey option, string name)
    {
        if (option.NamesPart is not { } kind)
        {
            return null;
        }

        bool IsCandidate(Part part) => part.Section != Section.Workload && (part.Model is null || kind.IsAssignableFrom(part.Model.Type));
        if (parts.TryFind(name, out Part? part))
        {
            return IsCandidate(part) ? null
                : $"is {Article(part)}; {option.Name} is {option.Legal()}";
        }

        string[] candidates = [.. parts.Parts.Where(IsCandidate).Select(p => p.Name)];
        string hint = Nearest.Find(name, candidates) is { } near ? $"; did you mean '{near}'?"
            : candidates.Length > 0 ? $"; there is {string.Join(", ", candidates)}"
            : $"; {option.Name} is {option.Legal()}, and there is none";
        return "is not the name of a part" + hint;
    }

    private static string Article(Part part) => part.Section == Section.Workload ? "a job of the workload" : $"of the model {part.Model!.Word}";

    private static string Unknown(OptionModel model, string key, string path, IReadOnlyCollection<string> ignored)
    {
        string where = path.Length == 0 ? "" : $" in {path}" + (model.Word is null ? "" : $" ({model.Word})");
        string[] keys = [.. ignored.Where(i => i == "model"), .. model.Keys.Select(k => k.Name), .. ignored.Where(i => i != "model")];
        return $"unknown key {Printable.Quote(key)}{where}" + Nearest.Hint(key, keys, "its keys");
    }

    private static string ExampleHint(OptionKey option) => option.NamesPart is null && option.Kind is not TextKind ? $"; for example {option.Name}: {Example(option)}" : "";

    private static string Example(OptionKey option)
    {
        if (option.Kind is null)
        {
            return "{ ... }";
        }

        return option.Range is { } range && option.Default is null ? CountKind.Int.Print(Math.Max(range.Low, 1))
            : option.Default is { } value && !option.IsList ? option.Kind.Print(value) is { Length: > 0 } text ? text : option.Kind.Example
            : option.Kind.Example;
    }
}
