using System.Text;
using AirHil.Rig.Runs;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Golden;

/// <summary>
/// The tutorial's two scripts: our own twins of them in fixtures/scripts, which print the same in the same time, and
/// the tutorial's words, cut out of its text by the line numbers of the reference (§11). That text is not ours; it is
/// read where it lies beside the repository.
/// </summary>
internal sealed class TutorialScripts
{
    private const string Place = "../shared/reference/tutorial.txt";
    private const string Twins = "fixtures";
    private const string Words = "tutorial";

    private static readonly string? Text = Locate();

    /// <summary>Lines of the text, each with its line end.</summary>
    private readonly string[] _lines;

    private TutorialScripts(string path)
    {
        var parts = File.ReadAllText(path, Encoding.UTF8).Split('\n');
        _lines = [.. parts.SkipLast(1).Select(line => line + "\n"), parts[^1]];
        Echo = Firmware("script 1", Cut(_lines, 129, 208));
        PassthroughAsPrinted = Firmware("script 2 as printed", Cut(_lines, 326, 433));

        var swapped = Checked();
        (swapped[396], swapped[397]) = (swapped[397], swapped[396]);
        PassthroughRepairedBySwap = Firmware("script 2, repair (a)", Cut(swapped, 326, 433));

        var moved = Checked().ToList();
        moved.Insert(411, moved[397]);
        moved.RemoveAt(397);
        PassthroughRepairedByMove = Firmware("script 2, repair (b)", Cut([.. moved], 326, 433));
    }

    private TutorialScripts()
    {
        _lines = [];
        Echo = Twin("websocket-echo");
        PassthroughAsPrinted = Twin("uart-passthrough-broken");
        PassthroughRepairedBySwap = Twin("uart-passthrough-a");
        PassthroughRepairedByMove = Twin("uart-passthrough-b");
    }

    /// <summary>Where the scripts come from: the twins always, the tutorial's words where its text is.</summary>
    public static IReadOnlyList<string> Sources => Text is null ? [Twins] : [Twins, Words];

    /// <summary>The scripts of one of the <see cref="Sources"/>.</summary>
    public static TutorialScripts Of(string source) => source == Twins ? new() : new(Text!);

    /// <summary>§11.1: an echo every 15 s.</summary>
    public FirmwareSource Echo { get; }

    /// <summary>§11.2: the passthrough as printed, which does not compile.</summary>
    public FirmwareSource PassthroughAsPrinted { get; }

    /// <summary>§11.2 (a): the two lines that the print has in the wrong order change places.</summary>
    public FirmwareSource PassthroughRepairedBySwap { get; }

    /// <summary>§11.2 (b): the loop begins behind the callback's end.</summary>
    public FirmwareSource PassthroughRepairedByMove { get; }

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

    private static FirmwareSource Twin(string name) =>
        FirmwareSource.FromPath(Path.Combine(RepositoryRoot.Path, "fixtures", "scripts", name));

    private static string? Locate()
    {
        var path = Path.GetFullPath(Path.Combine(RepositoryRoot.Path, Place));
        return File.Exists(path) ? path : null;
    }
}
