using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>The kinds of item in a pack format.</summary>
internal enum PackKind
{
    Signed,
    Unsigned,
    Float,

    /// <summary>A string of a fixed size: c.</summary>
    Fixed,

    /// <summary>A string behind its length: s.</summary>
    Counted,

    /// <summary>A string before a zero: z.</summary>
    Terminated,

    /// <summary>One byte: x.</summary>
    Padding,

    /// <summary>Only alignment: X.</summary>
    Alignment,

    /// <summary>A blank or a setting.</summary>
    Nothing,
}

/// <summary>Reads a pack format item by item. It is a string of C: a zero ends it.</summary>
internal sealed class StringPackFormat(LuaState state, LuaString format)
{
    private const int LargestInteger = 16;
    private const int NativeAlignment = 8;
    private const int LargestCount = (int.MaxValue - 9) / 10;

    private readonly int _end = format.Span.IndexOf((byte)0) is >= 0 and var zero ? zero : format.Length;
    private int _at;
    private int _largestAlignment = 1;

    /// <summary>The size of long, size_t and lua_Integer in bytes.</summary>
    public int NativeSize { get; } = state.Numbers.Bits / 8;

    public bool LittleEndian { get; private set; } = true;
    public PackKind Kind { get; private set; }

    /// <summary>Bytes of the item, of its length prefix, or 0.</summary>
    public int Size { get; private set; }

    /// <summary>Bytes to skip for alignment before the item.</summary>
    public int Padding { get; private set; }

    /// <summary>Reads the next item, which will be at <paramref name="offset"/>; false at the end.</summary>
    public bool Next(long offset)
    {
        if (_at >= _end) return false;
        Kind = Option();
        var alignment = Size;
        if (Kind == PackKind.Alignment)
        {
            if (_at >= _end) throw InvalidNext();
            var kind = Option();
            alignment = Size;
            Size = 0;
            if (kind == PackKind.Fixed || alignment == 0) throw InvalidNext();
            Kind = PackKind.Alignment;
        }

        Padding = 0;
        if (alignment <= 1 || Kind is PackKind.Fixed) return true;
        alignment = Math.Min(alignment, _largestAlignment);
        if ((alignment & (alignment - 1)) != 0)
        {
            throw state.ArgumentError(1, "format asks for alignment not power of 2");
        }

        Padding = (alignment - (int)(offset & (alignment - 1))) & (alignment - 1);
        return true;
    }

    private LuaException InvalidNext() => state.ArgumentError(1, "invalid next option for option 'X'");

    private PackKind Option()
    {
        var option = (char)format[_at++];
        Size = 0;
        switch (option)
        {
            case 'b': return Sized(PackKind.Signed, 1);
            case 'B': return Sized(PackKind.Unsigned, 1);
            case 'h': return Sized(PackKind.Signed, 2);
            case 'H': return Sized(PackKind.Unsigned, 2);
            case 'i': return Sized(PackKind.Signed, Limited(4));
            case 'I': return Sized(PackKind.Unsigned, Limited(4));
            case 'l' or 'j': return Sized(PackKind.Signed, NativeSize);
            case 'L' or 'J' or 'T': return Sized(PackKind.Unsigned, NativeSize);
            case 'f': return Sized(PackKind.Float, 4);
            case 'd': return Sized(PackKind.Float, 8);
            case 'n': return Sized(PackKind.Float, NativeSize);
            case 's': return Sized(PackKind.Counted, Limited(NativeSize));
            case 'z': return PackKind.Terminated;
            case 'x': return Sized(PackKind.Padding, 1);
            case 'X': return PackKind.Alignment;
            case 'c':
                var size = Count(-1);
                if (size < 0) throw state.ErrorHere("missing size for format option 'c'");
                return Sized(PackKind.Fixed, size);
            case ' ': break;
            case '<' or '=': LittleEndian = true; break;
            case '>': LittleEndian = false; break;
            case '!': _largestAlignment = Limited(NativeAlignment); break;
            default: throw state.ErrorHere($"invalid format option '{StringFormatter.Shown(option)}'");
        }

        return PackKind.Nothing;
    }

    private PackKind Sized(PackKind kind, int size)
    {
        Size = size;
        return kind;
    }

    private int Count(int otherwise)
    {
        if (_at >= _end || !char.IsAsciiDigit((char)format[_at])) return otherwise;
        var value = 0;
        do
        {
            value = (value * 10) + format[_at++] - '0';
        }
        while (_at < _end && char.IsAsciiDigit((char)format[_at]) && value <= LargestCount);
        return value;
    }

    private int Limited(int otherwise)
    {
        var size = Count(otherwise);
        return size is > 0 and <= LargestInteger
            ? size
            : throw state.ErrorHere($"integral size ({size}) out of limits [1,{LargestInteger}]");
    }
}
