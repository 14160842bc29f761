using System.Buffers.Binary;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// DES, and the triple DES of two or three keys (FIPS 46-3). The classes of .NET refuse weak keys, which the module
/// takes.
/// </summary>
internal sealed class DesBlocks : IBlockCipher
{
    public const int BlockBytes = 8;
    public const int KeyBytes = 8;

    private const int Rounds = 16;

    private readonly ulong[][] _keys;

    /// <param name="key">8, 16 or 24 bytes; parity bits count for nothing.</param>
    public DesBlocks(byte[] key)
    {
        var count = key.Length / KeyBytes;
        _keys = new ulong[count][];
        for (var i = 0; i < count; i++)
        {
            _keys[i] = Schedule(BinaryPrimitives.ReadUInt64BigEndian(key.AsSpan(i * KeyBytes)));
        }
    }

    public void Encrypt(ReadOnlySpan<byte> block, Span<byte> result) => Run(block, result, decrypts: false);

    public void Decrypt(ReadOnlySpan<byte> block, Span<byte> result) => Run(block, result, decrypts: true);

    public void Dispose()
    {
    }

    /// <summary>Encrypt, decrypt, encrypt; two keys serve as first, second, first.</summary>
    private void Run(ReadOnlySpan<byte> block, Span<byte> result, bool decrypts)
    {
        var value = BinaryPrimitives.ReadUInt64BigEndian(block);
        if (_keys.Length == 1)
        {
            value = Once(value, _keys[0], decrypts);
        }
        else
        {
            var last = _keys[_keys.Length == 2 ? 0 : 2];
            value = Once(value, decrypts ? last : _keys[0], decrypts);
            value = Once(value, _keys[1], !decrypts);
            value = Once(value, decrypts ? _keys[0] : last, decrypts);
        }

        BinaryPrimitives.WriteUInt64BigEndian(result, value);
    }

    private static ulong Once(ulong block, ulong[] keys, bool decrypts)
    {
        var mixed = Permute(block, 64, DesTables.Initial);
        var (left, right) = ((uint)(mixed >> 32), (uint)mixed);
        for (var i = 0; i < Rounds; i++)
        {
            var next = left ^ Mix(right, keys[decrypts ? Rounds - 1 - i : i]);
            left = right;
            right = next;
        }

        return Permute(((ulong)right << 32) | left, 64, DesTables.Final);
    }

    private static uint Mix(uint half, ulong key)
    {
        var spread = Permute(half, 32, DesTables.Expansion) ^ key;
        uint value = 0;
        for (var i = 0; i < 8; i++)
        {
            var six = (int)(spread >> (42 - (6 * i))) & 63;
            var row = ((six >> 4) & 2) | (six & 1);
            value = (value << 4) | DesTables.Boxes[(i * 64) + (row * 16) + ((six >> 1) & 15)];
        }

        return (uint)Permute(value, 32, DesTables.Round);
    }

    private static ulong[] Schedule(ulong key)
    {
        const uint Half = (1 << 28) - 1;
        var chosen = Permute(key, 64, DesTables.KeyChoice);
        var (left, right) = ((uint)(chosen >> 28), (uint)chosen & Half);
        var keys = new ulong[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var shift = i is 0 or 1 or 8 or 15 ? 1 : 2;
            left = ((left << shift) | (left >> (28 - shift))) & Half;
            right = ((right << shift) | (right >> (28 - shift))) & Half;
            keys[i] = Permute(((ulong)left << 28) | right, 56, DesTables.RoundKey);
        }

        return keys;
    }

    /// <summary>The bits of a value in the order of a table, which counts them from 1 at the highest.</summary>
    private static ulong Permute(ulong value, int bits, ReadOnlySpan<byte> order)
    {
        ulong result = 0;
        foreach (var place in order) result = (result << 1) | ((value >> (bits - place)) & 1);
        return result;
    }
}
