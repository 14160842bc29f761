using System.Runtime.CompilerServices;
using System.Text;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Golden;

/// <summary>
/// The tutorial's two scripts, cut out of its text by the line numbers of the reference (§11). The text is not ours: it
/// is read where it lies beside the repository, and a test that needs it is skipped where it does not.
/// </summary>
internal sealed class TutorialScripts
{
    private const string Place = "../shared/reference/tutorial.txt";

    private static readonly Lazy<TutorialScripts?> Found =
        new(static () => Locate() is { } path ? new TutorialScripts(path) : null);

    /// <summary>Lines of the text, each with its line end.</summary>
    private readonly string[] _lines;

    private TutorialScripts(string path)
    {
        var parts = File.ReadAllText(path, Encoding.UTF8).Split('\n');
        _lines = [.. parts.SkipLast(1).Select(line => line + "\n"), parts[^1]];
    }

    /// <summary>The scripts; where the text is not at hand the calling test ends as skipped.</summary>
    public static TutorialScripts OrSkip()
    {
        if (Found.Value is null)
        {
            Assert.Skip(
                $"the tutorial's text is not at hand: no folder above {string.Join(" or ", Starts())} " +
                $"has AirHil.sln and {Place}");
        }

        return Found.Value;
    }

    /// <summary>§11.1: an echo every 15 s.</summary>
    public FirmwareSource Echo => Firmware("script 1", Cut(_lines, 129, 208));

    /// <summary>§11.2: the passthrough as printed, which does not compile.</summary>
    public FirmwareSource PassthroughAsPrinted => Firmware("script 2 as printed", Cut(_lines, 326, 433));

    /// <summary>§11.2 (a): the two lines that the print has in the wrong order change places.</summary>
    public FirmwareSource PassthroughRepairedBySwap
    {
        get
        {
            var lines = Checked();
            (lines[396], lines[397]) = (lines[397], lines[396]);
            return Firmware("script 2, repair (a)", Cut(lines, 326, 433));
        }
    }

    /// <summary>§11.2 (b): the loop begins behind the callback's end.</summary>
    public FirmwareSource PassthroughRepairedByMove
    {
        get
        {
            var lines = Checked().ToList();
            var loop = lines[397];
            lines.Insert(411, loop);
            lines.RemoveAt(397);
            return Firmware("script 2, repair (b)", Cut([.. lines], 326, 433));
        }
    }

    /// <summary>A copy of all lines, after a look that the repairs meet the lines they mean.</summary>
    private string[] Checked()
    {
        _lines[396].ShouldContain("uart.on(");
        _lines[397].Trim().ShouldBe("while true do");
        _lines[410].Trim().ShouldBe("end)");
        return [.. _lines];
    }

    private static FirmwareSource Firmware(string name, string text)
    {
        text.ShouldStartWith("PROJECT", customMessage: $"{name} was cut at the wrong place");
        text.ShouldContain("\nsys.run()\n", customMessage: $"{name} was cut at the wrong place");
        return FirmwareSource.FromText(text, name);
    }

    private static string Cut(string[] lines, int first, int last) => string.Concat(lines[(first - 1)..last]);

    private static string? Locate() => Starts()
        .SelectMany(static start => Above(new DirectoryInfo(start)))
        .Where(static folder => File.Exists(Path.Combine(folder.FullName, "AirHil.sln")))
        .Select(static folder => Path.GetFullPath(Path.Combine(folder.FullName, Place)))
        .FirstOrDefault(File.Exists);

    /// <summary>
    /// The test's own folder and, for builds whose output lies outside the repository, this file's. The working
    /// directory would add nothing: the test framework sets it to the first.
    /// </summary>
    private static string[] Starts([CallerFilePath] string thisFile = "") =>
        [AppContext.BaseDirectory, .. thisFile.Length > 0 ? [Path.GetDirectoryName(thisFile)!] : Array.Empty<string>()];

    private static IEnumerable<DirectoryInfo> Above(DirectoryInfo start)
    {
        for (var folder = start; folder is not null; folder = folder.Parent) yield return folder;
    }
}
