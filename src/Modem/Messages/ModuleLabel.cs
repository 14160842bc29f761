using AirHil.Modem.Units;

namespace AirHil.Modem.Messages;

/// <summary>One of the numbers that are a module's own, as on its label.</summary>
/// <param name="Number">Which one.</param>
/// <param name="Value">The digits of an IMEI, an identifier, or the unique id as hexadecimal digits.</param>
public sealed record ModuleLabel(ModuleNumber Number, string Value)
{
    private const int ImeiDigits = 15;
    private const int MostLetters = 32;
    private const int UniqueIdBytes = 10;

    /// <summary>A number that a module can have.</summary>
    /// <exception cref="FormatException">It cannot; the message says why.</exception>
    public static ModuleLabel Checked(ModuleNumber number, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new ModuleLabel(number, number switch
        {
            ModuleNumber.Imei => Imei(value),
            ModuleNumber.UniqueId => UniqueId(value),
            _ => Identifier(value),
        });
    }

    private static string Imei(string text)
    {
        if (text.Length != ImeiDigits || !text.All(char.IsAsciiDigit))
        {
            throw new FormatException($"'{text}' is no IMEI; write {ImeiDigits} digits");
        }

        var last = CheckDigit.For(text.AsSpan(0, ImeiDigits - 1));
        return text[^1] == last ? text : throw new FormatException(
            $"'{text}' is no IMEI: its last digit is a check digit, and must be {last} behind {text[..^1]}");
    }

    private static string UniqueId(string text) =>
        text.Length == 2 * UniqueIdBytes && text.All(char.IsAsciiHexDigit)
            ? text.ToUpperInvariant()
            : throw new FormatException($"'{text}' is no unique id; write {2 * UniqueIdBytes} hexadecimal digits");

    private static string Identifier(string text) =>
        text.Length is >= 1 and <= MostLetters && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? text
            : throw new FormatException($"'{text}': 1 to {MostLetters} letters, digits, '-', '_' or '.' are expected");
}
