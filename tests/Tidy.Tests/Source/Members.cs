using System.Text.RegularExpressions;

namespace CryptoSim.Tidy.Tests;

/// <summary>A method, property or other member with a body.</summary>
/// <param name="File">Path from the root.</param>
/// <param name="Name">Its name, as far as a reader of braces can tell.</param>
/// <param name="Line">1-based line of its opening brace.</param>
/// <param name="Lines">Lines between its braces.</param>
internal sealed record Member(string File, string Name, int Line, int Lines);

/// <summary>Finds the members of a file by its braces.</summary>
internal static partial class Members
{
    public static IEnumerable<Member> Of(string file)
    {
        string text = Blanked.Of(Repository.Text(file));
        var open = new Stack<(bool Holds, bool Member, string Header, int Line)>();
        int line = 1;
        int header = 0;
        for (int i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\n':
                    line++;
                    break;
                case ';':
                    header = i + 1;
                    break;
                case '{':
                    string head = text[header..i];
                    bool holds = TypeHeader().IsMatch(head);
                    bool member = !holds && (open.Count == 0 || open.Peek().Holds);
                    open.Push((holds, member, head, line));
                    header = i + 1;
                    break;
                case '}' when open.TryPop(out var closed):
                    header = i + 1;
                    if (closed.Member)
                    {
                        yield return new Member(file, NameOf(closed.Header), closed.Line, Math.Max(0, line - closed.Line - 1));
                    }

                    break;
            }
        }
    }

    private static string NameOf(string header)
    {
        string before = Generics().Replace(Attributes().Replace(header, ""), "").Split(["=>", "("], StringSplitOptions.None)[0];
        return Identifiers().Matches(before).LastOrDefault()?.Value ?? "?";
    }

    [GeneratedRegex(@"\b(class|struct|interface|enum|namespace|record)\s+(?!\))\w+")]
    private static partial Regex TypeHeader();

    [GeneratedRegex(@"^\s*(\[[^\]]*\]\s*)+")]
    private static partial Regex Attributes();

    [GeneratedRegex(@"<[^()=]*?>")]
    private static partial Regex Generics();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Identifiers();
}
