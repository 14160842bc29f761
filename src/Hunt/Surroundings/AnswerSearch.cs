using System.Text.RegularExpressions;
using AirHil.Rig.Peers;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;

namespace AirHil.Hunt.Surroundings;

/// <summary>
/// How a service may answer so that the script understands it, by the texts that are written in the script.
/// </summary>
internal static partial class AnswerSearch
{
    /// <summary>Plays a service that acknowledges (fixtures/peers).</summary>
    public const string Acknowledging = "acknowledge.lua";
    private const int MostKeys = 24;
    private const string Number = "{n}";

    /// <summary>The same service with other answers, the likeliest first.</summary>
    /// <param name="peers">Finds a script by its name; null: it is not there.</param>
    public static IEnumerable<Neighbour.Service> Others(
        Neighbour.Service service, ProbeOutcome outcome, Func<string, PeerScript?> peers)
    {
        var url = service.Endpoint.Url;
        switch (url.Scheme)
        {
            case "http" or "https":
                yield return ServiceSearch.Of(url, "200 {}");
                foreach (var text in Objects(outcome.Functions, "5")) yield return ServiceSearch.Of(url, "200 " + text);
                break;
            case "ws" or "wss" or "tcp" or "udp":
                yield return ServiceSearch.Of(url, "silent");
                var end = url.Scheme == "tcp" ? "\n" : "";
                foreach (var text in Lines(outcome.Functions).Where(IsCell).Concat(Objects(outcome.Functions, Number)))
                {
                    if (peers(Acknowledging) is not { } script) break;
                    script = script with { Parameters = [new("answer", text + end)] };
                    yield return new Neighbour.Service(new Endpoint(url, new ScriptedService(script)), "");
                }

                break;
        }
    }

    /// <summary>Texts with a number in them that the script looks for.</summary>
    public static IEnumerable<string> Lines(IEnumerable<ScriptFunction> functions) => functions
        .SelectMany(f => f.Texts).Select(PatternLine.Of).OfType<string>()
        .Where(text => text.Contains(Number, StringComparison.Ordinal) && text != Number)
        .Distinct(StringComparer.Ordinal);

    /// <summary>Whether the cell of a table holds it: one has no spaces around it, and of line ends only \n.</summary>
    private static bool IsCell(string text) =>
        text == text.Trim(' ', '\t') && text.All(c => c == '\n' || !char.IsControl(c));

    /// <summary>JSON with the members that a function names which decodes it: flat, and with one level below.</summary>
    private static IEnumerable<string> Objects(IEnumerable<ScriptFunction> functions, string value)
    {
        foreach (var function in functions.Where(f => f.Texts.Contains("decode")))
        {
            var keys = function.Texts.Where(text => WordOnly().IsMatch(text) && text is not ("json" or "decode"))
                .Take(MostKeys).ToArray();
            if (keys.Length == 0) continue;
            var members = string.Join(',', keys.Select(key => $"\"{key}\":{value}"));
            yield return $"{{{members}}}";
            foreach (var key in keys) yield return $"{{\"{key}\":{{{members}}}}}";
        }
    }

    [GeneratedRegex("^[a-z_][A-Za-z0-9_]{0,15}$")]
    private static partial Regex WordOnly();
}
