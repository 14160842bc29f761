using System.Buffers.Binary;

namespace AirHil.VirtualModem.Firmware.Libraries.Encodings;

/// <summary>A number of bit64: 8 bytes, the lowest first, and one that is not 0 for a float.</summary>
internal readonly record struct Wide(long Integer, double Float, bool IsFloat)
{
    public const int Bytes = 9;

    /// <summary>The value for a calculation in floats.</summary>
    public double AsFloat => IsFloat ? Float : Integer;

    public static Wide Of(long integer) => new(integer, 0, false);

    public static Wide Of(double number) => new(0, number, true);

    /// <summary>Nine bytes, or the first nine of more.</summary>
    public static Wide Read(ReadOnlySpan<byte> bytes) => bytes[Bytes - 1] != 0
        ? Of(BinaryPrimitives.ReadDoubleLittleEndian(bytes))
        : Of(BinaryPrimitives.ReadInt64LittleEndian(bytes));

    /// <summary>
    /// As the compiler's support code makes an integer of a float: the amount is cut to 64 bits without a sign, and
    /// what is no number is 0.
    /// </summary>
    public static long Truncate(double number) =>
        unchecked(number < 0 ? -(long)Amount(-number) : (long)Amount(number));

    public byte[] ToBytes()
    {
        var bytes = new byte[Bytes];
        if (IsFloat)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, Float);
            bytes[Bytes - 1] = 1;
        }
        else
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, Integer);
        }

        return bytes;
    }

    private static ulong Amount(double number) => double.IsNaN(number) ? 0
        : number >= ulong.MaxValue ? ulong.MaxValue
        : (ulong)number;
}
