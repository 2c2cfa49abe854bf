using System.Globalization;
using System.Text;
using System.Xml;
using CryptoSim.Cli.Rendering;
using CryptoSim.Scenarios.Exploring;
using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli;

/// <summary>Writes the variants of an exploration as test cases, as CI servers read them: broken is a failure, no answer is skipped.</summary>
internal static class JunitFile
{
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void Write(ExploredScenario explored, string path, CancellationToken cancellation) =>
        AtomicFile.Write(path, stream => Write(explored, stream), cancellation);

    private static void Write(ExploredScenario explored, Stream stream)
    {
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n", CheckCharacters = false });
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", explored.Scenario.Name);
        xml.WriteAttributeString("tests", Number(explored.Variants.Count));
        xml.WriteAttributeString("failures", Number(explored.Variants.Count(v => v.Standing == ExploreStanding.Broken)));
        xml.WriteAttributeString("skipped", Number(explored.Variants.Count(v => v.Standing == ExploreStanding.Unanswered)));
        xml.WriteAttributeString("time", Seconds(explored.Variants.Sum(v => v.WallSeconds)));
        foreach (ExploredVariant variant in explored.Variants)
        {
            Write(xml, explored.Scenario.Name, variant);
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, string scenario, ExploredVariant variant)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", scenario);
        xml.WriteAttributeString("name", variant.Target.Variant.Length > 0 ? variant.Target.Variant : scenario);
        xml.WriteAttributeString("time", Seconds(variant.WallSeconds));
        if (variant.Standing != ExploreStanding.AsExpected)
        {
            string claimed = variant.Claim is { } claim ? claim.Claim + ": " : "";
            xml.WriteStartElement(variant.Standing == ExploreStanding.Broken ? "failure" : "skipped");
            xml.WriteAttributeString("message", claimed + ExploreWords.Sentence(variant));
            xml.WriteString(variant.Result.Message ?? "");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double seconds) => seconds.ToString("0.######", CultureInfo.InvariantCulture);
}
