using AirHil.Gherkin.Plan;

namespace AirHil.Gherkin.Tests.Plan;

public sealed class FeatureFolderWalkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airhil-walk-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Links_to_folders_above_end_and_no_feature_is_found_twice()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        var features = _folder.CreateSubdirectory("features");
        _folder.CreateSubdirectory("shared");
        features.CreateSubdirectory("sub");
        features.CreateSubdirectory(".git");
        foreach (var name in (string[])["features/a", "features/sub/b", "shared/c", "features/.git/d"])
        {
            File.WriteAllText(Path.Combine(_folder.FullName, name + ".feature"), "Feature: F\nScenario: S\nGiven x");
        }

        Link("features/one", ".");
        Link("features/two", ".");
        Link("features/sub/up", "../two/sub/../..");
        Link("features/sub/up2", "../one/sub/up/features");
        Link("features/to-shared", "../shared");
        Link("features/again", Path.Combine(_folder.FullName, "shared"));
        Link("features/sub/a.feature", "../a.feature");
        Link("features/x.feature", "y.feature");
        Link("features/y.feature", "x.feature");

        var plan = FeaturePlan.Load(features.FullName);

        plan.Errors.ShouldBeEmpty();
        plan.Cases.Select(one => Path.GetRelativePath(features.FullName, one.Location.File)).ShouldBe(
            ["a.feature", "again/c.feature", "sub/b.feature"]);
    }

    [Theory]
    [InlineData(7, false)]
    [InlineData(8, true)]
    public void A_folder_with_too_many_entries_is_no_folder_of_features(int most, bool isTaken)
    {
        for (var i = 0; i < 4; i++)
        {
            var below = _folder.CreateSubdirectory($"d{i}");
            File.WriteAllText(Path.Combine(below.FullName, "a.feature"), "Feature: F\n");
        }

        FeatureFolderWalk.Files(_folder.FullName, most)?.Count.ShouldBe(4);
        (FeatureFolderWalk.Files(_folder.FullName, most) is not null).ShouldBe(isTaken);
    }

    private void Link(string name, string target) =>
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, name), target);
}
