using AirHil.Benchmarks;
using AirHil.Tests;

namespace AirHil.Cli.Tests;

/// <summary>The defects that docs/mutations.md is measured with: the code must be as they know it.</summary>
public sealed class MutationTests
{
    public static TheoryData<string> Defects() => [.. Mutation.All.Select(one => one.What)];

    [Theory]
    [MemberData(nameof(Defects))]
    public void The_text_that_a_defect_changes_is_in_its_file_once(string what)
    {
        var defect = Mutation.All.Single(one => one.What == what);
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, defect.File)).ReplaceLineEndings("\n");
        text.Split(defect.Before).Length.ShouldBe(2);
    }
}
