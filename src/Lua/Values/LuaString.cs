using System.Text;

using AirHil.Lua.Memory;

namespace AirHil.Lua.Values;

/// <summary>An immutable string of bytes with its Lua hash cached.</summary>
public sealed class LuaString : LuaObject, IEquatable<LuaString>
{
    /// <summary>The module's constant string-hash seed (reference §1.3).</summary>
    public const uint HashSeed = 0xA25E41B5;

    /// <summary>Stand for the bytes 0x80 to 0xFF that are not UTF-8 in an error message.</summary>
    private const char FirstEscape = '\uDC80';

    private const char LastEscape = '\uDCFF';

    private readonly byte[] _bytes;
    private uint _hash;

    /// <summary>
    /// Takes over the array: the caller must not change it afterwards. The string is not counted by any heap, which
    /// makes it safe to share between engines; strings that a script makes come from <c>LuaState.NewString</c>.
    /// </summary>
    public LuaString(byte[] bytes)
    {
        _bytes = bytes;
        Mark = Uncounted;
    }

    public static LuaString Empty { get; } = new([]);

    public override LuaType Type => LuaType.String;
    internal override long SizeIn(HeapSizes sizes) => sizes.Text(Length);
    public int Length => _bytes.Length;
    public ReadOnlySpan<byte> Span => _bytes;
    public ReadOnlyMemory<byte> Memory => _bytes;
    public byte this[int index] => _bytes[index];

    /// <summary>A .NET text as UTF-8; what <see cref="ToMessage"/> escaped becomes the byte that it was.</summary>
    public static LuaString FromText(string text) => new(
        text.AsSpan().ContainsAnyInRange(FirstEscape, LastEscape) ? BytesOf(text) : Encoding.UTF8.GetBytes(text));

    private static byte[] BytesOf(string text)
    {
        var bytes = new List<byte>(text.Length);
        Span<byte> units = stackalloc byte[4];
        for (var i = 0; i < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                bytes.AddRange(units[..rune.EncodeToUtf8(units)]);
                i += rune.Utf16SequenceLength;
                continue;
            }

            var unit = text[i++];
            if (unit is >= FirstEscape and <= LastEscape) bytes.Add((byte)unit);
            else bytes.AddRange(units[..Rune.ReplacementChar.EncodeToUtf8(units)]);
        }

        return [.. bytes];
    }

    /// <summary>
    /// The text for an error message, which C takes up to the first zero: as <see cref="ToString"/>, but bytes that are
    /// not UTF-8 become lone surrogates, which <see cref="FromText"/> turns back.
    /// </summary>
    public string ToMessage() => MessageOf(Span);

    /// <summary>As <see cref="ToMessage"/>, of bytes.</summary>
    internal static string MessageOf(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)0);
        if (end >= 0) rest = rest[..end];
        if (Ascii.IsValid(rest)) return Encoding.ASCII.GetString(rest);
        var text = new StringBuilder(rest.Length);
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done)
            {
                text.Append(rune.ToString());
                rest = rest[length..];
                continue;
            }

            text.Append((char)(FirstEscape - 0x80 + rest[0]));
            rest = rest[1..];
        }

        return text.ToString();
    }

    public static LuaString FromBytes(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? Empty : new(bytes.ToArray());

    /// <summary>
    /// PUC-Rio 5.3's string hash over every (length / 32 + 1)-th byte, with <see cref="HashSeed"/>; the 32-bit module
    /// and our 64-bit mode share it, so <c>pairs</c> has one order.
    /// </summary>
    public uint Hash => _hash != 0 ? _hash : _hash = ComputeHash(_bytes);

    private static uint ComputeHash(byte[] bytes)
    {
        var h = HashSeed ^ (uint)bytes.Length;
        var step = (bytes.Length >> 5) + 1;
        for (var l = bytes.Length; l >= step; l -= step) h ^= (h << 5) + (h >> 2) + bytes[l - 1];
        return h;
    }

    public bool ContentEquals(LuaString other) =>
        ReferenceEquals(this, other) ||
        (_bytes.Length == other._bytes.Length && Hash == other.Hash && _bytes.AsSpan().SequenceEqual(other._bytes));

    public bool Equals(LuaString? other) => other is not null && ContentEquals(other);
    public override bool Equals(object? obj) => obj is LuaString other && ContentEquals(other);
    public override int GetHashCode() => (int)Hash;

    /// <summary>Byte-wise order, as strcoll in the C locale.</summary>
    public int CompareTo(LuaString other) => Span.SequenceCompareTo(other.Span);

    /// <summary>
    /// The bytes read as UTF-8; bytes that are not UTF-8 become U+FFFD. For messages, never for equality.
    /// </summary>
    public override string ToString() => Encoding.UTF8.GetString(_bytes);
}
