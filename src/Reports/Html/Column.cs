using System.Text;

namespace AirHil.Reports.Html;

/// <summary>Bytes that grow: numbers as LEB128, texts with their length before them.</summary>
internal sealed class Column
{
    private byte[] _bytes = new byte[64];

    public int Length { get; private set; }

    public void Byte(byte value)
    {
        Reserve(1);
        _bytes[Length++] = value;
    }

    public void Number(long value) => Unsigned((ulong)value);

    /// <summary>Zigzag: small differences of either sign are short.</summary>
    /// <param name="offset">Added to the result, to keep low values free.</param>
    public void Signed(long value, ulong offset = 0) => Unsigned(((ulong)(value << 1) ^ (ulong)(value >> 63)) + offset);

    public void Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Number(bytes.Length);
        Append(bytes);
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void WriteTo(Stream output) => output.Write(_bytes, 0, Length);

    public void Clear() => Length = 0;

    private void Unsigned(ulong value)
    {
        Reserve(10);
        for (; value >= 0x80; value >>= 7) _bytes[Length++] = (byte)(value | 0x80);
        _bytes[Length++] = (byte)value;
    }

    private void Reserve(int count)
    {
        if (Length + count > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Length + count));
    }
}
