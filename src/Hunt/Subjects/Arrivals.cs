using System.Text.RegularExpressions;
using AirHil.Modem.Sessions;
using AirHil.Rig.Properties;

namespace AirHil.Hunt.Subjects;

/// <summary>
/// The numbers of lines of a UART, or of text messages, found again in texts that the module sends, between the same
/// words.
/// </summary>
internal static partial class Arrivals
{
    private const int FewestLines = 3;
    private const int MostBefore = 24;

    /// <summary>Properties that may hold: "R,{no},{*}" comes out as "alarm {no}".</summary>
    public static IEnumerable<EveryTextArrives> Of(
        Place from, string[] lines, IReadOnlyList<SessionEvent> events, TimeSpan within)
    {
        if (lines.Length < FewestLines) yield break;
        foreach (var to in Places(events))
        {
            var texts = new List<string>();
            var reader = new PlaceReader(to, toModule: false);
            foreach (var happened in events) reader.Read(happened, texts.Add);
            for (var place = 0; place < lines.Min(line => Number().Count(line)); place++)
            {
                if (Around(lines, place) is not { } asked || asked.Numbers.Distinct().Count() < FewestLines) continue;
                foreach (var answer in Answers(asked.Numbers, texts))
                {
                    yield return new EveryTextArrives(asked.Pattern, from, to, answer, within);
                }
            }
        }
    }

    /// <summary>What is around a number that all lines have at the same place; null: it differs.</summary>
    private static (string Pattern, string[] Numbers)? Around(string[] lines, int place)
    {
        var matches = lines.Select(line => Number().Matches(line)[place]).ToArray();
        var heads = lines.Select((line, i) => line[..matches[i].Index]).Distinct().ToArray();
        var tails = lines.Select((line, i) => line[(matches[i].Index + matches[i].Length)..]).ToArray();
        if (heads.Length > 1 || heads[0].Contains('{', StringComparison.Ordinal)) return null;
        return ($"{heads[0]}{{no}}{Tail(tails, isShort: true)}", [.. matches.Select(m => m.Value)]);
    }

    private static IEnumerable<string> Answers(string[] numbers, List<string> texts)
    {
        var known = numbers.ToHashSet(StringComparer.Ordinal);
        var found = texts.SelectMany(text => Number().Matches(text).Where(m => known.Contains(m.Value)).Select(m => (
                m.Value, Head: Head(text[..m.Index]), Tail: text[(m.Index + m.Length)..])))
            .GroupBy(m => m.Head, StringComparer.Ordinal);
        return found.Where(group => group.Select(m => m.Value).Distinct().Count() >= FewestLines && group.Key != "{*}")
            .Select(group => (Head: group.Key, Tails: group.Select(m => m.Tail).ToArray()))
            .Select(all => $"{all.Head}{{no}}{Tail(all.Tails, isShort: !all.Head.StartsWith('{'))}");
    }

    /// <summary>
    /// Of a long text, or of one with braces, what is shortly before the field: its member, if it has one.
    /// </summary>
    private static string Head(string text)
    {
        if (text.Length <= MostBefore && !text.Contains('{', StringComparison.Ordinal)) return text;
        var start = Math.Max(0, text.Length - MostBefore);
        if (text.LastIndexOfAny(['{', ',', '&'], Math.Max(0, text.Length - 2)) is >= 0 and var end && end >= start - 1)
        {
            start = end + 1;
        }

        if (start < text.Length && char.IsLowSurrogate(text[start])) start++;
        return "{*}" + text[start..].TrimStart('{');
    }

    /// <summary>What is the same behind the field; else any text behind the first character.</summary>
    /// <param name="isShort">What is the same may be as long as it is.</param>
    private static string Tail(string[] tails, bool isShort)
    {
        var isSame = tails.Distinct(StringComparer.Ordinal).Count() == 1;
        if (isSame && (isShort || tails[0].Length == 0) && !tails[0].Contains('{', StringComparison.Ordinal))
        {
            return tails[0].TrimEnd('\r', '\n'); // As a step has it.
        }

        var head = tails[0].Length > 0 && tails.All(t => t.StartsWith(tails[0][0])) ? tails[0][..1] : "";
        return (head == "{" ? "" : head) + "{*}";
    }

    private static IEnumerable<Place> Places(IReadOnlyList<SessionEvent> events)
    {
        yield return new Place(PlaceKind.Service);
        foreach (var number in events.OfType<SmsSubmitted>().Select(e => e.Number).Distinct(StringComparer.Ordinal))
        {
            yield return new Place(PlaceKind.Phone, Name: number);
        }
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
