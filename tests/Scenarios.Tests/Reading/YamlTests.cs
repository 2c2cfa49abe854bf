namespace CryptoSim.Scenarios.Tests.Reading;

/// <summary>Texts that are not a scenario at all, and what YAML could do but a scenario may not.</summary>
public class YamlTests
{
    [Theory]
    [InlineData("", "s.yaml: is empty")]
    [InlineData("  \n\n", "s.yaml: is empty")]
    [InlineData("# only\n# comments\n", "s.yaml: holds no scenario, only comments")]
    [InlineData("hello", "s.yaml:1:1: a single value where a scenario begins with 'scenario: NAME'")]
    [InlineData("- a\n", "s.yaml:1:1: a list where a scenario begins with 'scenario: NAME'")]
    [InlineData("a: [1, 2\nb: 3\n", "s.yaml:1:4: '[' opens here and is not closed by ']', or an entry before line 1, column 5 lacks its comma")]
    [InlineData("a: {b: 1\nc: 3\n", "s.yaml:1:4: '{' opens here and is not closed by '}', or an entry before line 1, column 5 lacks its comma")]
    [InlineData("a: \"x\n", "s.yaml:1:4: the quote that opens here is not closed")]
    [InlineData("a: @x\n", "s.yaml:1:4: this character cannot begin a value; quote the value")]
    [InlineData("a: b: c\n", "s.yaml:1:5: ': ' inside a value, or a key that is indented more than the one above it; quote the value or fix the indentation")]
    [InlineData(" a: 1\nb: 2\n", "s.yaml:2:1: this line is not indented like the lines it belongs to")]
    [InlineData("- a\nb: 1\n", "s.yaml:2:1: this line is not indented like the list it belongs to, or lacks its '- '")]
    [InlineData("a: 1\n---\nb: 2\n", "s.yaml:2:1: a second document begins here; a scenario is one document")]
    public void A_text_that_is_no_scenario_is_refused_with_one_line(string text, string message) =>
        Assert.Equal([message], Samples.Errors(text));

    [Fact]
    public void Every_line_that_a_tab_indents_is_named() => Assert.Equal(
        ["s.yaml:2:1: a tab indents this line; YAML indents with blanks", "s.yaml:4:3: a tab indents this line; YAML indents with blanks"],
        Samples.Errors("a: 1\n\tb: 2\n\t# a comment may\n  \tc: 3\n"));

    [Fact]
    public void A_text_is_not_nested_deeper_than_a_scenario_can_be() =>
        Assert.Equal(["s.yaml:1:21: nested deeper than 20 levels"], Samples.Errors(new string('[', 4_000_000)));

    [Fact]
    public void An_alias_bomb_is_refused_by_name_and_not_expanded()
    {
        string bomb = "a0: &a0 [x, x]\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n"));
        string[] errors = Samples.Errors(bomb);
        Assert.Contains("s.yaml:1:5: the anchor '&a0' is not part of the format; write the value where it is used", errors);
        Assert.Contains("s.yaml:2:10: the alias '*a0' is not part of the format; write the value where it is used", errors);
    }

    [Fact]
    public void Merge_keys_and_tags_are_refused_by_name()
    {
        string[] errors = Samples.Errors("source: { <<: x }\nseed: !!int 3\n");
        Assert.Contains("s.yaml:1:11: the merge key '<<' is not part of the format; write the keys where they are used", errors);
        Assert.Contains("s.yaml:2:7: the tag 'tag:yaml.org,2002:int' is not part of the format", errors);
    }

    [Fact]
    public void A_key_that_stands_twice_is_reported_with_the_line_of_the_first() => Assert.Contains(
        "s.yaml:3:1: the key 'seed' stands here a second time; it is already on line 1", Samples.Errors("seed: 1\nabout: x\nseed: 2\n"));

    [Fact]
    public void A_story_is_the_comment_on_top_without_the_line_for_editors() => Assert.Equal(
        "dm-crypt on a job ring that drops the request it answers EBUSY.\n\nSecond paragraph.", Samples.Read(Samples.Deadlock).Story);

    [Fact]
    public void Line_ends_of_either_kind_and_a_byte_order_mark_make_no_difference()
    {
        string dos = "\ufeff" + Samples.Deadlock.Replace("\n", "\r\n");
        Assert.Equal(Samples.Read(Samples.Deadlock).ResolvedYaml(), Samples.Read(dos).ResolvedYaml());
    }

    [Fact]
    public void Digits_may_be_grouped_and_values_quoted()
    {
        Scenario scenario = Samples.Read(Samples.Small.Replace("number_ios: 3", "number_ios: \"10_000\""));
        Assert.Contains("number_ios: 10000\n", scenario.ResolvedYaml(), StringComparison.Ordinal);
    }
}
