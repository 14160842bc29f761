using System.Buffers;
using System.Globalization;
using System.Text;

namespace AirHil.Modem.Sessions;

/// <summary>Walks over the members of one JSON object on one line of UTF-8.</summary>
internal ref struct LineCursor
{
    private const int DeepestNesting = 32;
    private readonly ReadOnlySpan<byte> _line;
    private int _at;
    private bool _begun;

    public LineCursor(ReadOnlySpan<byte> line)
    {
        _line = line;
        _at = 0;
        _begun = false;
        Expect((byte)'{', "an object is expected");
    }

    /// <summary>The next member's name as it is written (names of ours hold no escapes); false at the end.</summary>
    public bool TryName(out ReadOnlySpan<byte> name)
    {
        name = default;
        Blank();
        if (Peek() == '}')
        {
            _at++;
            Blank();
            if (_at != _line.Length) throw Wrong("something follows the object");
            return false;
        }

        if (_begun) Expect((byte)',', "a comma is expected");
        _begun = true;
        Blank();
        name = Quoted(out _);
        Blank();
        Expect((byte)':', "a colon is expected");
        Blank();
        return true;
    }

    /// <summary>Whether the value is a string.</summary>
    public readonly bool IsText => Peek() == '"';

    /// <summary>A string as bytes without its quotes, escapes resolved.</summary>
    public byte[] Utf8()
    {
        var raw = Quoted(out var escaped);
        return escaped ? Unescaped(raw) : raw.ToArray();
    }

    public string Text()
    {
        var raw = Quoted(out var escaped);
        return escaped ? Unescape(raw) : Encoding.UTF8.GetString(raw);
    }

    public string Word(WordTable words)
    {
        var raw = Quoted(out var escaped);
        return escaped ? Unescape(raw) : words.Get(raw);
    }

    /// <summary>A string of hexadecimal digits.</summary>
    public byte[] Hex()
    {
        var raw = Quoted(out _);
        var bytes = new byte[raw.Length / 2];
        return raw.Length % 2 == 0
            && Convert.FromHexString(raw, bytes, out _, out var written) == OperationStatus.Done
            && written == bytes.Length
            ? bytes
            : throw Wrong("pairs of hexadecimal digits are expected");
    }

    /// <summary>A time in seconds with seven decimals at most.</summary>
    public TimeSpan Seconds()
    {
        var negative = Peek() == '-';
        if (negative) _at++;
        var whole = Digits(12, out _);
        var ticks = whole * TimeSpan.TicksPerSecond;
        if (Peek() == '.')
        {
            _at++;
            var part = Digits(7, out var count);
            for (; count < 7; count++) part *= 10;
            ticks += part;
        }

        if (Peek() is 'e' or 'E' || char.IsAsciiDigit((char)Peek()))
        {
            throw Wrong("a time in seconds with seven decimals at most is expected");
        }

        return TimeSpan.FromTicks(negative ? -ticks : ticks);
    }

    public long Number()
    {
        var negative = Peek() == '-';
        if (negative) _at++;
        var value = Digits(18, out _);
        return negative ? -value : value;
    }

    /// <summary>Any value, as it is written.</summary>
    public ReadOnlySpan<byte> Skip()
    {
        var start = _at;
        Skip(0);
        return _line[start.._at];
    }

    private void Skip(int depth)
    {
        if (depth > DeepestNesting) throw Wrong("values are nested too deeply");
        switch (Peek())
        {
            case '"':
                Quoted(out _);
                break;
            case '{' or '[':
                var end = Peek() == '{' ? '}' : ']';
                _at++;
                for (Blank(); Peek() != end; Blank())
                {
                    Skip(depth + 1);
                    Blank();
                    if (Peek() is ',' or ':') _at++;
                    else if (Peek() != end) throw Wrong("a comma is expected");
                }

                _at++;
                break;
            default:
                var start = _at;
                while (_at < _line.Length && _line[_at] is not ((byte)',' or (byte)'}' or (byte)']' or (byte)':'))
                {
                    _at++;
                }

                if (start == _at) throw Wrong("a value is expected");
                break;
        }
    }

    private long Digits(int most, out int count)
    {
        var value = 0L;
        for (count = 0; count < most && _at < _line.Length && _line[_at] is >= (byte)'0' and <= (byte)'9'; count++)
        {
            value = (value * 10) + (_line[_at++] - '0');
        }

        return count > 0 ? value : throw Wrong("a number is expected");
    }

    private ReadOnlySpan<byte> Quoted(out bool escaped)
    {
        Expect((byte)'"', "a string is expected");
        escaped = false;
        var start = _at;
        while (true)
        {
            var step = _line[_at..].IndexOfAny((byte)'"', (byte)'\\');
            if (step < 0) throw Wrong("a string does not end");
            _at += step;
            if (_line[_at] == '"') return _line[start.._at++];
            escaped = true;
            _at += 2;
            if (_at > _line.Length) throw Wrong("a string does not end");
        }
    }

    private byte[] Unescaped(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf("\\u"u8) >= 0) return Encoding.UTF8.GetBytes(Unescape(raw));
        var bytes = raw.Length <= 512 ? stackalloc byte[raw.Length] : new byte[raw.Length];
        var length = 0;
        while (raw.Length > 0)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0) plain = raw.Length;
            raw[..plain].CopyTo(bytes[length..]);
            length += plain;
            if (plain == raw.Length) break;
            bytes[length++] = Meant(raw[plain + 1]);
            raw = raw[(plain + 2)..];
        }

        return bytes[..length].ToArray();
    }

    /// <summary>What a letter after a backslash stands for.</summary>
    private readonly byte Meant(byte letter) => letter switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'"' or (byte)'\\' or (byte)'/' => letter,
        _ => throw Wrong("an escape is not JSON's"),
    };

    private string Unescape(ReadOnlySpan<byte> raw)
    {
        var text = new StringBuilder(raw.Length);
        while (raw.Length > 0)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0) plain = raw.Length;
            text.Append(Encoding.UTF8.GetString(raw[..plain]));
            if (plain == raw.Length) break;
            var letter = raw[plain + 1];
            raw = raw[(plain + 2)..];
            if (letter == 'u')
            {
                if (raw.Length < 4
                    || !ushort.TryParse(raw[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                        out var unit))
                {
                    throw Wrong("four hexadecimal digits are expected after \\u");
                }

                text.Append((char)unit);
                raw = raw[4..];
                continue;
            }

            text.Append((char)Meant(letter));
        }

        return text.ToString();
    }

    private readonly int Peek() => _at < _line.Length ? _line[_at] : -1;

    private void Blank()
    {
        while (_at < _line.Length && _line[_at] is (byte)' ' or (byte)'\t' or (byte)'\r') _at++;
    }

    private void Expect(byte wanted, string otherwise)
    {
        if (Peek() != wanted) throw Wrong(otherwise);
        _at++;
    }

    private readonly FormatException Wrong(string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"not a line of a session: {what} at column {_at + 1}"));
}
