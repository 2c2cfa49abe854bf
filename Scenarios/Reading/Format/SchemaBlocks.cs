using System.Text.Json.Nodes;
using CryptoSim.Scenarios.Reading.Options;

namespace CryptoSim.Scenarios.Reading.Format;

/// <summary>The schema of the blocks that are not options: gallery, sweep, variants, timing, expect, explore, report.</summary>
internal static class SchemaBlocks
{
    public static void Add(JsonObject properties)
    {
        properties[GalleryReader.Block] = SchemaKeys.Record(OptionModel.Of(typeof(GalleryEntry)));
        properties["sweep"] = Map("Dotted paths with the values they take; several give every combination.", new JsonObject
        {
            ["type"] = "array",
            ["minItems"] = 1,
            ["uniqueItems"] = true,
        });
        JsonObject variants = Map("Named differences from the base: dotted paths with new values.", new JsonObject { ["type"] = "object" });
        variants["propertyNames"] = new JsonObject { ["pattern"] = NameRules.NamePattern, ["not"] = new JsonObject { ["enum"] = SchemaKeys.Array([Expectation.Every, "between"]) } };
        properties["variants"] = variants;
        properties["timing"] = Timing();
        JsonObject expect = Map("What is claimed of each variant, of every variant, and between variants.", Reference("expectation"));
        expect["properties"] = new JsonObject { ["between"] = Claims("Claims that compare variants; a metric begins with the variant's name.") };
        properties["expect"] = expect;
        JsonObject explore = SchemaKeys.Record(OptionModel.Of(typeof(ExploreRequest)));
        explore["properties"]!.AsObject().Insert(0, ExploreKeys.Set, new JsonObject { ["type"] = "object", ["description"] = ExploreKeys.AboutSet });
        properties["explore"] = explore;
        properties["report"] = new JsonObject
        {
            ["type"] = "array",
            ["description"] = "What to write.",
            ["items"] = new JsonObject { ["anyOf"] = new JsonArray(ReportWord(), ReportMap()) },
        };
    }

    private static JsonObject Timing() => new()
    {
        ["type"] = "array",
        ["description"] = "The first steps of each run, in order: a process with its instant. Everything else waits until they have happened.",
        ["items"] = new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["maxProperties"] = 1,
            ["additionalProperties"] = new JsonObject { ["type"] = "string", ["description"] = "Time since the start of the run, e.g. 380ns." },
        },
    };

    public static void AddDefinitions(JsonObject definitions)
    {
        definitions["expectation"] = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject
            {
                ["ends"] = Word(typeof(Ending), "How each run ends."),
                ["rule"] = new JsonObject { ["type"] = "string", ["description"] = "Id of the rule that ends each run, as docs/rules.md lists them." },
                ["blocked"] = Map("Processes that wait at the end, and on what; a name may end in *.", new JsonObject { ["type"] = "string" }),
                ["outputs"] = Map("Workloads and the bytes that they put out; of several one is accepted.", Outputs()),
                ["holds"] = Claims("Comparisons of metrics that hold at every point."),
                ["explore"] = Word(typeof(ExploreVerdict), "What exploring the schedules says; evaluated by the command explore, not by a run."),
            },
        };
        definitions["claim"] = new JsonObject
        {
            ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "string", ["description"] = "metric op value, or metric in a..b; either side may be a product with a number." },
                new JsonObject
                {
                    ["type"] = "object",
                    ["additionalProperties"] = false,
                    ["required"] = SchemaKeys.Array(["claim"]),
                    ["properties"] = new JsonObject
                    {
                        ["claim"] = new JsonObject { ["type"] = "string", ["description"] = "The comparison." },
                        ["at"] = At(),
                    },
                }),
        };
    }

    private static JsonObject Outputs()
    {
        JsonObject bytes = new() { ["type"] = "string", ["pattern"] = $"^(([0-9a-fA-F]{{2}})+|{OutputExpectation.Nothing})$" };
        return new JsonObject { ["anyOf"] = new JsonArray(bytes, new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = bytes.DeepClone() }) };
    }

    private static JsonObject Word(Type type, string description)
    {
        EnumKind kind = new(type);
        return new JsonObject { ["enum"] = SchemaKeys.Array(kind.Words), ["description"] = description };
    }

    private static JsonObject Claims(string description) =>
        new() { ["type"] = "array", ["description"] = description, ["items"] = Reference("claim") };

    private static JsonObject At() => Map("Swept paths with the value at which it is meant.", new JsonObject());

    private static JsonObject ReportWord() => new() { ["enum"] = SchemaKeys.Array(ReportReader.Names) };

    private static JsonObject ReportMap() => new()
    {
        ["type"] = "object",
        ["minProperties"] = 1,
        ["maxProperties"] = 1,
        ["propertyNames"] = ReportWord(),
        ["additionalProperties"] = new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject
            {
                ["of"] = new JsonObject { ["type"] = "string", ["description"] = "The workload or part it is about." },
                ["x"] = new JsonObject { ["type"] = "string", ["description"] = "The swept path on the horizontal axis." },
                ["y"] = new JsonObject { ["type"] = SchemaKeys.Array(["array", "string"]), ["description"] = "The statistics on the vertical axis." },
                ["at"] = At(),
            },
        },
    };

    private static JsonObject Map(string description, JsonObject values) =>
        new() { ["type"] = "object", ["description"] = description, ["additionalProperties"] = values };

    private static JsonObject Reference(string definition) => new() { ["$ref"] = "#/$defs/" + definition };
}
