using System.Text;

namespace AirHil.Cli.Lua;

/// <summary>Takes the longest prefix of a file that can still become a numeral (file:read "n").</summary>
internal ref struct NumeralScan(HostFile file)
{
    /// <summary>Longer numerals are refused (L_MAXLENNUM of liolib.c).</summary>
    private const int LongestNumeral = 200;

    private readonly StringBuilder _text = new();
    private bool _tooLong;

    /// <returns>The text, which may be no numeral; empty where it was too long.</returns>
    public string Take()
    {
        while (file.Peek() is ' ' or (>= '\t' and <= '\r')) file.Read();
        TakeOneOf("+-");
        var digits = 0;
        var isHex = false;
        if (TakeOneOf("0"))
        {
            if (TakeOneOf("xX")) isHex = true;
            else digits = 1;
        }

        digits += TakeDigits(isHex);
        if (TakeOneOf(".")) digits += TakeDigits(isHex);
        if (digits > 0 && TakeOneOf(isHex ? "pP" : "eE"))
        {
            TakeOneOf("+-");
            TakeDigits(false);
        }

        return _tooLong ? "" : _text.ToString();
    }

    private bool TakeOneOf(string characters)
    {
        var next = file.Peek();
        return next >= 0 && characters.Contains((char)next, StringComparison.Ordinal) && TakeNext();
    }

    private int TakeDigits(bool hex)
    {
        var count = 0;
        while (file.Peek() is var next && next >= 0
            && (hex ? char.IsAsciiHexDigit((char)next) : char.IsAsciiDigit((char)next)) && TakeNext()) count++;
        return count;
    }

    private bool TakeNext()
    {
        if (_text.Length >= LongestNumeral)
        {
            _tooLong = true;
            return false;
        }

        _text.Append((char)file.Read());
        return true;
    }
}
