using System.Text;

namespace AirHil.Lua.Values;

/// <summary>An immutable string of bytes with its Lua hash cached.</summary>
public sealed class LuaString : LuaObject, IEquatable<LuaString>
{
    /// <summary>The module's constant string-hash seed (reference §1.3).</summary>
    public const uint HashSeed = 0xA25E41B5;

    private readonly byte[] _bytes;
    private uint _hash;

    /// <summary>
    /// Takes over the array: the caller must not change it afterwards. The string is not counted by any heap, which
    /// makes it safe to share between engines; strings that a script makes come from <see cref="LuaState.NewString"/>.
    /// </summary>
    public LuaString(byte[] bytes)
    {
        _bytes = bytes;
        Mark = Uncounted;
    }

    public static LuaString Empty { get; } = new([]);

    public override LuaType Type => LuaType.String;
    public int Length => _bytes.Length;
    public ReadOnlySpan<byte> Span => _bytes;
    public ReadOnlyMemory<byte> Memory => _bytes;
    public byte this[int index] => _bytes[index];

    /// <summary>A .NET text as UTF-8 bytes.</summary>
    public static LuaString FromText(string text) => new(Encoding.UTF8.GetBytes(text));

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
