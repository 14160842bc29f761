namespace AirHil.Lua.Syntax;

/// <summary>The bytes of the token being read, as the reference's lexer keeps them: messages quote them.</summary>
internal sealed class ByteBuffer
{
    private byte[] _bytes = new byte[64];

    public int Length { get; private set; }
    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Add(int value)
    {
        if (Length == _bytes.Length) Array.Resize(ref _bytes, Length * 2);
        _bytes[Length++] = (byte)value;
    }

    public void Remove(int count) => Length -= count;
    public void Clear() => Length = 0;
}
