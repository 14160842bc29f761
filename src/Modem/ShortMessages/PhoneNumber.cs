namespace AirHil.Modem.ShortMessages;

/// <summary>Telephone numbers: digits, with "+" before them where they begin with a country.</summary>
public static class PhoneNumber
{
    private const int MostDigits = 20;
    private const string China = "+86";
    private const int ChineseMobile = 11;

    /// <summary>The number as it is.</summary>
    /// <exception cref="FormatException">The text is no number.</exception>
    public static string Checked(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = text.StartsWith('+') ? text[1..] : text;
        return digits.Length is >= 1 and <= MostDigits && digits.All(char.IsAsciiDigit)
            ? text
            : throw new FormatException(
                $"'{text}' is no telephone number; write digits, such as +8613800000000 or 10086");
    }

    /// <summary>Whether both reach the same subscriber: a mobile number of China needs no +86 there.</summary>
    public static bool AreSame(string one, string other) =>
        string.Equals(WithCountry(one), WithCountry(other), StringComparison.Ordinal);

    private static string WithCountry(string number) =>
        number.Length == ChineseMobile && number.StartsWith('1') ? China + number : number;
}
