using System.Globalization;

namespace AirHil.Modem.Units;

/// <summary>Whole numbers as people write them for hardware: decimal, or hexadecimal with 0x in front.</summary>
public static class Numerals
{
    /// <summary>A number from 0 to <paramref name="most"/>.</summary>
    /// <param name="what">What it is, for the message: "an I2C address".</param>
    /// <exception cref="FormatException">The text is no such number.</exception>
    public static int Parse(string text, int most, string what)
    {
        ArgumentNullException.ThrowIfNull(text);
        var isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return int.TryParse(
            isHex ? text.AsSpan(2) : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= most
            ? number
            : throw new FormatException(string.Create(
                CultureInfo.InvariantCulture, $"'{text}' is not {what}: a number from 0 to {most} (0x{most:X})"));
    }

    /// <summary>Bytes as people read them: "1A 2B".</summary>
    public static string Hex(ReadOnlySpan<byte> bytes) => Spaced(Convert.ToHexString(bytes));

    /// <summary>Hexadecimal digits with a space behind each pair.</summary>
    public static string Spaced(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        return string.Join(' ', hex.Chunk(2).Select(pair => new string(pair)));
    }
}
