using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

/// <summary>
/// The form of compiled functions as bytes: what <c>string.dump</c> writes and <c>load</c> reads back in a plain
/// engine. Header and layout are those of PUC-Rio 5.3 (lundump.h), with the sizes of the number model.
/// </summary>
internal static class BinaryChunk
{
    public const byte FirstByte = 0x1B;
    public const byte LongLength = 0xFF;
    public const byte NilConstant = 0;
    public const byte BooleanConstant = 1;
    public const byte FloatConstant = 3;
    public const byte IntegerConstant = 3 | 16;
    public const byte ShortStringConstant = 4;
    public const byte LongStringConstant = 4 | 16;

    /// <summary>Strings beyond this are marked as long ones (LUAI_MAXSHORTLEN).</summary>
    public const int LongestShortString = 40;

    public const long CheckInteger = 0x5678;
    public const double CheckFloat = 370.5;

    public static ReadOnlySpan<byte> Signature => "\u001bLua"u8;

    /// <summary>Version 5.3, the official format, and the bytes that a text transfer would spoil.</summary>
    public static ReadOnlySpan<byte> Version => [0x53, 0];

    public static ReadOnlySpan<byte> SpoiltByText => [0x19, 0x93, (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The source name of a function that was stripped.</summary>
    public static LuaString NoSource { get; } = LuaString.FromText("=?");

    /// <summary>Bytes of an int, a size, an instruction, a Lua integer and a Lua float.</summary>
    public static byte[] Sizes(NumberModel model)
    {
        var size = (byte)(model.Bits / 8);
        return [4, size, 4, size, size];
    }

    /// <summary>What messages call a chunk.</summary>
    public static string NameOf(LuaString chunkName)
    {
        if (chunkName.Length == 0) return "";
        return chunkName[0] switch
        {
            (byte)'@' or (byte)'=' => chunkName.ToString()[1..],
            FirstByte => "binary string",
            _ => chunkName.ToString(),
        };
    }
}
