using System.Globalization;
using System.Net;
using System.Text;
using AirHil.Hunt.Search;
using AirHil.Modem.Acts;
using AirHil.Modem.Units;

namespace AirHil.Cli.Commands.HuntCommands;

/// <summary>Pictures of a hunt as SVG.</summary>
internal static class HuntChart
{
    private const int Width = 960;
    private const int Row = 26;
    private const int Left = 20;
    private const int LabelWidth = 330;
    private const int Height = 180;
    private const int MostPoints = 400;
    private const int MostLetters = 48;

    /// <summary>From here on most characters are wide: Hangul, Chinese, Japanese.</summary>
    private const char FirstWide = '\u1100';

    /// <summary>Behind what <see cref="Begin"/> began.</summary>
    private const string End = "</svg></div>\n";

    /// <summary>A row for each fault on the axis of the run's time.</summary>
    /// <param name="broken">Where a line is drawn; null: nowhere.</param>
    public static string Schedule(FaultSchedule schedule, TimeSpan length, TimeSpan? broken)
    {
        var text = Begin((schedule.Acts.Count * Row) + 24);
        double X(TimeSpan at) => LabelWidth + (Math.Min(1, at / length) * (Width - LabelWidth - Left));
        for (var i = 0; i < schedule.Acts.Count; i++)
        {
            var act = schedule.Acts[i];
            var y = i * Row;
            var (from, to) = (X(act.At), X(act.At + act.Act.Lasts));
            var behind = act.Behind is { } anchor
                ? $" {DurationText.Format(anchor.Delay)} after {anchor.Kind}"
                : "";
            Add(text, $"<text x=\"0\" y=\"{y + 17}\">{WebUtility.HtmlEncode(Label(act.Act + behind))}</text>");
            Add(text, $"<rect x=\"{from:0.0}\" y=\"{y + 4}\" width=\"{Math.Max(4, to - from):0.0}\" ");
            Add(text, $"height=\"{Row - 8}\" rx=\"2\" fill=\"{(act.Behind is null ? "#3b78c4" : "#7c5cbf")}\">");
            Add(text, $"<title>{WebUtility.HtmlEncode(act.ToString())}</title></rect>");
        }

        var bottom = schedule.Acts.Count * Row;
        Add(text, $"<line x1=\"{LabelWidth}\" x2=\"{Width - Left}\" ");
        Add(text, $"y1=\"{bottom}\" y2=\"{bottom}\" stroke=\"#5b6b7b\"/>");
        for (var i = 0; i <= 4; i++)
        {
            var at = TimeSpan.FromSeconds(Math.Round(length.TotalSeconds * i / 4));
            Add(text, $"<text x=\"{X(at):0.0}\" y=\"{bottom + 16}\" text-anchor=\"{(i == 4 ? "end" : "middle")}\">");
            Add(text, $"{DurationText.Format(at)}</text>");
        }

        if (broken is { } moment)
        {
            Add(text, $"<line x1=\"{X(moment):0.0}\" x2=\"{X(moment):0.0}\" y1=\"0\" y2=\"{bottom}\" ");
            Add(text, $"stroke=\"#b3261e\" stroke-width=\"2\"/>");
        }

        return text.Append(End).ToString();
    }

    /// <summary>How many sequences and ways were known after so many schedules.</summary>
    public static string Growth(IReadOnlyList<(int Tried, int Sequences, int Ways)> growth)
    {
        if (growth.Count == 0) return "";
        var step = Math.Max(1, growth.Count / MostPoints);
        var points = growth.Where((_, i) => i % step == 0 || i == growth.Count - 1).ToArray();
        var (tried, most) = (points[^1].Tried, points.Max(p => Math.Max(p.Sequences, p.Ways)));
        var text = Begin(Height + 24);
        string Line(Func<(int Tried, int Sequences, int Ways), int> value) => string.Join(' ', points.Select(
            p => string.Create(CultureInfo.InvariantCulture,
                $"{60 + ((Width - 80.0) * p.Tried / tried):0.0},{Height - ((Height - 12.0) * value(p) / most):0.0}")));
        Add(text, $"<line x1=\"60\" x2=\"{Width - Left}\" y1=\"{Height}\" y2=\"{Height}\" stroke=\"#5b6b7b\"/>");
        Add(text, $"<text x=\"54\" y=\"16\" text-anchor=\"end\">{most}</text>");
        Add(text, $"<text x=\"54\" y=\"{Height}\" text-anchor=\"end\">0</text>");
        Add(text, $"<text x=\"{Width - Left}\" y=\"{Height + 18}\" text-anchor=\"end\">{tried} schedules</text>");
        Add(text, $"<g fill=\"none\" stroke-width=\"2\">");
        Add(text, $"<polyline stroke=\"#3b78c4\" points=\"{Line(p => p.Sequences)}\"/>");
        Add(text, $"<polyline stroke=\"#d07a1f\" points=\"{Line(p => p.Ways)}\"/></g>");
        return text.Append(End).ToString();
    }

    /// <summary>The share of a kind; what broke something is red.</summary>
    public static string Bar(KindTally kind, int most)
    {
        const double Length = 400;
        var (all, broken) = (Length * kind.Schedules / most, Length * kind.Broken / most);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg class=\"bar\" viewBox=\"0 0 {Length} 12\"><rect width=\"{all:0.0}\" height=\"12\" " +
            $"fill=\"#9bb8da\"/><rect width=\"{broken:0.0}\" height=\"12\" fill=\"#b3261e\"/></svg>");
    }

    /// <summary>What fits before the axis; a Chinese character has the width of two letters.</summary>
    internal static string Label(string text)
    {
        var (shown, width) = (0, 0);
        while (shown < text.Length && (width += text[shown] < FirstWide ? 1 : 2) <= MostLetters) shown++;
        return shown < text.Length ? text[..Math.Max(0, shown - 1)] + "…" : text;
    }

    private static StringBuilder Begin(int height) => new StringBuilder().Append(
        CultureInfo.InvariantCulture,
        $"<div class=\"chart\"><svg viewBox=\"0 0 {Width} {height}\" role=\"img\">\n");

    private static void Add(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
