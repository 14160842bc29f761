using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Properties;
using AirHil.Rig.Scenarios;

namespace AirHil.Hunt.Subjects;

/// <summary>
/// What a run without faults keeps, beyond what its scenario states: every line arrives, numbers without gaps, the
/// first text of a connection. A person is to keep or to delete it; it judges nothing by itself.
/// </summary>
public static partial class Proposals
{
    private const int FewestLines = 3;
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);
    private static readonly Place Service = new(PlaceKind.Service);

    /// <summary>Those that hold for the whole run, each judged as a step would be.</summary>
    public static IReadOnlyList<Property> Of(Bench bench)
    {
        ArgumentNullException.ThrowIfNull(bench);
        var texts = Texts(bench.Events);
        var found = new List<Property>();
        foreach (var from in Sources(bench.Events))
        {
            var lines = Lines(bench.Events, from);
            var arrives = Arrives(bench, from, lines, texts)
                ?? Arrivals.Of(from, lines, bench.Events, Within).FirstOrDefault(p => Holds(bench, p));
            if (arrives is not null) found.Add(arrives);
        }

        var numbered = Numbers(texts).Where(name => Counts(bench, name)).ToArray();
        if (numbered is [var number, ..])
        {
            found.Add(new Holds(Pattern(number), Service, $"last == nil or {number} <= last.{number} + 1"));
        }

        found.AddRange(numbered.Select(name => new AlwaysSameContent(Service, Pattern(name))));
        if (Rising(bench, texts) is { } rises) found.Add(rises);
        if (Begins(bench, texts) is { } begins) found.Add(begins);
        var stated = bench.Properties.Select(p => p.Clause).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. found.Where(p => !stated.Contains(p.Clause) && !bench.Properties.OfType<EveryTextArrives>().Any(
                own => p is EveryTextArrives one && (one.From, one.To) == (own.From, own.To))),
        ];
    }

    /// <summary>The first number of a line that comes back as a member of a JSON text, as most lines do.</summary>
    private static EveryTextArrives? Arrives(
        Bench bench, Place from, string[] lines, IReadOnlyList<(int Connection, string Text)> texts)
    {
        if (lines.Length < FewestLines) return null;
        var members = texts.SelectMany(t => Members(t.Text)).ToLookup(m => m.Name, m => m.Value);
        var count = lines.Min(line => Number().Count(line));
        for (var place = 0; place < count; place++)
        {
            var matches = lines.Select(line => Number().Matches(line)[place]).ToArray();
            if (matches.DistinctBy(m => m.Value).Count() < FewestLines) continue;
            var heads = lines.Select((line, i) => line[..matches[i].Index]).Distinct().ToArray();
            var tails = lines.Select((line, i) => line[(matches[i].Index + matches[i].Length)..]).Distinct().ToArray();
            if (heads.Length > 1 || heads[0].Contains('{', StringComparison.Ordinal)) continue;
            foreach (var member in members)
            {
                if (!WordOnly().IsMatch(member.Key)) continue;
                var asked = $"{heads[0]}{{{member.Key}}}{Tail(tails)}";
                var property = new EveryTextArrives(
                    asked, from, Service, $"{{\"{member.Key}\": {member.Key}}}", Within);
                if (matches.Count(m => member.Contains(m.Value)) >= FewestLines && Holds(bench, property))
                {
                    return property;
                }
            }
        }

        return null;
    }

    /// <summary>Whether a member numbers the texts.</summary>
    private static bool Counts(Bench bench, string name) =>
        Holds(bench, new Holds(Pattern(name), Service, $"last == nil or {name} == last.{name} + 1"));

    /// <summary>The first member that only rises, though not by one.</summary>
    private static NeverGoesBack? Rising(Bench bench, IReadOnlyList<(int Connection, string Text)> texts) =>
        Numbers(texts).Select(name => new NeverGoesBack(Service, name)).FirstOrDefault(rises => Holds(bench, rises));

    /// <summary>Members that are whole numbers of which several come.</summary>
    private static IEnumerable<string> Numbers(IReadOnlyList<(int Connection, string Text)> texts) => texts
        .SelectMany(t => Members(t.Text)).GroupBy(m => m.Name, m => m.Value)
        .Where(group => WordOnly().IsMatch(group.Key) && group.Distinct().Count() >= FewestLines
            && group.All(value => int.TryParse(value, CultureInfo.InvariantCulture, out _)))
        .Select(group => group.Key);

    private static string Pattern(string name) => $"{{\"{name}\": {name}}}";

    /// <summary>The members of the first text, where it differs from what follows it.</summary>
    private static ConnectionsBegin? Begins(Bench bench, IReadOnlyList<(int Connection, string Text)> texts)
    {
        if (texts.Count < 2) return null;
        var first = Members(texts[0].Text).ToArray();
        var names = first.Select(m => m.Name).ToArray();
        var isLike = texts.Skip(1).Any(t => t.Connection == texts[0].Connection
            && names.All(name => Members(t.Text).Any(m => m.Name == name)));
        if (first.Length == 0 || isLike) return null;
        var property = new ConnectionsBegin($"{{{string.Join(", ", names.Select(name => $"\"{name}\": *"))}}}");
        return Holds(bench, property) ? property : null;
    }

    private static bool Holds(Bench bench, Property property)
    {
        try
        {
            var judge = PropertyJudge.Over(property, bench.Events);
            judge.PassTo(bench.Now, bench.Events.Count);
            return judge.First is null && !judge.Unjudged.Any();
        }
        catch (FormatException)
        {
            return false; // A name that a pattern cannot have.
        }
    }

    private static List<(int Connection, string Text)> Texts(IReadOnlyList<SessionEvent> events)
    {
        var texts = new List<(int Connection, string Text)>();
        var reader = new PlaceReader(Service, toModule: false);
        foreach (var happened in events.OfType<IConnected>())
        {
            reader.Read((SessionEvent)happened, text => texts.Add((happened.Connection.Number, text)));
        }

        return texts;
    }

    /// <summary>The UARTs and the telephones from which texts have come.</summary>
    private static IEnumerable<Place> Sources(IReadOnlyList<SessionEvent> events) =>
    [
        .. events.OfType<UartIn>().Select(e => e.Port).Distinct().Order()
            .Select(port => new Place(PlaceKind.Uart, port)),
        .. events.OfType<SmsDelivered>().Select(e => e.Number).Distinct(StringComparer.Ordinal)
            .Select(number => new Place(PlaceKind.Phone, Name: number)),
    ];

    private static string[] Lines(IReadOnlyList<SessionEvent> events, Place from)
    {
        var lines = new List<string>();
        var reader = new PlaceReader(from, toModule: true);
        foreach (var happened in events) reader.Read(happened, lines.Add);
        return [.. lines.Where(line => line.Length > 0)];
    }

    /// <summary>What is the same behind the field; else any text behind the first character.</summary>
    private static string Tail(string[] tails)
    {
        if (tails.Length == 1 && !tails[0].Contains('{', StringComparison.Ordinal)) return tails[0];
        var head = tails[0].Length > 0 && tails.All(t => t.StartsWith(tails[0][0])) ? tails[0][..1] : "";
        return (head == "{" ? "" : head) + "{*}";
    }

    private static IEnumerable<(string Name, string Value)> Members(string text)
    {
        if (text.Length == 0 || text[0] != '{') return [];
        try
        {
            using var document = UnicodeJson.Parse(text);
            return
            [
                .. document.RootElement.EnumerateObject()
                    .Where(m => m.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String)
                    .Select(m => (m.Name, m.Value.ToString())),
            ];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex WordOnly();
}
