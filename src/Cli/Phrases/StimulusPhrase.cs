using System.Globalization;
using AirHil.Cli.Usage;
using AirHil.Modem;
using AirHil.Modem.Faults;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Support;

namespace AirHil.Cli.Phrases;

/// <summary>One "--at": a time and a phrase, the features' words in short.</summary>
internal static class StimulusPhrase
{
    private const int DefaultPort = 1;

    /// <summary>The phrases beside those of <see cref="FaultPhrase.Catalogue"/>.</summary>
    public static IReadOnlyList<(string Form, string Meaning)> Catalogue { get; } =
    [
        ("uart 'TEXT'", "bytes to UART 1, back to back; escapes \\r \\n \\t \\0 \\\\ \\xHH"),
        ("uart PORT 'TEXT'", "the same to another port; 32 is the USB virtual UART"),
        ("noise BYTES", "random bytes with frame and parity errors to UART 1"),
        ("push 'TEXT'", "the service sends a text to every open connection"),
        ("reset", "the reset line"),
        ("power off", "the supply goes"),
        ("power on", "the supply comes"),
    ];

    /// <summary>
    /// Reads "10.5s uart '"echo"\r\n'" or "20s drop coverage for 30s": when, what, and the capability that a target
    /// must have for it (null: every target can take it).
    /// </summary>
    /// <exception cref="UsageException">The text is none; the message says what was expected.</exception>
    public static (TimeSpan At, Func<Bench, ValueTask> Act, string? Needs) Parse(string text, ulong seed)
    {
        var space = text.Trim().IndexOf(' ', StringComparison.Ordinal);
        if (space < 0) throw Wrong(text, "write a time and a phrase, such as \"20s drop coverage for 30s\"");
        try
        {
            var at = DurationText.Parse(text.Trim()[..space]);
            var (act, needs) = Act(text.Trim()[(space + 1)..].Trim(), seed);
            return (at, act, needs);
        }
        catch (FormatException e)
        {
            throw Wrong(text, e.Message);
        }
    }

    private static (Func<Bench, ValueTask> Act, string? Needs) Act(string phrase, ulong seed)
    {
        var (verb, rest) = Split(phrase);
        switch (verb)
        {
            case "uart":
                var port = DefaultPort;
                if (rest.Length > 0 && char.IsAsciiDigit(rest[0]))
                {
                    (var number, rest) = Split(rest);
                    port = Number(number, 0, 63, "a port");
                }

                var stimulus = UartStimulus.Of(Escapes.ToBytes(Quoted(rest)));
                return (bench => bench.WriteUart(port, stimulus), null);
            case "noise":
                var noise = UartStimulus.Noise(Number(rest, 1, 100_000, "a number of bytes"),
                    SplitMix64.For(seed, phrase));
                return (bench => bench.WriteUart(DefaultPort, noise), Capability.LineErrors);
            case "push":
                var text = Escapes.ToText(Quoted(rest));
                return (bench => bench.ServicePush(null, text), Capability.Service);
            case "reset" when rest.Length == 0:
                return (bench => bench.PullReset(), null);
            case "power" when rest == "off":
                return (bench => bench.CutPower(), Capability.Power);
            case "power" when rest == "on":
                return (bench => bench.ApplyPower(), null);
            default:
                var (fault, duration) = FaultPhrase.Parse(phrase);
                return (bench => bench.Begin(fault, duration), fault.Needs);
        }
    }

    private static string Quoted(string text) =>
        text.Length >= 2 && text[0] == text[^1] && text[0] is '\'' or '"'
            ? text[1..^1]
            : throw new FormatException($"a text in quotes is expected here, got: {text}");

    private static int Number(string text, int least, int most, string what) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            && number <= most
            ? number
            : throw new FormatException($"'{text}' is not {what} from {least} to {most}");

    private static (string Word, string Remainder) Split(string text)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (text, "") : (text[..space], text[(space + 1)..].TrimStart());
    }

    private static UsageException Wrong(string text, string why) =>
        new($"--at \"{text}\": {why}. `airhil run --help` lists the phrases.");
}
