namespace CryptoSim.Tidy.Tests;

public class SourceTextTests
{
    private const int LongestFile = 450;
    private const int LongestMember = 45;
    private const int LongMember = 30;
    private const string Ratchet = "tests/Tidy.Tests/long-members.txt";

    [Fact]
    public void No_file_of_the_product_is_so_long_that_it_needs_an_index() =>
        Tidy.None(Repository.ProductSources, file => Repository.Text(file).Count(c => c == '\n') is var lines and > LongestFile ? $"{lines} lines" : null);

    [Fact]
    public void No_member_of_the_product_is_longer_than_a_screen() =>
        Tidy.None(AllMembers().Where(member => member.Lines > LongestMember), member => $"{member.File}:{member.Line} {member.Name}: {member.Lines} lines");

    [Fact]
    public void Long_members_are_listed_and_only_become_fewer_and_shorter()
    {
        string[] current = [.. AllMembers().Where(member => member.Lines > LongMember).Select(member => $"{member.File} {member.Name} {member.Lines}").Order(StringComparer.Ordinal)];
        if (Repository.Updates)
        {
            File.WriteAllText(Repository.Full(Ratchet), string.Concat(current.Select(line => line + "\n")));
        }

        string[] listed = File.ReadAllLines(Repository.Full(Ratchet));
        Tidy.None(current, line => listed.Contains(line) ? null : "is not in " + Ratchet + " like this");
        Tidy.None(listed, line => current.Contains(line) ? null : "is better now: UPDATE_EXPECTED=1 ./check.sh removes it from " + Ratchet);
    }

    [Theory]
    [InlineData("#prag" + "ma")]
    [InlineData("#reg" + "ion")]
    [InlineData("TO" + "DO")]
    [InlineData("FIX" + "ME")]
    [InlineData("XX" + "X ")]
    public void No_source_puts_off_or_switches_off(string word) =>
        Tidy.None(Repository.Files.Where(IsText), file => Tidy.LineOf(Repository.Text(file), word));

    [Fact]
    public void No_file_names_a_package_registry()
    {
        string[] hosts = ["registry." + "npmjs", "npmjs" + ".org", "nuget" + ".org", "pypi" + ".org", "crates" + ".io", "deb." + "debian", "proxy." + "golang"];
        Tidy.None(Repository.Files, file => hosts.Select(host => Tidy.LineOf(Repository.Text(file), host)).FirstOrDefault(found => found is not null));
    }

    [Fact]
    public void No_file_points_to_a_place_outside_the_repository()
    {
        string[] places = ["/wo" + "rk/", "../sha" + "red", "/ho" + "me/", "/ro" + "ot/"];
        Tidy.None(Repository.Files, file => places.Select(place => Tidy.LineOf(Repository.Text(file), place)).FirstOrDefault(found => found is not null));
    }

    [Fact]
    public void Text_ends_with_one_line_end_and_has_no_carriage_returns() =>
        Tidy.None(Repository.Files.Where(IsText), file => Repository.Text(file) switch
        {
            "" => null,
            var text when text.Contains('\r') => "has a carriage return",
            var text when !text.EndsWith('\n') || text.EndsWith("\n\n", StringComparison.Ordinal) => "does not end with exactly one line end",
            _ => null,
        });

    private static IEnumerable<Member> AllMembers() => Repository.ProductSources.SelectMany(Members.Of);

    private static bool IsText(string file) =>
        Path.GetExtension(file) is ".cs" or ".md" or ".yaml" or ".sh" or ".mjs" or ".css" or ".expected" or ".props" or ".targets" or ".csproj" || file is "cryptosim" or ".ci/run";
}
