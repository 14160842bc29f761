using System.Globalization;
using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Comparison;

/// <summary>A comparison as people read it.</summary>
public static class ComparisonText
{
    private const int MostDifferences = 10;

    /// <summary>An event on one line: time, modem, kind or tick, and what it says.</summary>
    public static string Line(SessionEvent e) => FailureReport.Line(e);

    /// <summary>A difference in one sentence.</summary>
    public static string Sentence(Divergence difference) => difference.Kind switch
    {
        DivergenceKind.Missing => $"only the first has: {Line(difference.Left!)}",
        DivergenceKind.Added => $"only the second has: {Line(difference.Right!)}",
        DivergenceKind.Changed =>
            $"the first has: {Line(difference.Left!)}\n    the second has: {Line(difference.Right!)}",
        _ => $"after {DurationText.Say(difference.LeftGap, difference.RightGap)} in the first, after " +
            $"{DurationText.Say(difference.RightGap, difference.LeftGap)} in the second: {Line(difference.Left!)}",
    };

    /// <param name="left">What to call the first session.</param>
    /// <param name="right">What to call the second session.</param>
    public static string Write(ComparisonResult result, string left, string right)
    {
        var text = new StringBuilder();
        if (result.First is not { } first)
        {
            text.Append(CultureInfo.InvariantCulture, $"equal: {result.Kinds.Sum(k => k.Left)} events\n");
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"{result.Count} differences; the first at ")
                .Append(DurationText.Say(first.At)).Append(":\n  ").Append(Sentence(first)).Append('\n');
            Context(text, $"first:  {left}", first.LeftContext, first.LeftIndex);
            Context(text, $"second: {right}", first.RightContext, first.RightIndex);
            foreach (var other in result.Differences.Skip(1).Take(MostDifferences - 1))
            {
                text.Append("then at ").Append(DurationText.Say(other.At)).Append(":\n  ").Append(Sentence(other))
                    .Append('\n');
            }

            if (result.Count > MostDifferences) text.Append("and more; --format json tells of 100\n");
        }

        Summary(text, result);
        foreach (var note in result.Notes) text.Append("note: ").Append(note).Append('\n');
        return text.ToString();
    }

    private static void Context(
        StringBuilder text, string name, IReadOnlyList<(long Index, SessionEvent Event)> events, long culprit)
    {
        text.Append(name).Append('\n');
        foreach (var (index, e) in events)
        {
            text.Append(index == culprit ? "  > " : "    ").Append(Line(e)).Append('\n');
        }
    }

    private static void Summary(StringBuilder text, ComparisonResult result)
    {
        var width = Math.Max(4, result.Kinds.Count == 0 ? 0 : result.Kinds.Max(k => k.Kind.Length));
        text.Append("kind".PadRight(width))
            .Append("    first   second     same  changed  missing    added    moved  widest shift\n");
        foreach (var kind in result.Kinds)
        {
            text.Append(kind.Kind.PadRight(width)).Append(string.Create(
                CultureInfo.InvariantCulture,
                $" {kind.Left,8} {kind.Right,8} {kind.Same,8} {kind.Changed,8} {kind.Missing,8} {kind.Added,8} " +
                $"{kind.Moved,8}  {DurationText.Say(kind.WidestShift)}\n"));
        }
    }
}
