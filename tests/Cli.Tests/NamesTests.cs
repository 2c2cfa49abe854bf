using CryptoSim.Simulator.Recording;

namespace CryptoSim.Cli.Tests;

public class NamesTests
{
    [Theory]
    [InlineData("/src/artifacts/bin/CryptoSim.Cli/release/", "/src", "dotnet run --project Cli -c Release --")]
    [InlineData("/src/artifacts/bin/CryptoSim.Cli/debug/", "/src/docs", "dotnet run --project ../Cli -c Debug --")]
    [InlineData("/my src/artifacts/bin/CryptoSim.Cli/release/", "/", "dotnet run --project 'my src/Cli' -c Release --")]
    [InlineData("/usr/local/bin/", "/src", "cryptosim")]
    public void A_printed_command_is_the_one_the_user_started(string program, string directory, string expected) =>
        Assert.Equal(expected, CommandName.Deduce(program, directory));

    [Theory]
    [InlineData("out/a-1.run", "out/a-1.run")]
    [InlineData("my out/a.run", "'my out/a.run'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("", "''")]
    [InlineData("a;rm -rf", "'a;rm -rf'")]
    public void A_printed_path_is_one_word_for_a_shell(string path, string expected) => Assert.Equal(expected, ShellText.Quote(path));

    [Theory]
    [InlineData("--vriant", "--variant")]
    [InlineData("--jobz", "--jobs")]
    [InlineData("--josb", "--jobs")]
    [InlineData("--something", null)]
    public void The_nearest_name_is_offered_only_when_it_is_near(string word, string? expected) =>
        Assert.Equal(expected, Nearest.To(word, ["--variant", "--set", "--jobs", "--out"]));

    [Fact]
    public void A_record_is_named_by_variant_point_and_replication()
    {
        RunIdentity identity = Synthetic.Completed("revert").Identity with { Point = [new("randwrite.iodepth", "32")], Replication = 7 };

        Assert.Equal("revert.randwrite.iodepth=32.r07.run", RecordNames.Of(Synthetic.Scenario(replicate: 20), identity));
        Assert.Equal("revert.randwrite.iodepth=32.run", RecordNames.Of(Synthetic.Scenario(), identity));
        Assert.Equal("caam-deadlock.run", RecordNames.Of(Synthetic.Scenario(), identity with { Variant = "", Point = [] }));
    }

    [Theory]
    [InlineData("../../etc/passwd", "_.._.._etc_passwd")]
    [InlineData(".hidden", "_.hidden")]
    [InlineData("-rf", "_-rf")]
    [InlineData("a b\0c", "a_b_c")]
    [InlineData("", "_")]
    public void No_name_leaves_the_output_directory(string name, string expected) => Assert.Equal(expected, RecordNames.Safe(name));

    [Fact]
    public void Sweep_points_of_a_report_are_in_the_order_of_their_values()
    {
        RunRecord At(string value) => Synthetic.Completed("a") with { Identity = Synthetic.Completed("a").Identity with { Point = [new("w.iodepth", value)] } };

        IReadOnlyList<RunRecord> ordered = RecordSets.InOrder([At("16"), At("8"), At("1")]);

        Assert.Equal(["1", "8", "16"], ordered.Select(record => record.Identity.Point[0].Value));
    }
}
