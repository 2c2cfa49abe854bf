using System.Globalization;
using System.Text;
using System.Xml;
using CryptoSim.Simulator.Exploration;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Reports.Exploring;

/// <summary>An exploration for CI, as JUnit XML: one test case for each variant.</summary>
/// <remarks>
/// A variant with a claim fails when the claim is broken, whatever was found. One without a claim fails when a schedule fails, and is an error when a limit
/// came before the answer: a bound is not a pass. The text of each says what was found.
/// </remarks>
public static class JUnitReport
{
    /// <summary>Writes the file to <paramref name="path"/>, at once or not at all.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void Write(string path, Exploration exploration, CancellationToken cancellation = default) =>
        AtomicFile.WriteText(path, Render(exploration), cancellation);

    /// <summary>The document.</summary>
    public static string Render(Exploration exploration)
    {
        ArgumentNullException.ThrowIfNull(exploration);
        var text = new StringBuilder();
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true };
        using (var xml = XmlWriter.Create(text, settings))
        {
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Clean("explore " + exploration.Scenario));
            xml.WriteAttributeString("tests", Number(exploration.Variants.Count));
            xml.WriteAttributeString("failures", Number(exploration.Variants.Count(IsFailure)));
            xml.WriteAttributeString("errors", Number(exploration.Variants.Count(IsError)));
            xml.WriteAttributeString("time", Seconds(exploration.Variants.Sum(one => one.Result.Counts.Seconds)));
            foreach (ExploredVariant one in exploration.Variants)
            {
                WriteCase(xml, exploration, one);
            }

            xml.WriteEndElement();
        }

        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + text + "\n";
    }

    private static void WriteCase(XmlWriter xml, Exploration exploration, ExploredVariant one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(exploration.Scenario));
        xml.WriteAttributeString("name", Clean(one.Variant.Length > 0 ? one.Variant : exploration.Scenario));
        xml.WriteAttributeString("time", Seconds(one.Result.Counts.Seconds));
        string found = $"{ExplorationWords.Word(one.Result)}: {ExplorationWords.Meaning(one.Result)}";
        if (IsFailure(one) || IsError(one))
        {
            xml.WriteStartElement(IsFailure(one) ? "failure" : "error");
            xml.WriteAttributeString("type", Clean(one.Result.Found ?? one.Result.Verdict.ToString().ToLowerInvariant()));
            xml.WriteAttributeString("message", Clean(one.Expected.Length > 0 ? $"expected {one.Expected}; found {found}" : found));
            xml.WriteString(Clean(Text(one, exploration.Program)));
            xml.WriteEndElement();
        }
        else
        {
            xml.WriteElementString("system-out", Clean(string.Join('\n', ((string[])[found, ExplorationWords.Size(one.Result.Counts)]).Where(line => line.Length > 0))));
        }

        xml.WriteEndElement();
    }

    private static bool IsFailure(ExploredVariant one) => one.AsExpected is { } holds ? !holds : one.Result.Verdict == ExplorationVerdict.Failed;

    private static bool IsError(ExploredVariant one) => one.AsExpected is null && one.Result.Verdict == ExplorationVerdict.Bounded;

    private static string Text(ExploredVariant one, string program)
    {
        var lines = new List<string> { ExplorationWords.Size(one.Result.Counts) };
        if (one.Result.Failure is { } failure)
        {
            TraceStep? step = new TraceDigest(failure).Turning;
            lines.Add(ExplorationWords.Shape(failure));
            lines.AddRange(failure.End.Blocked.Select(blocked => $"{blocked.Process} waits for {blocked.WaitsOn} in {blocked.Function}: {blocked.Owner}"));
            lines.Add(step is null ? "" : $"{(failure.PointOfNoReturn is null ? "broken rule" : "point of no return")}: step {step.Number}  {step.Process}  {StepMeaning.Text(step)}  {step.Source}");
            lines.Add(one.Files.Schedule is null ? "" : $"{program} replay {one.Files.Schedule}");
        }

        return string.Join('\n', lines.Where(line => line.Length > 0).Select(line => line.TrimEnd()));
    }

    /// <summary>Without the characters that XML cannot hold.</summary>
    private static string Clean(string text) =>
        string.Concat(text.EnumerateRunes().Select(rune => rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString()));

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
