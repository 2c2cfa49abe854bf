using CryptoSim.Scenarios.Reading.Format;

namespace CryptoSim.Scenarios.Tests.Reading.Format;

public class GeneratedFileTests
{
    [Fact]
    public void The_schema_is_the_one_written_from_the_options() =>
        Repository.AssertGenerated("Scenarios/scenario.schema.json", SchemaWriter.Write());

    [Fact]
    public void The_format_page_is_the_one_written_from_the_options() =>
        Repository.AssertGenerated("docs/scenario-format.md", FormatDocument.Write());
}
