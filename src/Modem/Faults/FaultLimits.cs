using System.Globalization;
using System.Text;
using AirHil.Modem.Units;

namespace AirHil.Modem.Faults;

/// <summary>What a fault is limited to, in the words behind its phrase. What is null is not limited.</summary>
/// <param name="ToModule">What goes to the module, or what comes from it.</param>
/// <param name="Host">What has to do with this host: connections, packets, names, messages.</param>
/// <param name="Port">What passes this UART, 0 to 63.</param>
/// <param name="Text">Messages in which this text is.</param>
/// <param name="Times">The first so many occurrences, from 1 on; then the fault does nothing until it ends.</param>
public sealed record FaultLimits(
    bool? ToModule = null, string? Host = null, int? Port = null, string? Text = null, int? Times = null)
{
    private const int MostTimes = 1_000_000;

    public static FaultLimits None { get; } = new();

    /// <summary>Which of them are set.</summary>
    public LimitKinds Kinds =>
        (ToModule is null ? 0 : LimitKinds.Direction) | (Host is null ? 0 : LimitKinds.Host)
        | (Port is null ? 0 : LimitKinds.Port) | (Text is null ? 0 : LimitKinds.Text)
        | (Times is null ? 0 : LimitKinds.Times);

    /// <summary>The same without some of them.</summary>
    public FaultLimits Without(LimitKinds kinds) => new(
        kinds.HasFlag(LimitKinds.Direction) ? null : ToModule, kinds.HasFlag(LimitKinds.Host) ? null : Host,
        kinds.HasFlag(LimitKinds.Port) ? null : Port, kinds.HasFlag(LimitKinds.Text) ? null : Text,
        kinds.HasFlag(LimitKinds.Times) ? null : Times);

    /// <summary>Whether the host is meant; "" is none.</summary>
    public bool IsFor(string host) =>
        Host is null || string.Equals(Host, host, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the direction is meant.</summary>
    public bool IsFor(bool toModule) => ToModule is not { } direction || direction == toModule;

    /// <summary>Whether a message is meant.</summary>
    public bool IsFor(bool toModule, string host, ReadOnlySpan<byte> message) =>
        IsFor(toModule) && IsFor(host)
        && (Text is null || message.IndexOf(Encoding.UTF8.GetBytes(Text)) >= 0);

    /// <summary>The words that limit so, in brackets, each with a space before it.</summary>
    internal static string Form(LimitKinds kinds, string hostWord) =>
        (kinds.HasFlag(LimitKinds.Direction) ? " [to|from module]" : "")
        + (kinds.HasFlag(LimitKinds.Host) ? $" [{hostWord} HOST]" : "")
        + (kinds.HasFlag(LimitKinds.Port) ? " [at uart PORT]" : "")
        + (kinds.HasFlag(LimitKinds.Text) ? " [with 'TEXT']" : "")
        + (kinds.HasFlag(LimitKinds.Times) ? " [N times]" : "");

    /// <summary>Reads "to module at HOST with 'TEXT' 3 times", where each part may be left out.</summary>
    /// <param name="accepted">The parts that there can be.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    internal static FaultLimits Parse(string text, LimitKinds accepted, string hostWord)
    {
        var limits = None;
        var rest = text.Trim();
        while (rest.Length > 0)
        {
            var (word, behind) = PhraseWords.First(rest);
            var (operand, next) = word == "with" ? ("", "") : PhraseWords.First(behind);
            var before = limits.Kinds;
            switch (word)
            {
                case "to" or "from" when operand == "module":
                    limits = limits with { ToModule = word == "to" };
                    break;
                case "at" when operand == "uart":
                    (var port, next) = PhraseWords.First(next);
                    limits = limits with { Port = PhraseWords.Number(port, 0, 63, "a port") };
                    break;
                case "at" or "of" when operand.Length > 0:
                    limits = limits with { Host = operand };
                    break;
                case "with":
                    (var bytes, next) = PhraseWords.Quoted(behind);
                    limits = limits with { Text = Encoding.UTF8.GetString(bytes) };
                    break;
                case { } count when operand is "time" or "times":
                    limits = limits with { Times = PhraseWords.Number(count, 1, MostTimes, "a number of times") };
                    break;
                default:
                    throw Unexpected(rest, accepted, hostWord);
            }

            if (limits.Kinds == before || (limits.Kinds & ~accepted) != 0) throw Unexpected(rest, accepted, hostWord);
            rest = next;
        }

        return limits;
    }

    /// <summary>With a space before each part; a space within the text is written as \x20.</summary>
    internal string Phrase(string hostWord) =>
        (ToModule is not { } direction ? "" : direction ? " to module" : " from module")
        + (Host is null ? "" : $" {hostWord} {Host}")
        + (Port is null ? "" : string.Create(CultureInfo.InvariantCulture, $" at uart {Port}"))
        + (Text is null ? "" : " with " + Escapes.Quote(Text).Replace(" ", "\\x20", StringComparison.Ordinal))
        + (Times is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" {Times} {(Times == 1 ? "time" : "times")}"));

    private static FormatException Unexpected(string rest, LimitKinds accepted, string hostWord)
    {
        var words = Form(accepted, hostWord).Trim();
        return new FormatException(words.Length == 0
            ? $"nothing is expected here, got: {rest}"
            : $"{words} is expected here, each once at most, got: {rest}");
    }
}
