using System.Text.RegularExpressions;
using AirHil.Rig.Runs;

namespace AirHil.Hunt.Surroundings;

/// <summary>Text messages for a script that takes them, by the texts and the numbers that are written in it.</summary>
internal static partial class TextMessageSearch
{
    private const string Anybody = "13800000000";
    private const int LongestText = 24;

    /// <summary>Each forwards one or answers it, which takes its time.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    /// <summary>The topic that text messages come by, and the function that sets a callback.</summary>
    private static readonly string[] Ways = ["SMS_INC", "setNewSmsCb"];

    /// <summary>Whether the script names a way by which text messages come.</summary>
    public static bool IsAwaited(ProbeOutcome outcome) =>
        outcome.Functions.Any(function => function.Texts.Intersect(Ways, StringComparer.Ordinal).Any());

    /// <summary>A text that nobody expects: it shows what the script does with any.</summary>
    public static Neighbour.TextMessage Any { get; } = new(Anybody, "message {n}", Every);

    /// <summary>Texts that functions of the script may look for, each from the numbers that are written.</summary>
    /// <param name="isPassedOn">Any text is passed on: only one with a number can be found again.</param>
    public static IEnumerable<Neighbour> Others(
        ProbeOutcome outcome, IEnumerable<ScriptFunction> functions, bool isPassedOn)
    {
        var written = outcome.Functions.SelectMany(f => f.Texts).Where(text => Phone().IsMatch(text));
        var numbers = written.Prepend(Anybody).Distinct(StringComparer.Ordinal).ToArray();
        var all = functions.SelectMany(f => f.Texts).Distinct(StringComparer.Ordinal).ToArray();
        var patterns = all.Select(PatternLine.Of).OfType<string>().Where(text => text.Length > 0);
        var plain = all.Where(text => text.Length is > 0 and <= LongestText && PatternLine.Of(text) is null
            && !text.Any(char.IsControl));
        return from text in patterns.Concat(plain).Prepend(Any.Text)
               from number in numbers
               where (number, text) != (Any.From, Any.Text)
                   && (!isPassedOn || text.Contains("{n}", StringComparison.Ordinal))
               select new Neighbour.TextMessage(number, text, Every);
    }

    [GeneratedRegex("^\\+?[0-9]{5,15}$")]
    private static partial Regex Phone();
}
