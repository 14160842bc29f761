using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Scenarios;

/// <summary>The matchers: what a scenario can wait for. Text comparisons are by code unit, never by culture.</summary>
public static class Match
{
    /// <summary>Control characters that no line of text has.</summary>
    private static readonly SearchValues<byte> NoText = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Append(0x7F).Where(c => c is not ('\r' or '\n' or '\t')).Select(c => (byte)c)]);

    /// <summary>Any record of the log port.</summary>
    public static Matcher AnyLog(string? modem = null) => Log("the log to show anything", _ => true, modem);

    /// <summary>
    /// A record of the log port that contains the text; line breaks within a record count as they are.
    /// </summary>
    public static Matcher LogContains(string text, string? modem = null) =>
        Log($"the log to show '{Shown(text)}'", line => line.Contains(text, StringComparison.Ordinal), modem);

    /// <summary>A record of the log port that is this text and nothing else.</summary>
    public static Matcher LogExactly(string text, string? modem = null) =>
        Log($"the log to show exactly '{Shown(text)}'", line => string.Equals(line, text, StringComparison.Ordinal),
            modem);

    /// <summary>
    /// A record of the log port that the pattern fits; . does not cross line breaks, ^ and $ are the record's ends.
    /// </summary>
    /// <exception cref="FormatException">The pattern is not of the kind of <see cref="Pattern"/>.</exception>
    public static Matcher LogMatches(string pattern, string? modem = null)
    {
        var regex = Pattern(pattern);
        return Log($"the log to show a line that matches /{Shown(pattern)}/", line => regex.IsMatch(line), modem);
    }

    /// <summary>
    /// A regular expression that takes time in proportion to a text's length, so that no limit of the host's time is
    /// needed.
    /// </summary>
    /// <exception cref="FormatException">
    /// It is no regular expression, or it has looks around, back references or large counts: their time has no bound.
    /// </exception>
    public static Regex Pattern(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
        catch (NotSupportedException e)
        {
            throw new FormatException(
                $"'{text}' cannot be used: (?=…), (?!…), (?<=…), (?<!…), (?>…), back references such as \\1 and very " +
                "large counts take a time without bound. Write the pattern without them, or use two steps.", e);
        }
    }

    /// <summary>A named event, read from the log (<see cref="Modem.Observation.Moment"/>).</summary>
    public static Matcher Moment<T>(Func<T, bool>? condition = null, string? description = null, string? modem = null)
        where T : Moment =>
        new EventMatcher(
            description ?? MomentNames.Awaited(typeof(T)),
            s => (s.Start is T start && (condition?.Invoke(start) ?? true))
                || (s.Moment is T moment && (condition?.Invoke(moment) ?? true)))
        { Modem = modem };

    /// <summary>
    /// Bytes that the module sends on a serial line, in one piece or several, other bytes before them allowed.
    /// </summary>
    public static Matcher UartBytes(int port, ReadOnlyMemory<byte> bytes, string? modem = null) =>
        new UartMatcher($"UART {port} to send {Shown(bytes.Span)}", port, bytes)
        {
            Modem = modem,
            Cause = bench => HardwareHints.OfUart(bench, port),
        };

    /// <summary>As <see cref="UartBytes"/>, with text in UTF-8.</summary>
    public static Matcher UartText(int port, string text, string? modem = null) =>
        UartBytes(port, Encoding.UTF8.GetBytes(text), modem);

    /// <summary>The modem reports a start (supply or any reset), with this reason where one is given.</summary>
    public static Matcher Started(string? reason = null, string? modem = null) =>
        new EventMatcher(
            reason is null ? "the module to start" : $"the module to start because of {reason}",
            s => s.Event is ModemStarted start
                && (reason is null || string.Equals(start.Reason.ToString(), reason, StringComparison.Ordinal)))
        { Modem = modem };

    /// <summary>
    /// Any event of one kind (<see cref="EventCatalogue.Words"/>).
    /// </summary>
    /// <param name="kind">The kind, exactly, or up to a final * ("ws.*").</param>
    /// <param name="description">In words that complete "expected …".</param>
    public static Matcher Event(
        string kind, string? description = null, Func<SessionEvent, bool>? condition = null, string? modem = null)
    {
        var prefix = kind.EndsWith('*') ? kind[..^1] : null;
        return new EventMatcher(
            description ?? $"the event {kind}",
            s => (prefix is null
                    ? string.Equals(s.Event.Kind, kind, StringComparison.Ordinal)
                    : s.Event.Kind.StartsWith(prefix, StringComparison.Ordinal))
                && (condition?.Invoke(s.Event) ?? true))
        { Modem = modem };
    }

    /// <summary>The picture of a display changes, and is right then.</summary>
    /// <param name="description">In words that complete "expected …".</param>
    public static Matcher Display(string description, Func<DisplayShown, bool> isRight, string? modem = null) =>
        new EventMatcher(description, s => s.Event is DisplayShown shown && isRight(shown))
        {
            Modem = modem,
            Cause = HardwareHints.OfDisplay,
        };

    /// <summary>Anything else, by a condition over events and moments.</summary>
    public static Matcher Where(string description, Func<Sighting, bool> condition, string? modem = null) =>
        new EventMatcher(description, condition) { Modem = modem };

    /// <summary>Text with its control characters in sight.</summary>
    internal static string Shown(string text) => TextView.Visible(text, 200);

    /// <summary>A text in quotes where the bytes are one, else hexadecimal.</summary>
    private static string Shown(ReadOnlySpan<byte> bytes) =>
        Utf8.IsValid(bytes) && !bytes.ContainsAny(NoText)
            ? $"'{Shown(Encoding.UTF8.GetString(bytes))}'"
            : Convert.ToHexString(bytes);

    private static EventMatcher Log(string description, Func<string, bool> condition, string? modem) =>
        new(description, s => s.Event is LogLine line && condition(line.Line)) { Modem = modem };
}
