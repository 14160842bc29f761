using System.Globalization;
using System.Text.RegularExpressions;
using AirHil.Tests;

namespace AirHil.Cli.Tests;

/// <summary>The ways through the code that docs/architecture.md tells.</summary>
public sealed partial class ArchitectureTests
{
    /// <summary>How many files each way may name.</summary>
    private static readonly int[] Most = [16, 12, 11];

    [Fact]
    public void The_ways_through_the_code_name_files_that_exist_and_are_no_longer_than_they_may_be()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "architecture.md"));
        var source = Path.Combine(RepositoryRoot.Path, "src");
        var files = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories)
            .Select(Path.GetFileNameWithoutExtension)
            .ToHashSet(StringComparer.Ordinal);
        var ways = Way().Matches(page);
        ways.Count.ShouldBe(Most.Length);
        foreach (var (way, most) in ways.Zip(Most))
        {
            var steps = Step().Matches(way.Groups["steps"].Value).Select(step => step.Groups[1].Value).ToArray();
            steps.Length.ShouldBe(int.Parse(way.Groups["count"].Value, CultureInfo.InvariantCulture), way.Value);
            steps.Length.ShouldBeLessThanOrEqualTo(most, way.Value);
            steps.ShouldBeUnique();
            steps.Where(step => !files.Contains(step)).ShouldBeEmpty();
        }
    }

    [GeneratedRegex(
        @"^\*\*.+?\*\* (?<count>\d+) files\.(?<steps>.+?)(?=^\s*$|\z)",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Way();

    /// <summary>A name in code, at the beginning or behind an arrow.</summary>
    [GeneratedRegex(@"(?:\A|→)\s*`([^`]+)`")]
    private static partial Regex Step();
}
