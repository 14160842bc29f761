using System.Reflection;
using System.Xml.Linq;
using AirHil.Tests;

namespace AirHil.Cli.Tests;

/// <summary>No folders of a project use each other, directly or through others (design §3).</summary>
public sealed class FolderDirectionTests(ITestOutputHelper output)
{
    public static TheoryData<string> Projects =>
        [.. Directory.GetDirectories(Path.Combine(RepositoryRoot.Path, "src")).Select(path => Path.GetFileName(path))];

    /// <summary>It prints the graph of the project's folders, the lowest first.</summary>
    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_use_only_what_stands_below_them(string project)
    {
        var folder = Path.Combine(RepositoryRoot.Path, "src", project);
        var file = XDocument.Load(Directory.GetFiles(folder, "*.csproj").Single());
        var assembly = file.Descendants("AssemblyName").SingleOrDefault()?.Value ?? $"AirHil.{project}";
        var graph = FolderGraph.Of($"AirHil.{project}", Assembly.Load(assembly).Location, folder);
        foreach (var line in graph.Lines()) output.WriteLine(line);

        InACycle(graph).ShouldBeEmpty("folders in a cycle");
    }

    [Fact]
    public void A_use_is_found_without_a_using_line_and_a_constant_by_it()
    {
        var sources = Path.Combine(RepositoryRoot.Path, "tests", "Cli", "FolderSamples");
        var assembly = typeof(FolderDirectionTests).Assembly.Location;
        var graph = FolderGraph.Of("AirHil.Cli.Tests.FolderSamples", assembly, sources);

        graph.Lines().ShouldBe(["Kinds", "Lower -> Upper", "Upper -> Kinds, Lower"]);
        InACycle(graph).ShouldBe(["Lower", "Upper"]);
    }

    private static IEnumerable<string> InACycle(FolderGraph graph) => graph.Cycles().SelectMany(cycle => cycle);
}
