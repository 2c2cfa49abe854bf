using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CryptoSim.Scenarios.Reading.Format;

/// <summary>The summaries of options, as the compiler wrote them beside the assemblies.</summary>
internal static class XmlDocumentation
{
    private static readonly ConcurrentDictionary<Assembly, Dictionary<string, XElement>> Files = new();

    /// <summary>What a type is; empty if its assembly came without documentation.</summary>
    public static string Of(Type type) => Summary(type.Assembly, "T:" + Id(type));

    /// <summary>What an enum member means.</summary>
    public static string OfMember(Type type, string name) => Summary(type.Assembly, $"F:{Id(type)}.{name}");

    /// <summary>What a property is; that of the base for an override that inherits it.</summary>
    public static string Of(PropertyInfo property)
    {
        for (Type? type = property.DeclaringType; type is not null; type = type.BaseType)
        {
            string summary = Summary(type.Assembly, $"P:{Id(type)}.{property.Name}");
            if (summary.Length > 0)
            {
                return summary;
            }
        }

        return "";
    }

    private static string Id(Type type) => type.FullName!.Replace('+', '.');

    private static string Summary(Assembly assembly, string id) =>
        Files.GetOrAdd(assembly, Load).TryGetValue(id, out XElement? member) && member.Element("summary") is { } summary ? Text(summary) : "";

    private static Dictionary<string, XElement> Load(Assembly assembly)
    {
        string path = Path.ChangeExtension(assembly.Location, ".xml");
        if (!File.Exists(path))
        {
            return [];
        }

        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using XmlReader reader = XmlReader.Create(path, settings);
        return XDocument.Load(reader).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value, StringComparer.Ordinal);
    }

    /// <summary>The summary on one line, code in backticks.</summary>
    private static string Text(XElement summary)
    {
        StringBuilder text = new();
        foreach (XNode node in summary.Nodes())
        {
            text.Append(node switch
            {
                XText plain => plain.Value,
                XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
                XElement element => element.Attribute("cref")?.Value.Split('.', ':')[^1] ?? element.Value,
                _ => "",
            });
        }

        return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
