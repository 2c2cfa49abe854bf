using System.Text.Json;
using System.Text.Json.Nodes;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Reading.Format;

/// <summary>Writes the JSON schema of scenarios from the options records that the binder fills: what an editor completes and checks.</summary>
internal static class SchemaWriter
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>The schema, JSON Schema draft 2020-12, with a final newline.</summary>
    public static string Write()
    {
        JsonObject root = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "CryptoSim scenario",
            ["description"] = "A machine, what it is asked to do, and what is claimed about it. docs/scenario-format.md says more.",
        };
        JsonObject body = SchemaKeys.Record(OptionModel.Of(typeof(ScenarioHeader)));
        JsonObject properties = body["properties"]!.AsObject();
        AddSections(properties);
        SchemaBlocks.Add(properties);
        body["required"] = SchemaKeys.Array(["scenario", "workload"]);
        foreach ((string key, JsonNode? value) in body.ToArray())
        {
            body.Remove(key);
            root[key] = value;
        }

        root["$defs"] = Definitions();
        return root.ToJsonString(Indented) + "\n";
    }

    private static void AddSections(JsonObject properties)
    {
        string[] about =
        [
            "The CPUs and the devices, each under the name by which other parts refer to it.",
            "Stacked block devices, top first, as lsblk prints them.",
            "What the machine is asked to do: named jobs.",
        ];
        for (int i = 0; i < about.Length; i++)
        {
            Section section = Section.All[i];
            JsonObject schema = section.Own is { } own ? SchemaKeys.Record(own) : new JsonObject { ["type"] = "object" };
            schema["description"] = about[i];
            schema["propertyNames"] = new JsonObject { ["pattern"] = NameRules.PartPattern };
            schema["additionalProperties"] = Reference(section.Key);
            properties[section.Key] = schema;
        }
    }

    private static JsonObject Definitions()
    {
        JsonObject definitions = [];
        foreach (Section section in Section.All)
        {
            JsonArray models = [.. section.Models.Select(m => (JsonNode)Reference(m.Word!))];
            definitions[section.Key] = new JsonObject { ["type"] = "object", ["oneOf"] = models };
            foreach (OptionModel model in section.Models)
            {
                definitions[model.Word!] = Model(section, model);
            }
        }

        SchemaBlocks.AddDefinitions(definitions);
        return definitions;
    }

    private static JsonObject Model(Section section, OptionModel model)
    {
        JsonObject schema = SchemaKeys.Record(model);
        JsonObject properties = schema["properties"]!.AsObject();
        JsonObject word = new() { ["const"] = model.Word, ["description"] = XmlDocumentation.Of(model.Type) };
        bool isDefault = section.DefaultModel == model.Word;
        if (isDefault)
        {
            word["default"] = model.Word;
        }

        // In YAML the bare word null is the null value.
        if (model.Word == "null")
        {
            word.Remove("const");
            word["enum"] = new JsonArray("null", null);
        }

        properties.Insert(0, "model", word);
        string[] required = [.. isDefault ? Array.Empty<string>() : ["model"], .. model.Keys.Where(k => k.Required).Select(k => k.Name)];
        schema["required"] = SchemaKeys.Array(required);
        return schema;
    }

    private static JsonObject Reference(string definition) => new() { ["$ref"] = "#/$defs/" + definition };
}
