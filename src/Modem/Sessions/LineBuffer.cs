using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace AirHil.Modem.Sessions;

/// <summary>Bytes of lines to be written, with JSON's ways to write values.</summary>
internal sealed class LineBuffer(int capacity)
{
    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(b => (byte)b), (byte)'"', (byte)'\\', 0x7F]);

    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Number(long value)
    {
        Reserve(20);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(Length), out var written);
        Length += written;
    }

    /// <summary>The shortest digits that come back to the same number.</summary>
    public void Number(double value)
    {
        Reserve(32);
        Utf8Formatter.TryFormat(value, _bytes.AsSpan(Length), out var written);
        Length += written;
    }

    /// <summary>Seconds, exactly, without needless zeros.</summary>
    public void Seconds(TimeSpan time)
    {
        Reserve(32);
        var ticks = time.Ticks;
        if (ticks < 0)
        {
            _bytes[Length++] = (byte)'-';
            ticks = ticks == long.MinValue ? long.MaxValue : -ticks;
        }

        Number(ticks / TimeSpan.TicksPerSecond);
        var rest = (int)(ticks % TimeSpan.TicksPerSecond);
        if (rest == 0) return;
        _bytes[Length++] = (byte)'.';
        for (var unit = 1_000_000; rest > 0; unit /= 10)
        {
            _bytes[Length++] = (byte)('0' + (rest / unit));
            rest %= unit;
        }
    }

    public void Hex(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length * 2);
        Convert.TryToHexStringLower(bytes, _bytes.AsSpan(Length), out var written);
        Length += written;
    }

    /// <summary>
    /// A JSON string with its quotes. A lone surrogate is written as an escape, so that it comes back.
    /// </summary>
    public void Text(ReadOnlySpan<char> text)
    {
        Reserve((text.Length * 3) + 2);
        _bytes[Length++] = (byte)'"';
        var start = Length;
        var status = System.Text.Unicode.Utf8.FromUtf16(
            text, _bytes.AsSpan(Length), out _, out var written, replaceInvalidSequences: false);
        if (status == OperationStatus.Done && !_bytes.AsSpan(start, written).ContainsAny(Escaped))
        {
            Length += written;
            _bytes[Length++] = (byte)'"';
            return;
        }

        Reserve((text.Length * 6) + 2);
        foreach (var rune in Pieces(text)) Character(rune);
        _bytes[Length++] = (byte)'"';
    }

    /// <summary>A JSON string with its quotes from bytes that are valid UTF-8.</summary>
    public void Text(ReadOnlySpan<byte> utf8)
    {
        Reserve((utf8.Length * 6) + 2);
        _bytes[Length++] = (byte)'"';
        while (utf8.Length > 0)
        {
            var plain = utf8.IndexOfAny(Escaped);
            if (plain < 0) plain = utf8.Length;
            utf8[..plain].CopyTo(_bytes.AsSpan(Length));
            Length += plain;
            if (plain == utf8.Length) break;
            Character(utf8[plain]);
            utf8 = utf8[(plain + 1)..];
        }

        _bytes[Length++] = (byte)'"';
    }

    private static IEnumerable<int> Pieces(ReadOnlySpan<char> text)
    {
        var pieces = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                pieces.Add(char.ConvertToUtf32(text[i], text[++i]));
            }
            else
            {
                pieces.Add(text[i]);
            }
        }

        return pieces;
    }

    private void Character(int value)
    {
        switch (value)
        {
            case '"': Two((byte)'"'); break;
            case '\\': Two((byte)'\\'); break;
            case '\n': Two((byte)'n'); break;
            case '\r': Two((byte)'r'); break;
            case '\t': Two((byte)'t'); break;
            case < ' ' or 0x7F or (>= 0xD800 and <= 0xDFFF):
                "\\u"u8.CopyTo(_bytes.AsSpan(Length));
                Length += 2;
                Utf8Formatter.TryFormat(value, _bytes.AsSpan(Length), out var digits, new StandardFormat('x', 4));
                Length += digits;
                break;
            default:
                Length += new Rune(value).EncodeToUtf8(_bytes.AsSpan(Length));
                break;
        }
    }

    private void Two(byte letter)
    {
        _bytes[Length++] = (byte)'\\';
        _bytes[Length++] = letter;
    }

    private void Reserve(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }
    }
}
