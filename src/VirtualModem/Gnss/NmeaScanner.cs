using System.Globalization;

namespace AirHil.VirtualModem.Gnss;

/// <summary>
/// Reads the fields of a sentence one after the other, as minmea does (L:components/minmea/minmea.c): the first field
/// that is missing or wrong ends it, and all further ones have no value.
/// </summary>
internal ref struct NmeaScanner(string sentence)
{
    private readonly string _sentence = sentence;
    private int _at;
    private bool _hasField = true;
    private bool _isOptional;
    private bool _hasFailed;

    /// <summary>No field was missing or wrong so far.</summary>
    public readonly bool IsWhole => !_hasFailed;

    /// <summary>All further fields may be missing.</summary>
    public void MakeRestOptional() => _isOptional = true;

    /// <summary>Whether the sentence begins with "$", and its checksum is right where it has one.</summary>
    public static bool IsRight(string sentence)
    {
        if (At(sentence, 0) != '$') return false;
        var at = 1;
        var sum = 0;
        for (; At(sentence, at) is not ('\0' or '*') && IsPrintable(sentence[at]); at++) sum ^= sentence[at];
        if (At(sentence, at) == '*')
        {
            var (high, low) = (At(sentence, at + 1), At(sentence, at + 2));
            if (!char.IsAsciiHexDigit(high) || !char.IsAsciiHexDigit(low)) return false;
            if (int.Parse(sentence.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) != sum)
            {
                return false;
            }

            at += 3;
        }

        while (At(sentence, at) is '\r' or '\n') at++;
        return at >= sentence.Length;
    }

    /// <summary>Talker and type: five characters behind "$".</summary>
    public string Type()
    {
        if (!Begin()) return "";
        for (var i = 1; i <= 5; i++)
        {
            if (!IsField(Here(i))) _hasFailed = true;
        }

        if (Here(0) != '$') _hasFailed = true;
        if (_hasFailed) return "";
        var type = _sentence.Substring(_at + 1, 5);
        Next();
        return type;
    }

    public char Character()
    {
        if (!Begin()) return '\0';
        var value = _hasField && IsField(Here(0)) ? Here(0) : '\0';
        Next();
        return value;
    }

    /// <summary>1 for N and E, -1 for S and W, 0 for an empty field.</summary>
    public int Direction()
    {
        if (!Begin()) return 0;
        var value = 0;
        if (_hasField && IsField(Here(0)))
        {
            value = Here(0) switch { 'N' or 'E' => 1, 'S' or 'W' => -1, _ => 0 };
            _hasFailed = value == 0;
        }

        Next();
        return value;
    }

    public NmeaNumber Number()
    {
        if (!Begin()) return default;
        var (sign, value, scale) = (0, -1, 0);
        for (var i = 0; _hasField && IsField(Here(i)); i++)
        {
            var c = Here(i);
            if (c is '+' or '-' && sign == 0 && value == -1)
            {
                sign = c == '+' ? 1 : -1;
            }
            else if (char.IsAsciiDigit(c))
            {
                if (value == -1) value = 0;
                if (value > (int.MaxValue - (c - '0')) / 10)
                {
                    // More precision than 32 bits hold is cut; a larger number is an error.
                    if (scale != 0) break;
                    return Fail<NmeaNumber>();
                }

                value = (10 * value) + (c - '0');
                scale *= 10;
            }
            else if (c == '.' && scale == 0)
            {
                scale = 1;
            }
            else if (c != ' ' || sign != 0 || value != -1 || scale != 0)
            {
                return Fail<NmeaNumber>();
            }
        }

        if ((sign != 0 || scale != 0) && value == -1) return Fail<NmeaNumber>();
        Next();
        if (value == -1) return default;
        return new NmeaNumber(sign == 0 ? value : value * sign, scale == 0 ? 1 : scale);
    }

    public int Integer()
    {
        if (!Begin()) return 0;
        if (!_hasField)
        {
            Next();
            return 0;
        }

        var i = 0;
        while (char.IsWhiteSpace(Here(i))) i++;
        var start = i;
        if (Here(i) is '+' or '-') i++;
        var digits = i;
        while (char.IsAsciiDigit(Here(i))) i++;
        var end = i == digits ? 0 : i;
        if (IsField(Here(end))) return Fail<int>();
        var value = end == 0 ? 0 : long.Parse(
            _sentence.AsSpan(_at + start, Math.Min(end - start, 18)), NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture);
        Next();
        return (int)Math.Clamp(value, int.MinValue, int.MaxValue);
    }

    public string Text()
    {
        if (!Begin()) return "";
        var i = 0;
        while (_hasField && IsField(Here(i))) i++;
        var text = _hasField ? _sentence.Substring(_at, i) : "";
        Next();
        return text;
    }

    /// <summary>Day, month and year of two digits; null: the field is empty.</summary>
    public (int Day, int Month, int Year)? Date()
    {
        if (!Begin()) return null;
        var six = Six();
        Next();
        return six;
    }

    /// <summary>
    /// Hour, minute and second with microseconds; null: the field is empty. One that is wrong, or behind a wrong field,
    /// is not written: the frame has zeros there.
    /// </summary>
    public NmeaTime? Time()
    {
        if (!Begin()) return default(NmeaTime);
        if (Six() is not var (hour, minute, second))
        {
            Next();
            return _hasFailed ? default(NmeaTime) : null;
        }

        var (fraction, scale) = (0, 1_000_000);
        for (var i = 7; Here(6) == '.' && char.IsAsciiDigit(Here(i)) && scale > 1; i++)
        {
            fraction = (fraction * 10) + (Here(i) - '0');
            scale /= 10;
        }

        Next();
        return new NmeaTime(hour, minute, second, fraction * scale);
    }

    /// <summary>Passes a field.</summary>
    public void Skip()
    {
        if (Begin()) Next();
    }

    private (int, int, int)? Six()
    {
        if (!_hasField || !IsField(Here(0))) return null;
        for (var i = 0; i < 6; i++)
        {
            if (!char.IsAsciiDigit(Here(i))) return Fail<(int, int, int)?>();
        }

        return (Two(0), Two(2), Two(4));
    }

    private readonly int Two(int place) => (10 * (Here(place) - '0')) + Here(place + 1) - '0';

    private bool Begin()
    {
        if (!_hasField && !_isOptional) _hasFailed = true;
        return !_hasFailed;
    }

    private T? Fail<T>()
    {
        _hasFailed = true;
        return default;
    }

    private void Next()
    {
        while (IsField(Here(0))) _at++;
        _hasField = Here(0) == ',';
        if (_hasField) _at++;
    }

    private readonly char Here(int ahead) => At(_sentence, _at + ahead);

    private static char At(string sentence, int place) => place < sentence.Length ? sentence[place] : '\0';

    private static bool IsPrintable(char c) => c is >= ' ' and <= '~';

    private static bool IsField(char c) => IsPrintable(c) && c is not (',' or '*');
}
