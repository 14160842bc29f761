using System.Buffers.Binary;

using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Buffers;

/// <summary>
/// The number codes that <c>pack</c> and zbuff share: n d f for floats, c b h H i I l L for integers. <c>l</c> and
/// <c>L</c> are the C long of the module, four bytes, whatever the Lua integer is (reference §6, §8).
/// </summary>
internal static class PackCodes
{
    /// <summary>Bytes of a number under a code; 0 where the code is no number's.</summary>
    public static int SizeOf(char code, NumberModel model) => code switch
    {
        'c' or 'b' => 1,
        'h' or 'H' => 2,
        'i' or 'I' or 'l' or 'L' or 'f' => 4,
        'd' => 8,
        'n' => model.Bits / 8,
        _ => 0,
    };

    /// <summary>Argument <paramref name="index"/> as the bytes of a number code.</summary>
    public static byte[] Encode(char code, in LuaCall call, int index, bool bigEndian)
    {
        var bytes = new byte[SizeOf(code, call.State.Numbers)];
        if (code is 'n' or 'd' or 'f')
        {
            var number = call.Number(index);
            if (bytes.Length == 4) BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)number);
            else BinaryPrimitives.WriteDoubleLittleEndian(bytes, number);
        }
        else
        {
            var integer = call.Integer(index);
            for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(integer >> (8 * i));
        }

        if (bigEndian) Array.Reverse(bytes);
        return bytes;
    }

    /// <summary>The number whose bytes these are; as many as <see cref="SizeOf"/> says.</summary>
    public static LuaValue Decode(char code, ReadOnlySpan<byte> bytes, bool bigEndian, NumberModel model)
    {
        Span<byte> native = stackalloc byte[bytes.Length];
        bytes.CopyTo(native);
        if (bigEndian) native.Reverse();
        return code switch
        {
            'n' or 'd' or 'f' when native.Length == 4 => model.Float(BinaryPrimitives.ReadSingleLittleEndian(native)),
            'n' or 'd' or 'f' => model.Float(BinaryPrimitives.ReadDoubleLittleEndian(native)),
            'c' => model.Integer((sbyte)native[0]),
            'b' => model.Integer(native[0]),
            'h' => model.Integer(BinaryPrimitives.ReadInt16LittleEndian(native)),
            'H' => model.Integer(BinaryPrimitives.ReadUInt16LittleEndian(native)),
            'i' or 'l' => model.Integer(BinaryPrimitives.ReadInt32LittleEndian(native)),
            _ => model.Integer(BinaryPrimitives.ReadUInt32LittleEndian(native)),
        };
    }

    /// <summary>The error for a character that is no code.</summary>
    public static LuaException BadCode(in LuaCall call, char code) =>
        call.ArgumentError(1, $"bad code `{LuaString.FromBytes([(byte)code]).ToMessage()}'");
}
