namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// Reads DER as mbedTLS 2.28.2 does, with its numbers of errors (L:components/mbedtls/library/asn1parse.c): a number
/// for what is wrong is added to the caller's kind of error.
/// </summary>
internal ref struct DerCursor(ReadOnlySpan<byte> bytes)
{
    public const int OutOfData = 0x60;
    public const int UnexpectedTag = 0x62;
    public const int InvalidLength = 0x64;
    public const int LengthMismatch = 0x66;
    private const int InvalidData = 0x68;

    public const byte Sequence = 0x30;
    public const byte ObjectId = 6;
    public const byte OctetString = 4;
    public const byte Integer = 2;
    private const byte Boolean = 1;
    private const byte BitString = 3;
    private const int LongForm = 0x80;

    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>What is left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>The next tag; 0 at the end.</summary>
    public readonly byte Next => _rest.IsEmpty ? (byte)0 : _rest[0];

    /// <summary>The content of an element with this tag, which is stepped over.</summary>
    /// <exception cref="RsaKeyException">It is not there.</exception>
    public ReadOnlySpan<byte> Take(byte tag, int kind)
    {
        if (_rest.IsEmpty) throw RsaKeyException.Of(kind + OutOfData);
        return _rest[0] == tag ? Take(kind) : throw RsaKeyException.Of(kind + UnexpectedTag);
    }

    /// <summary>The content of whatever comes next; there is a tag.</summary>
    public ReadOnlySpan<byte> Take(int kind)
    {
        var at = 1;
        if (_rest.Length < 2) throw RsaKeyException.Of(kind + OutOfData);
        long length = _rest[at++];
        if (length >= LongForm)
        {
            var count = (int)length - LongForm;
            if (count is < 1 or > 4) throw RsaKeyException.Of(kind + InvalidLength);
            if (_rest.Length < at + count) throw RsaKeyException.Of(kind + OutOfData);
            length = 0;
            for (; count > 0; count--) length = (length << 8) | _rest[at++];
        }

        if (length > _rest.Length - at) throw RsaKeyException.Of(kind + OutOfData);
        var content = _rest.Slice(at, (int)length);
        _rest = _rest[(at + (int)length)..];
        return content;
    }

    /// <summary>A boolean, if one comes next.</summary>
    public bool? TakeBoolean(int kind)
    {
        if (_rest.IsEmpty) throw RsaKeyException.Of(kind + OutOfData);
        if (_rest[0] != Boolean) return null;
        var content = Take(kind);
        return content.Length == 1 ? content[0] != 0 : throw RsaKeyException.Of(kind + InvalidLength);
    }

    /// <summary>A number that is not below 0 and fits an int.</summary>
    public int TakeInteger(int kind)
    {
        var content = Take(Integer, kind);
        if (content.IsEmpty || content[0] >= LongForm) throw RsaKeyException.Of(kind + InvalidLength);
        content = content.TrimStart((byte)0);
        if (content.Length > sizeof(int) || (content.Length == sizeof(int) && content[0] >= LongForm))
        {
            throw RsaKeyException.Of(kind + InvalidLength);
        }

        var number = 0;
        foreach (var part in content) number = (number << 8) | part;
        return number;
    }

    /// <summary>A string of whole bytes.</summary>
    public ReadOnlySpan<byte> TakeBytes(int kind)
    {
        var content = Take(BitString, kind);
        return content.Length > 0 && content[0] == 0 ? content[1..] : throw RsaKeyException.Of(kind + InvalidData);
    }

    /// <summary>A string of bits, with which the data ends.</summary>
    public ReadOnlySpan<byte> TakeBits(int kind)
    {
        const int bitsOfByte = 8;
        var content = Take(BitString, kind);
        if (content.IsEmpty) throw RsaKeyException.Of(kind + OutOfData);
        if (content[0] >= bitsOfByte) throw RsaKeyException.Of(kind + InvalidLength);
        End(kind);
        return content[1..];
    }

    /// <summary>An AlgorithmIdentifier: its number, and its parameters with their tag.</summary>
    public ReadOnlySpan<byte> TakeAlgorithm(int kind, out ReadOnlySpan<byte> parameters)
    {
        var parts = new DerCursor(Take(Sequence, kind));
        var id = parts.Take(ObjectId, kind);
        parameters = parts._rest;
        if (parts.IsAtEnd) return id;
        parts.Take(kind);
        parts.End(kind);
        return id;
    }

    /// <summary>Nothing more may come.</summary>
    public readonly void End(int kind)
    {
        if (!_rest.IsEmpty) throw RsaKeyException.Of(kind + LengthMismatch);
    }
}
