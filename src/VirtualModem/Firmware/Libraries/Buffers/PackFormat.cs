using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Buffers;

/// <summary>
/// A format of <c>pack</c> and zbuff, read code by code (reference §6, §8). It ends at the first NUL, as C sees it;
/// byte orders, blanks and commas are dealt with on the way.
/// </summary>
internal ref struct PackFormat(LuaString format)
{
    private readonly ReadOnlySpan<byte> _text = Meant(format);
    private int _at = 0;

    /// <summary>The code that <see cref="Next"/> came to.</summary>
    public char Code { get; private set; }

    /// <summary>The count behind it, 1 where there is none.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a count was written.</summary>
    public bool HasCount { get; private set; }

    /// <summary>The byte order for this code: that of the last &lt;, &gt; or = before it.</summary>
    public bool BigEndian { get; private set; }

    /// <summary>Goes on to the next code; false at the end.</summary>
    public bool Next()
    {
        while (_at < _text.Length)
        {
            Code = (char)_text[_at++];
            ReadCount();
            if (Code is '<' or '>' or '=')
            {
                if (Count > 0) BigEndian = Code == '>';
            }
            else if (Code is not (' ' or ','))
            {
                return true;
            }
        }

        return false;
    }

    private void ReadCount()
    {
        HasCount = _at < _text.Length && char.IsAsciiDigit((char)_text[_at]);
        var count = HasCount ? 0L : 1;
        for (; _at < _text.Length && char.IsAsciiDigit((char)_text[_at]); _at++)
        {
            count = Math.Min((count * 10) + _text[_at] - '0', int.MaxValue);
        }

        Count = (int)count;
    }

    private static ReadOnlySpan<byte> Meant(LuaString format)
    {
        var end = format.Span.IndexOf((byte)0);
        return end < 0 ? format.Span : format.Span[..end];
    }
}
