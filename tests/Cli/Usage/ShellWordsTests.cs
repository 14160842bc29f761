using AirHil.Cli.Usage;

namespace AirHil.Cli.Tests.Usage;

public sealed class ShellWordsTests
{
    [Theory]
    [InlineData("plain/path-1.lua:7", "plain/path-1.lua:7")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("$(rm -rf ~)`id`", "'$(rm -rf ~)`id`'")]
    [InlineData("a\nb\u001b[2J", "'a?b?[2J'")]
    [InlineData("ü", "'ü'")]
    public void A_word_is_quoted_where_a_shell_would_read_anything_into_it(string word, string quoted) =>
        ShellWords.Quote(word).ShouldBe(quoted);

    [Theory]
    [InlineData("lamp", "-k lamp")]
    [InlineData("two words", "-k 'two words'")]
    [InlineData("-x", "-k=-x")]
    [InlineData("-x y", "'-k=-x y'")]
    public void A_value_that_begins_as_an_option_is_tied_to_its_option(string value, string words) =>
        ShellWords.Option("-k", value).ShouldBe(words);

    [Theory]
    [InlineData("a.feature", "a.feature")]
    [InlineData("-a.feature", "./-a.feature")]
    [InlineData("-a b", "'./-a b'")]
    public void A_path_never_reads_as_an_option(string path, string word) => ShellWords.Path(path).ShouldBe(word);
}
