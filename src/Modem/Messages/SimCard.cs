namespace AirHil.Modem.Messages;

/// <summary>A SIM card, as far as it is not any card: null stands for what the seed gives.</summary>
/// <param name="Imsi">15 digits.</param>
/// <param name="Pin">4 to 8 digits that the card asks for; null: it asks for none.</param>
/// <param name="Iccid">19 or 20 digits; null: another card for each IMSI.</param>
/// <param name="Number">The telephone number that is written on it; null: none, as on most cards.</param>
public sealed record SimCard(string? Imsi = null, string? Pin = null, string? Iccid = null, string? Number = null)
{
    private const int ImsiDigits = 15;

    /// <summary>The card's own number.</summary>
    /// <exception cref="FormatException">The text is no ICCID.</exception>
    public static string CheckedIccid(string text) => text is { Length: 19 or 20 } && text.All(char.IsAsciiDigit)
        ? text
        : throw new FormatException($"'{text}' is no ICCID; write 19 or 20 digits");

    /// <summary>The subscriber's number.</summary>
    /// <exception cref="FormatException">The text is no IMSI.</exception>
    public static string CheckedImsi(string text) => text is { Length: ImsiDigits } && text.All(char.IsAsciiDigit)
        ? text
        : throw new FormatException($"'{text}' is no IMSI; write {ImsiDigits} digits");

    /// <exception cref="FormatException">The text is no PIN.</exception>
    public static string CheckedPin(string text) => text is { Length: >= 4 and <= 8 } && text.All(char.IsAsciiDigit)
        ? text
        : throw new FormatException($"'{text}' is no PIN; write 4 to 8 digits");
}
