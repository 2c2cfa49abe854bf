namespace CryptoSim.Scenarios.Tests.Reading;

/// <summary>What a user reads about a mistake in <c>gallery:</c>, word for word.</summary>
public class GalleryTests
{
    private const string Good = "{ id: B01, title: t, symptom: s, trigger: w, buggy: caam-4.1, fixed: caam-fixed }";

    [Fact]
    public void A_gallery_block_is_read()
    {
        GalleryEntry entry = Samples.Read(With("{ id: E2, also: [B02], title: t, symptom: s, trigger: w, kernel: 4.1-rc1, cause: 0618764cb25f, fix: c0403ec0bb5a, buggy: caam-4.1, fixed: caam-fixed }")).Gallery!;

        Assert.Equal(("E2", "ME-E2", "t", "s", "w"), (entry.Id, entry.Rule, entry.Title, entry.Symptom, entry.Trigger));
        Assert.Equal(("4.1-rc1", "0618764cb25f", "c0403ec0bb5a", "caam-4.1", "caam-fixed"), (entry.Kernel, entry.Cause, entry.Fix, entry.Buggy, entry.Fixed));
        Assert.Equal(["DM-B02"], entry.Also.Select(GalleryEntry.RuleOf));
    }

    [Fact]
    public void A_scenario_without_the_block_is_no_entry() => Assert.Null(Samples.Read(Samples.Deadlock).Gallery);

    [Fact]
    public void The_resolved_scenario_keeps_the_block() =>
        Assert.Equal("B01", Samples.Read(Samples.Read(With(Good)).ResolvedYaml()).Gallery!.Id);

    [Theory]
    [InlineData("B01", "1:10: gallery is a single value; it tells of a bug, for example { id: B01, title: ..., symptom: ..., trigger: ... }")]
    [InlineData("{ id: B1, title: t, symptom: s, trigger: w, buggy: caam-4.1, fixed: caam-fixed }", "1:16: gallery: 'B1' is not the number of a bug: write B and two digits as in DM-B01, E and a digit as in ME-E1, K and two digits as in KS-G01, A and two digits as in AA-G01, or S and a number as in DM-S3")]
    [InlineData("{ id: B01, also: [J8], title: t, symptom: s, trigger: w, buggy: caam-4.1, fixed: caam-fixed }", "1:27: gallery: 'J8' is not the number of a bug: write B and two digits as in DM-B01, E and a digit as in ME-E1, K and two digits as in KS-G01, A and two digits as in AA-G01, or S and a number as in DM-S3")]
    [InlineData("{ id: B01, title: t, symptom: s, buggy: caam-4.1, fixed: caam-fixed }", "1:10: gallery lacks the key 'trigger', a text")]
    [InlineData("{ id: B01, titel: t, title: t, symptom: s, trigger: w, buggy: caam-4.1, fixed: caam-fixed }", "1:21: unknown key 'titel' in gallery; did you mean 'title'?")]
    [InlineData("{ id: B01, title: t, symptom: s, trigger: w, fix: c0403ec, buggy: caam-4.1, fixed: caam-fixed }", "1:60: gallery.fix: 'c0403ec' is not a commit: write its first 12 hexadecimal digits")]
    [InlineData("{ id: B01, title: t, symptom: s, trigger: w, buggy: caam-4.0, fixed: caam-fixed }", "1:62: gallery.buggy: there is no variant 'caam-4.0'; did you mean 'caam-4.1'?")]
    [InlineData("{ id: B01, title: t, symptom: s, trigger: w, buggy: caam-4.1, fixed: caam-4.1 }", "1:79: gallery.fixed is the buggy variant itself")]
    [InlineData("{ id: B01, title: t, symptom: s, trigger: w, buggy: caam-4.1, fixed: caam-4.1-worked-around }", "1:79: gallery.fixed: expect says nothing that tells 'caam-4.1-worked-around' from the bug; claim explore: proved, or a metric in holds or between")]
    public void A_mistake_says_where_it_is_and_what_would_be_right(string block, string message) =>
        Assert.Equal(["s.yaml:" + message], Samples.Errors(With(block)));

    [Fact]
    public void Without_their_names_the_variants_are_buggy_and_fixed() =>
        Assert.Equal(
            [
                "s.yaml:1:10: gallery.buggy: there is no variant 'buggy'; the variants are caam-4.1, caam-4.1-worked-around, caam-fixed",
                "s.yaml:1:10: gallery.fixed: there is no variant 'fixed'; the variants are caam-4.1, caam-4.1-worked-around, caam-fixed",
                "s.yaml:1:10: gallery.fixed: expect says nothing that tells 'fixed' from the bug; claim explore: proved, or a metric in holds or between",
            ],
            Samples.Errors(With("{ id: B01, title: t, symptom: s, trigger: w }")));

    [Fact]
    public void A_variant_may_be_another_kernel() =>
        Assert.Empty(Samples.Errors(Samples.Deadlock.Replace("caam-fixed: { jr0.when_full: backlog }", "caam-fixed: { kernel: 5.11, jr0.when_full: backlog }")));

    private static string With(string block) => "gallery: " + block + "\n" + Samples.Deadlock;
}
