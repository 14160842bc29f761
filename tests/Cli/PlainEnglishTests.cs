using System.Text.RegularExpressions;
using AirHil.Tests;

namespace AirHil.Cli.Tests;

/// <summary>
/// Texts that people read use words that a non-native engineer reads once. The list holds turns of phrase that were
/// found and replaced; it may only become longer.
/// </summary>
public sealed partial class PlainEnglishTests
{
    [Fact]
    public void No_text_uses_a_turn_of_phrase_that_needs_a_second_reading() =>
        Texts()
            .SelectMany(file => File.ReadLines(file).Select((line, index) => (file, line, number: index + 1)))
            .Where(text => Riddles().IsMatch(text.line))
            .Select(text => $"{Path.GetRelativePath(RepositoryRoot.Path, text.file)}:{text.number}: {text.line.Trim()}")
            .ShouldBeEmpty();

    [Theory]
    [InlineData("opened anew each time")]
    [InlineData("Lets go of every socket.")]
    [InlineData("what stands behind it")]
    [InlineData("One of them is none of that.")]
    [InlineData("nobody is told")]
    [InlineData("the port goes by a name")]
    [InlineData("what is heard of late")]
    public void Such_a_phrase_is_found(string text) => Riddles().IsMatch(text).ShouldBeTrue();

    [Theory]
    [InlineData("null: there is none")]
    [InlineData("{} stands for the rest")]
    [InlineData("This function stood in for another.")]
    public void A_plain_phrase_is_not(string text) => Riddles().IsMatch(text).ShouldBeFalse();

    private static IEnumerable<string> Texts()
    {
        var code = Files("src", "*.cs").Concat(Files("benchmarks", "*.cs"));
        var pages = Files("docs", "*.md").Concat(Files("features", "*.feature")).Concat(Files("examples", "*.md"));
        return [.. code, .. pages, .. Directory.EnumerateFiles(RepositoryRoot.Path, "*.md")];
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), pattern, SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));

    [GeneratedRegex(
        @"\banew\b|\bbeforehand\b|\b(is|are) told\b|\bgoes by\b|\blets? go\b|\bnone such\b|\bcan meet\b|\bfor the eye\b"
        + @"|\bheard of late\b|\bis none of (that|it)\b|\b(text|address|line|it) is none[.;]"
        + @"|\bnobody is\b|\bno more of it\b"
        + @"|\bstands? (before|beside|behind|between|there|elsewhere|outside)\b|\bgiven up on\b|\bof which each\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Riddles();
}
