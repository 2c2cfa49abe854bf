using System.Text.RegularExpressions;

namespace CryptoSim.Tidy.Tests;

/// <summary>Whoever cites a rule, a mail or a commit can look it up here.</summary>
public partial class CitationTests
{
    private static readonly string[] Citing = [.. Repository.Files.Where(file =>
        (Repository.Product.Contains(file.Split('/')[0]) && Path.GetExtension(file) is ".cs" or ".yaml" or ".expected") || file.EndsWith(".md", StringComparison.Ordinal))];

    [Fact]
    public void Every_rule_that_is_cited_stands_in_docs_rules()
    {
        HashSet<string> known = [.. Rules().Matches(Repository.Text("docs/rules.md")).Select(match => match.Groups[1].Value)];
        Assert.True(known.Count > 50, "docs/rules.md was not understood");
        Tidy.None(Citing, file => Unknown(file, CitedRule(), known));
    }

    [Fact]
    public void Every_mail_that_is_cited_stands_in_docs_sources()
    {
        HashSet<string> known = [.. MailRow().Matches(Repository.Text("docs/sources.md")).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(known);
        Tidy.None(Citing, file => Unknown(file, CitedMail(), known));
    }

    [Fact]
    public void Every_commit_that_is_cited_stands_in_docs_sources()
    {
        string[] known = [.. CommitRow().Matches(Repository.Text("docs/sources.md")).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(known);
        Tidy.None(Citing, file =>
        {
            string[] unknown = [.. CitedCommit().Matches(Repository.Text(file)).Select(match => match.Value)
                .Where(id => id.Any(char.IsAsciiDigit) && id.Any(char.IsAsciiLetter) && !known.Any(full => full.StartsWith(id, StringComparison.Ordinal))).Distinct()];
            return unknown.Length > 0 ? "cites " + string.Join(", ", unknown) : null;
        });
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere() =>
        Tidy.None(Repository.Documents, file =>
        {
            string directory = Path.GetDirectoryName(Repository.Full(file))!;
            string[] dead = [.. Link().Matches(Repository.Text(file)).Select(match => match.Groups[1].Value)
                .Where(target => !target.Contains("://", StringComparison.Ordinal) && !Path.Exists(Path.Combine(directory, target)))];
            return dead.Length > 0 ? "leads to " + string.Join(", ", dead) : null;
        });

    private static string? Unknown(string file, Regex citation, HashSet<string> known)
    {
        string[] unknown = [.. citation.Matches(Repository.Text(file)).Select(match => match.Value).Where(id => !known.Contains(id)).Distinct()];
        return unknown.Length > 0 ? "cites " + string.Join(", ", unknown) : null;
    }

    [GeneratedRegex(@"^(?:\| |#+ )((?:DM|ME|KS|AA|SC)-[A-Z]*\d+[a-z]?)\b", RegexOptions.Multiline)]
    private static partial Regex Rules();

    [GeneratedRegex(@"\b(?:DM|ME|KS|AA|SC)-[A-Z]*\d+[a-z]?\b")]
    private static partial Regex CitedRule();

    [GeneratedRegex(@"^\| (\d{3}_[0-9a-f]{16}) \|", RegexOptions.Multiline)]
    private static partial Regex MailRow();

    [GeneratedRegex(@"\b\d{3}_[0-9a-f]{16}\b")]
    private static partial Regex CitedMail();

    [GeneratedRegex(@"^\| ([0-9a-f]{12}) \|", RegexOptions.Multiline)]
    private static partial Regex CommitRow();

    [GeneratedRegex(@"(?<![0-9a-zA-Z_#.-])[0-9a-f]{10,12}(?![0-9a-zA-Z_.-])")]
    private static partial Regex CitedCommit();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")]
    private static partial Regex Link();
}
