namespace AirHil.Modem.Units;

/// <summary>The check digit of ISO/IEC 7812 (Luhn), with which IMEIs and ICCIDs end.</summary>
public static class CheckDigit
{
    /// <summary>The digit that belongs behind these.</summary>
    public static char For(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[digits.Length - 1 - i] - '0';
            if (i % 2 == 0) digit *= 2;
            sum += digit > 9 ? digit - 9 : digit;
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary>The digits with theirs behind them.</summary>
    public static string AppendTo(string digits) => digits + For(digits);
}
