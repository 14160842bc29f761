using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace AirHil.Modem.Sessions;

/// <summary>Bytes of lines to be written, with JSON's ways to write values.</summary>
internal sealed class LineBuffer(int capacity)
{
    private const int Near = 32;

    private static readonly SearchValues<byte> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(b => (byte)b), (byte)'"', (byte)'\\', 0x7F]);

    /// <summary>For each byte the letter behind the backslash; 0: it stands as it is.</summary>
    private static readonly byte[] Letters = [.. Enumerable.Range(0, 256).Select(LetterOf)];

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

    /// <summary>A further member's name, with its comma and its colon.</summary>
    /// <param name="name">ASCII without characters to escape.</param>
    public void Name(ReadOnlySpan<byte> name)
    {
        Reserve(name.Length + 4);
        var to = _bytes.AsSpan(Length, name.Length + 4);
        ",\""u8.CopyTo(to);
        name.CopyTo(to[2..]);
        "\":"u8.CopyTo(to[(name.Length + 2)..]);
        Length += to.Length;
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
        var rest = (uint)(ticks % TimeSpan.TicksPerSecond);
        if (rest == 0) return;
        var to = _bytes.AsSpan(Length, 8);
        var (first, others) = (rest / 1000, rest % 1000);
        to[0] = (byte)'.';
        to[1] = (byte)('0' + (first / 1000));
        to[2] = (byte)('0' + (first / 100 % 10));
        to[3] = (byte)('0' + (first / 10 % 10));
        to[4] = (byte)('0' + (first % 10));
        var count = 5;
        if (others > 0)
        {
            to[5] = (byte)('0' + (others / 100));
            to[6] = (byte)('0' + (others / 10 % 10));
            to[7] = (byte)('0' + (others % 10));
            count = 8;
        }

        while (to[count - 1] == '0') count--;
        Length += count;
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
            // Where there is one, more are near: the quotes of JSON within JSON.
            var near = utf8[plain..Math.Min(plain + Near, utf8.Length)];
            Escape(near);
            utf8 = utf8[(plain + near.Length)..];
        }

        _bytes[Length++] = (byte)'"';
    }

    /// <summary>Byte by byte; there is room for all of them.</summary>
    private void Escape(ReadOnlySpan<byte> utf8)
    {
        var to = _bytes.AsSpan(Length);
        var at = 0;
        foreach (var b in utf8)
        {
            var letter = Letters[b];
            if (letter == 0)
            {
                to[at++] = b;
                continue;
            }

            to[at++] = (byte)'\\';
            to[at++] = letter;
            if (letter != 'u') continue;
            Utf8Formatter.TryFormat(b, to[at..], out var digits, new StandardFormat('x', 4));
            at += digits;
        }

        Length += at;
    }

    private static byte LetterOf(int b) => b switch
    {
        '"' or '\\' => (byte)b,
        '\n' => (byte)'n',
        '\r' => (byte)'r',
        '\t' => (byte)'t',
        < ' ' or 0x7F => (byte)'u',
        _ => 0,
    };

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
            case < 0x80: Escape([(byte)value]); break;
            case >= 0xD800 and <= 0xDFFF:
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

    private void Reserve(int count)
    {
        if (Length + count > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
        }
    }
}
