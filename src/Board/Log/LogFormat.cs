using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace AirHil.Board.Log;

/// <summary>
/// Turns a frame's printf format and its binary arguments into text (reference bench §2.2). Integers, characters and
/// pointers take 4 bytes, long long and double 8, a string its length in 4 bytes and its bytes; all begin at multiples
/// of 4 from the format's start. Padding may hold anything, as real frames show.
/// </summary>
internal sealed class LogFormat
{
    private const int WidestField = 1024;
    private const int ShortestGuess = 2;

    private byte[] _text = new byte[512];
    private int _length;

    /// <summary>The text of the frame read last; the caller's to keep.</summary>
    public ReadOnlyMemory<byte> Take() => _text.AsSpan(0, _length).ToArray();

    /// <summary>Formats a frame's payload, which follows its header.</summary>
    /// <param name="payload">Format, NUL, padding, arguments.</param>
    /// <param name="guessed">There is no format with arguments; the text is the longest printable run.</param>
    /// <param name="left">Bytes behind the last argument, padding not counted.</param>
    /// <returns>False where the payload is damaged: an argument is missing or cut, or nothing in it is text.</returns>
    public bool TryRead(ReadOnlySpan<byte> payload, out bool guessed, out int left)
    {
        _length = 0;
        left = 0;
        guessed = false;
        var end = payload.IndexOf((byte)0);
        var format = end < 0 ? payload : payload[..end];
        var at = (end + 4) & ~3;
        if (end <= 0 || !IsText(format) || !HasConversion(format) && payload.Length > at
            && payload[at..].ContainsAnyExcept((byte)0))
        {
            guessed = true;
            return Guess(payload);
        }

        if (!HasConversion(format))
        {
            // A format without arguments is itself the text.
            AppendLiteral(format);
            return true;
        }

        if (!Write(format, payload, ref at)) return false;
        left = Math.Max(0, payload.Length - ((at + 3) & ~3));
        StripTerminator();
        return true;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            if (!IsPrintable(b)) return false;
        }

