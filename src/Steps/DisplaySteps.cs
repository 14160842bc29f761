using System.ComponentModel;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Description(
    "What displays show. A picture is written as lines of # (lit; in colours anything but black) and . (dark); any " +
    "other character stands for a pixel that does not matter. The report shows the whole picture.")]
public sealed class DisplaySteps(BenchDriver driver)
{
    [Then("within {duration} the display shows:")]
    [Description("The lines are anywhere in the picture.")]
    public ValueTask Shows(TimeSpan within, string lines)
    {
        var part = PicturePart.Parse(lines);
        return Expect(within, $"a display to show\n{part}", part.IsIn);
    }

    [Then("within {duration} the display shows from column {int} and row {int}:")]
    [Description("The place of the first character; the first column is 0 and the highest row is 0.")]
    public ValueTask ShowsAt(TimeSpan within, int column, int row, string lines)
    {
        var part = PicturePart.Parse(lines);
        return Expect(
            within, $"a display to show from column {column} and row {row}\n{part}", e => part.IsAt(e, column, row));
    }

    [Then("within {duration} the display is dark")]
    public ValueTask IsDark(TimeSpan within) => Expect(
        within, "a display to be dark",
        e => e.Bytes.Span.IndexOfAnyExcept((byte)0) < 0);

    /// <summary>What is shown already counts.</summary>
    private async ValueTask Expect(TimeSpan within, string what, Func<DisplayShown, bool> isIt)
    {
        if (driver.Bench.Events.OfType<DisplayShown>().LastOrDefault() is { } now && isIt(now)) return;
        await driver.Bench.Expect(Match.Display(what, isIt), within);
    }
}
