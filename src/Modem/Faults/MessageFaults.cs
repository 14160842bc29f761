using System.Globalization;
using System.Text;
using AirHil.Modem.Units;

namespace AirHil.Modem.Faults;

/// <summary>
/// A fault of messages between the module and its services: text and binary messages of WebSocket, and PUBLISH of
/// MQTT. It is as if a proxy or a queue between them did it: the connection goes on.
/// </summary>
/// <param name="Percent">How many of them suffer it, 1 to 100; which ones follows from the run's seed.</param>
/// <param name="Scope">Which can suffer it.</param>
public abstract record MessageFault(int Percent, MessageScope Scope) : ServiceFault
{
    private protected string Phrased(string verb, string operand = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{verb} messages {Percent}{operand}{Scope}");
}

/// <summary>Some messages vanish.</summary>
public sealed record DropMessages(int Percent, MessageScope Scope) : MessageFault(Percent, Scope)
{
    public override string Phrase => Phrased("drop");
}

/// <summary>Some messages come twice.</summary>
public sealed record DoubleMessages(int Percent, MessageScope Scope) : MessageFault(Percent, Scope)
{
    public override string Phrase => Phrased("double");
}

/// <summary>Some messages come later; those behind them do not wait.</summary>
/// <param name="By">1 ms or more.</param>
public sealed record DelayMessages(int Percent, TimeSpan By, MessageScope Scope) : MessageFault(Percent, Scope)
{
    public override TimeSpan Extent => By;

    public override Fault WithExtent(TimeSpan extent) => this with { By = extent };

    public override string Phrase => Phrased("delay", " " + FaultPhrase.Duration(By));
}

/// <summary>Which messages a fault is for.</summary>
/// <param name="ToModule">Those to the module, or those from it; null: both.</param>
/// <param name="Host">Those of this host; null: of all.</param>
/// <param name="Text">Those in which this text is; null: all.</param>
public sealed record MessageScope(bool? ToModule = null, string? Host = null, string? Text = null)
{
    public static MessageScope All { get; } = new();

    /// <summary>Whether a message is meant.</summary>
    public bool Holds(bool toModule, string host, ReadOnlySpan<byte> message) =>
        (ToModule is not { } direction || direction == toModule)
        && (Host is null || string.Equals(Host, host, StringComparison.OrdinalIgnoreCase))
        && (Text is null || message.IndexOf(Encoding.UTF8.GetBytes(Text)) >= 0);

    /// <summary>Reads "to module at HOST with 'TEXT'", where each part may be left out.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static MessageScope Parse(string text)
    {
        var scope = All;
        var rest = text.Trim();
        while (rest.Length > 0)
        {
            var (word, behind) = PhraseWords.First(rest);
            var (operand, next) = word == "with" ? ("", "") : PhraseWords.First(behind);
            switch (word)
            {
                case "to" or "from" when operand == "module":
                    scope = scope with { ToModule = word == "to" };
                    break;
                case "at" when operand.Length > 0:
                    scope = scope with { Host = operand };
                    break;
                case "with":
                    (var bytes, next) = PhraseWords.Quoted(behind);
                    scope = scope with { Text = Encoding.UTF8.GetString(bytes) };
                    break;
                default:
                    throw new FormatException(
                        $"'to module', 'from module', 'at HOST' or \"with 'TEXT'\" is expected here, got: {rest}");
            }

            rest = next;
        }

        return scope;
    }

    /// <summary>With a space before each part; a space within the text is written as \x20.</summary>
    public override string ToString() =>
        (ToModule is not { } direction ? "" : direction ? " to module" : " from module")
        + (Host is null ? "" : " at " + Host)
        + (Text is null ? "" : " with " + Escapes.Quote(Text).Replace(" ", "\\x20", StringComparison.Ordinal));
}