        return true;
    }

    private static bool IsPrintable(byte b) => b is >= 0x20 and not 0x7F or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static bool HasConversion(ReadOnlySpan<byte> format)
    {
        for (var i = 0; i < format.Length - 1; i++)
        {
            if (format[i] != '%') continue;
            // "50% done" is text, and no firmware asks for a blank before a number.
            if (ConversionSpec.TryParse(format[i..], out var spec) && !spec.Space) return true;
            if (format[i + 1] == '%') i++;
        }

        return false;
    }

    private void AppendLiteral(ReadOnlySpan<byte> format)
    {
        for (var i = 0; i < format.Length; i++)
        {
            Append(format.Slice(i, 1));
            if (format[i] == '%' && i + 1 < format.Length && format[i + 1] == '%') i++;
        }
    }

    private bool Guess(ReadOnlySpan<byte> payload)
    {
        var best = 0..0;
        var longest = 0;
        for (var i = 0; i < payload.Length; i++)
        {
            var start = i;
            while (i < payload.Length && IsPrintable(payload[i])) i++;
            if (i - start > longest) (best, longest) = (start..i, i - start);
        }

        if (longest < ShortestGuess) return false;
        Append(payload[best]);
        return true;
    }

    private bool Write(ReadOnlySpan<byte> format, ReadOnlySpan<byte> payload, ref int at)
    {
        while (!format.IsEmpty)
        {
            var percent = format.IndexOf((byte)'%');
            if (percent < 0 || percent == format.Length - 1)
            {
                Append(format);
                return true;
            }

            Append(format[..percent]);
            format = format[percent..];
            if (format[1] == '%')
            {
                Append("%"u8);
                format = format[2..];
                continue;
            }

            if (!ConversionSpec.TryParse(format, out var spec))
            {
                // An unknown conversion: whether it took an argument cannot be told, so the rest stays as it is.
                Append(format);
                return true;
            }

            if (!Convert(spec, payload, ref at)) return false;
            format = format[spec.Length..];
        }

        return true;
    }

    private bool Convert(ConversionSpec spec, ReadOnlySpan<byte> payload, ref int at)
    {
        if (spec.WidthIsArgument)
        {
            if (!Word(payload, ref at, out var width)) return false;
            spec = spec.WithWidth((int)width);
        }

        // The precision of "%.*s" is the string's own length; of a number it is an argument before it.
        if (spec.PrecisionIsArgument && spec.Kind != 's')
        {
            if (!Word(payload, ref at, out var precision)) return false;
            spec = spec with { Precision = (int)precision < 0 ? -1 : (int)Math.Min(precision, WidestField) };
        }

        if (spec.Kind == 's') return String(spec, payload, ref at);
        if (spec.Kind is 'f' or 'F' or 'e' or 'E' or 'g' or 'G')
        {
            if (!DoubleWord(payload, ref at, out var bits)) return false;
            Field(FloatText(BitConverter.UInt64BitsToDouble(bits), spec), spec, numeric: true);
            return true;
        }

        ulong value;
        if (spec.IsLongLong)
        {
            if (!DoubleWord(payload, ref at, out value)) return false;
        }
        else
        {
            if (!Word(payload, ref at, out var word)) return false;
            value = word;
        }

        if (spec.Kind == 'c')
        {
            Pad(spec.LeftAligned ? 0 : spec.Width - 1);
            Append([(byte)value]);
            Pad(spec.LeftAligned ? spec.Width - 1 : 0);
            return true;
        }

        Field(IntegerText(value, spec), spec, numeric: spec.Precision < 0);
        return true;
    }

    private bool String(ConversionSpec spec, ReadOnlySpan<byte> payload, ref int at)
    {
        if (!Word(payload, ref at, out var length) || length > (uint)(payload.Length - at)) return false;
        var bytes = payload.Slice(at, (int)length);
        at += (int)length;
        if (!spec.PrecisionIsArgument && spec.Precision >= 0 && spec.Precision < bytes.Length)
        {
            bytes = bytes[..spec.Precision];
        }

        Pad(spec.LeftAligned ? 0 : spec.Width - bytes.Length);
        Append(bytes);
        Pad(spec.LeftAligned ? spec.Width - bytes.Length : 0);
        return true;
    }

    private static bool Word(ReadOnlySpan<byte> payload, ref int at, out uint value)
    {
        at = (at + 3) & ~3;
        value = 0;
        if (payload.Length - at < 4) return false;
        value = BinaryPrimitives.ReadUInt32LittleEndian(payload[at..]);
        at += 4;
        return true;
    }

    private static bool DoubleWord(ReadOnlySpan<byte> payload, ref int at, out ulong value)
    {
        at = (at + 3) & ~3;
        value = 0;
        if (payload.Length - at < 8) return false;
        value = BinaryPrimitives.ReadUInt64LittleEndian(payload[at..]);
        at += 8;
        return true;
    }

    private static string IntegerText(ulong value, ConversionSpec spec)
    {
        var digits = spec.Kind switch
        {
            'd' or 'i' => SignedText(spec.IsLongLong ? (long)value : (int)value),
            'x' => value.ToString("x", CultureInfo.InvariantCulture),
            'X' => value.ToString("X", CultureInfo.InvariantCulture),
            // As the firmware's own printf writes a pointer: 8 upper-case digits (inferred for the log).
            'p' => value.ToString("X8", CultureInfo.InvariantCulture),
            'o' => System.Convert.ToString((long)value, 8),
            _ => value.ToString(CultureInfo.InvariantCulture),
        };
        if (spec.Precision > 0)
        {
            var negative = digits.StartsWith('-');
            digits = (negative ? "-" : "") + digits[(negative ? 1 : 0)..].PadLeft(spec.Precision, '0');
        }

        if (spec.Alternate && value != 0 && spec.Kind is 'x' or 'X') digits = $"0{spec.Kind}{digits}";
        return spec.Kind is 'd' or 'i' ? Signed(digits, spec) : digits;
    }

    private static string SignedText(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string FloatText(double value, ConversionSpec spec)
    {
        var precision = spec.Precision < 0 ? 6 : Math.Min(spec.Precision, 60);
        var culture = CultureInfo.InvariantCulture;
        if (!double.IsFinite(value))
        {
            return Signed(double.IsNaN(value) ? "nan" : value < 0 ? "-inf" : "inf", spec);
        }

        var text = spec.Kind switch
        {
            'f' or 'F' => value.ToString("F" + precision, culture),
            'e' => Exponent(value, precision, 'e'),
            'E' => Exponent(value, precision, 'E'),
            _ => value.ToString("G" + Math.Max(precision, 1), culture),
        };
        return Signed(text, spec);
    }

    private static string Exponent(double value, int precision, char letter) =>
        value.ToString($"0.{new string('0', precision)}{letter}+00", CultureInfo.InvariantCulture);

    private static string Signed(string digits, ConversionSpec spec) =>
        digits.StartsWith('-') ? digits : spec.Plus ? "+" + digits : spec.Space ? " " + digits : digits;

    private void Field(string text, ConversionSpec spec, bool numeric)
    {
        var missing = spec.Width - text.Length;
        if (missing > 0 && !spec.LeftAligned && spec.Zeros && numeric)
        {
            var sign = text[0] is '-' or '+' or ' ' ? 1 : 0;
            text = text[..sign] + new string('0', missing) + text[sign..];
            missing = 0;
        }

        Pad(spec.LeftAligned ? 0 : missing);
        Append(Encoding.ASCII.GetBytes(text));
        Pad(spec.LeftAligned ? missing : 0);
    }

    private void Pad(int count)
    {
        for (; count > 0; count--) Append(" "u8);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _text.Length)
        {
            Array.Resize(ref _text, Math.Max(2 * _text.Length, _length + bytes.Length));
        }

        bytes.CopyTo(_text.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>
    /// The firmware's C writer counts the terminating NUL; a Lua line that ends with one has it from its author.
    /// </summary>
    private void StripTerminator()
    {
        var text = _text.AsSpan(0, _length);
        if (text.Length > 0 && text[^1] == 0 && !(text.Length > 7 && text[1..].StartsWith("/user."u8))) _length--;
    }
}
