using AirHil.Modem.Faults;
using AirHil.Modem.Units;

namespace AirHil.Modem.Acts;

/// <summary>An act and its time.</summary>
/// <param name="At">In the run's time; with <paramref name="Behind"/>, from when on that is waited for.</param>
/// <param name="Behind">The event behind which it is done; null: it is done at its time.</param>
public sealed record ScheduledAct(TimeSpan At, Act Act, Anchor? Behind = null)
{
    /// <summary>
    /// Reads "20s drop coverage for 30s", "10.5s uart '"echo"\r\n'" or "20s after ws.text.in 10ms drop connection".
    /// </summary>
    /// <param name="seed">What noise is drawn from.</param>
    /// <exception cref="FormatException">The text is not valid; the message says what was expected.</exception>
    public static ScheduledAct Parse(string text, ulong seed = 0)
    {
        var trimmed = text.Trim();
        var (time, rest) = PhraseWords.First(trimmed);
        if (rest.Length == 0)
        {
            throw new FormatException("write a time and a phrase, such as \"20s drop coverage for 30s\"");
        }

        var at = DurationText.Parse(time);
        var (word, behind) = PhraseWords.First(rest);
        if (word != "after") return new ScheduledAct(at, ActPhrase.Parse(rest, seed));
        var (kind, delayed) = PhraseWords.First(behind);
        var (delay, phrase) = PhraseWords.First(delayed);
        return new ScheduledAct(at, ActPhrase.Parse(phrase, seed), new Anchor(kind, DurationText.Parse(delay)));
    }

    public override string ToString() => Behind is { } anchor
        ? $"{FaultPhrase.Duration(At)} after {anchor.Kind} {FaultPhrase.Duration(anchor.Delay)} {Act}"
        : $"{FaultPhrase.Duration(At)} {Act}";
}
