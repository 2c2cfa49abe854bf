using CryptoSim.Scenarios.Reading;
using FsCheck;
using FsCheck.Fluent;

namespace CryptoSim.Scenarios.Tests.Reading;

public class NearestTests
{
    private static readonly string[] Words = ["depth", "usable", "when_full", "front", "engine_qlen", "engines", "bandwidth", "interrupt", "coalesce"];

    [Fact]
    public void One_slip_in_a_word_finds_the_word()
    {
        Gen<(string Word, string Slip)> slips =
            from word in Gen.Elements(Words)
            from at in Gen.Choose(0, word.Length - 2)
            from kind in Gen.Choose(0, 3)
            select (word, Slip(word, at, kind));
        Properties.Hold(slips, s => Nearest.Find(s.Slip, Words) == s.Word);
    }

    [Fact]
    public void The_distance_is_symmetric_and_zero_only_for_equal_words()
    {
        Gen<(string, string)> pairs = Gen.Two(Gen.Elements('a', 'b', 'c').ListOf(5).Select(string.Concat)).Select(t => (t.Item1, t.Item2));
        Properties.Hold(pairs, p => Nearest.Distance(p.Item1, p.Item2) == Nearest.Distance(p.Item2, p.Item1)
            && (Nearest.Distance(p.Item1, p.Item2) == 0) == (p.Item1 == p.Item2));
    }

    [Theory]
    [InlineData("xyz")]
    [InlineData("")]
    [InlineData("a_word_that_is_like_none_of_them")]
    public void A_word_like_no_other_finds_nothing(string word) => Assert.Null(Nearest.Find(word, Words));

    private static string Slip(string word, int at, int kind) => kind switch
    {
        0 => word.Remove(at, 1),
        1 => word.Insert(at, "x"),
        2 => word[..at] + "x" + word[(at + 1)..],
        _ => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
    };
}
