using System.Text.RegularExpressions;
using AirHil.Tests;

namespace AirHil.Cli.Tests;

/// <summary>What the house asks of every file and no analyzer checks.</summary>
public sealed partial class TidyTests
{
    private const int LongestLine = 120;
    private const int LongestFile = 500;
    private const int LongestMethod = 70;

    /// <summary>
    /// The interpreter loop is one method: the compiler keeps its operands in registers only within one. It fills a
    /// file.
    /// </summary>
    private const string InterpreterLoop = "src/Lua/Run/Machine.cs";

    /// <summary>Files that are still over the limit. The list may only become shorter.</summary>
    private static readonly string[] StillLongFiles = [];

    private static readonly string[] Generated = [".git", "artifacts", "bin", "obj", "TestResults", ".vs", ".idea"];
    private static readonly string[] Code = ["src", "tests", "benchmarks"];

    private static readonly string[] Texts =
    [
        ".cs", ".csproj", ".editorconfig", ".feature", ".gitignore", ".json", ".lua", ".md", ".ndjson", ".props",
        ".sln", ".targets", ".txt", ".yaml", ".yml", "",
    ];

    [Fact]
    public void No_line_of_code_is_longer_than_120_columns() =>
        CodeFiles().SelectMany(OverlongLines).ShouldBeEmpty();

    [Fact]
    public void No_file_of_code_is_longer_than_500_lines() =>
        CodeFiles()
            .Where(file => File.ReadLines(file).Count() > LongestFile)
            .Select(Relative)
            .ShouldBeOnly([.. StillLongFiles, InterpreterLoop]);

    [Fact]
    public void No_method_is_longer_than_70_lines() =>
        CodeFiles()
            .Where(file => File.ReadLines(file).Skip(LongestMethod).Any())
            .SelectMany(file => MethodSizes.In(file)
                .Where(method => method.Lines > LongestMethod)
                .Select(method => $"{Relative(file)}: {method.Name}"))
            .ShouldBeOnly([$"{InterpreterLoop}: Execute"]);

    /// <summary>The tests of src/A/B are in tests/A/B.</summary>
    [Fact]
    public void Every_folder_of_code_has_a_folder_of_tests() =>
        Files("src")
            .Where(file => Path.GetExtension(file) == ".cs")
            .Select(file => Relative(Path.GetDirectoryName(file)!))
            .Distinct()
            .Where(folder => folder.Split('/').Length > 2 && !HasTests(folder))
            .ShouldBeEmpty();

    [Fact]
    public void Nothing_is_left_to_do() =>
        Lines(CodeFiles()).Where(line => LeftOver().IsMatch(line.Text)).Select(line => line.Place).ShouldBeEmpty();

    [Fact]
    public void A_warning_is_switched_off_only_with_a_reason() =>
        Lines(CodeFiles())
            .Where(line => SwitchedOff().IsMatch(line.Text) && !Reasoned().IsMatch(line.Text))
            .Select(line => line.Place)
            .ShouldBeEmpty();

    [Fact]
    public void A_summary_of_several_lines_has_its_tags_on_lines_of_their_own() =>
        Lines(CodeFiles()).Where(line => HalfSummary().IsMatch(line.Text)).Select(line => line.Place).ShouldBeEmpty();

    [Fact]
    public void No_file_names_a_folder_of_one_machine() =>
        Lines(Files("").Where(file => Texts.Contains(Path.GetExtension(file))))
            .Where(line => OfOneMachine().IsMatch(line.Text))
            .Select(line => line.Place)
            .ShouldBeEmpty();

    [Theory]
    [InlineData("Modem")]
    [InlineData("Lua")]
    [InlineData("VirtualModem")]
    [InlineData("Rig")]
    public void What_runs_in_virtual_time_may_not_use_the_wall_clock(string assembly) =>
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "src", assembly, $"AirHil.{assembly}.csproj"))
            .ShouldContain("<AdditionalFiles Include=\"../BannedSymbols.txt\" />");

    [Fact]
    public void No_two_scenarios_of_a_feature_have_one_title()
    {
        var features = Files("features").Where(file => Path.GetExtension(file) == ".feature").ToList();
        features.ShouldNotBeEmpty();
        features.SelectMany(Titles).GroupBy(title => title).Where(same => same.Count() > 1).Select(same => same.Key)
            .ShouldBeEmpty();
    }

    /// <summary>What is in raw strings is data, such as programs that a reference ran; it is not wrapped.</summary>
    private static IEnumerable<string> OverlongLines(string file)
    {
        var isData = false;
        foreach (var (text, place) in Lines([file]))
        {
            var quotes = RawQuotes().Count(text);
            if (!isData && quotes == 0 && text.Length > LongestLine) yield return place;
            if (quotes % 2 == 1) isData = !isData;
        }
    }

    private static IEnumerable<string> Titles(string feature) =>
        File.ReadLines(feature)
            .Select(line => ScenarioTitle().Match(line))
            .Where(match => match.Success)
            .Select(match => $"{Path.GetFileName(feature)}: {match.Groups[1].Value.Trim()}");

    private static IEnumerable<string> CodeFiles() =>
        Code.SelectMany(Files).Where(file => Path.GetExtension(file) == ".cs");

    private static IEnumerable<string> Files(string folder) => Below(Path.Combine(RepositoryRoot.Path, folder));

    private static IEnumerable<string> Below(string folder) =>
        Directory.GetFiles(folder).Concat(
            Directory.GetDirectories(folder).Where(each => !Generated.Contains(Path.GetFileName(each)))
                .SelectMany(Below));

    private static IEnumerable<(string Text, string Place)> Lines(IEnumerable<string> files) =>
        from file in files
        from line in File.ReadLines(file).Select((text, index) => (text, index))
        select (line.text, $"{Relative(file)}:{line.index + 1}: {line.text.Trim()}");

    private static bool HasTests(string folder) =>
        Path.Combine(RepositoryRoot.Path, "tests", folder["src/".Length..]) is var tests
        && Directory.Exists(tests) && Directory.EnumerateFiles(tests, "*Tests.cs").Any();

    private static string Relative(string path) =>
        Path.GetRelativePath(RepositoryRoot.Path, path).Replace(Path.DirectorySeparatorChar, '/');

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawQuotes();

    [GeneratedRegex(@"\b(T[O]DO|F[I]XME|H[A]CK|X[X]X)\b")]
    private static partial Regex LeftOver();

    [GeneratedRegex(@"^\s*#pragma warning disable\b")]
    private static partial Regex SwitchedOff();

    [GeneratedRegex(@"disable\s+[A-Z0-9, ]+\s//\s*\w+")]
    private static partial Regex Reasoned();

    [GeneratedRegex(@"^\s*///\s*(?:<summary>(?!.*</summary>).*\S|(?!.*<summary>)\S.*</summary>)\s*$")]
    private static partial Regex HalfSummary();

    [GeneratedRegex(@"(?<![\w.~-])/(work|home|root)/|\b[A-Za-z]:\\+Users\b", RegexOptions.IgnoreCase)]
    private static partial Regex OfOneMachine();

    [GeneratedRegex(@"^\s*(?:Scenario|Scenario Outline|Scenario Template|Example):\s*(.*)$")]
    private static partial Regex ScenarioTitle();
}
