using System.Buffers.Binary;
using System.Numerics;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>SHA-224 (FIPS 180-4), which .NET has not.</summary>
internal sealed class Sha224 : Digest
{
    public const int BlockBytes = 64;

    private const int ResultWords = 7;

    private static readonly uint[] Constants = Fractions();

    private readonly uint[] _state =
    [
        0xC1059ED8, 0x367CD507, 0x3070DD17, 0xF70E5939, 0xFFC00B31, 0x68581511, 0x64F98FA7, 0xBEFA4FA4,
    ];

    private readonly byte[] _block = new byte[BlockBytes];
    private ulong _length;

    public override void Append(ReadOnlySpan<byte> data)
    {
        foreach (var b in data)
        {
            _block[(int)(_length++ % BlockBytes)] = b;
            if (_length % BlockBytes == 0) Compress();
        }
    }

    public override byte[] Finish()
    {
        var bits = _length * 8;
        Append([0x80]);
        while (_length % BlockBytes != BlockBytes - 8) Append([0]);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(length, bits);
        Append(length);
        var result = new byte[ResultWords * 4];
        for (var i = 0; i < ResultWords; i++) BinaryPrimitives.WriteUInt32BigEndian(result.AsSpan(i * 4), _state[i]);
        return result;
    }

    public override void Dispose()
    {
    }

    private void Compress()
    {
        Span<uint> w = stackalloc uint[BlockBytes];
        for (var i = 0; i < 16; i++) w[i] = BinaryPrimitives.ReadUInt32BigEndian(_block.AsSpan(i * 4));
        for (var i = 16; i < w.Length; i++)
        {
            var (early, late) = (w[i - 15], w[i - 2]);
            w[i] = w[i - 16] + (Rotations(early, 7, 18) ^ (early >> 3)) + w[i - 7] +
                (Rotations(late, 17, 19) ^ (late >> 10));
        }

        Span<uint> v = stackalloc uint[8];
        _state.CopyTo(v);
        for (var i = 0; i < w.Length; i++)
        {
            var (a, e) = (v[0], v[4]);
            var choice = (e & v[5]) ^ (~e & v[6]);
            var majority = (a & v[1]) ^ (a & v[2]) ^ (v[1] & v[2]);
            var first = v[7] + (Rotations(e, 6, 11) ^ BitOperations.RotateRight(e, 25)) + choice + Constants[i] + w[i];
            var second = (Rotations(a, 2, 13) ^ BitOperations.RotateRight(a, 22)) + majority;
            for (var k = 7; k > 0; k--) v[k] = v[k - 1];
            v[4] += first;
            v[0] = first + second;
        }

        for (var i = 0; i < v.Length; i++) _state[i] += v[i];
    }

    private static uint Rotations(uint word, int first, int second) =>
        BitOperations.RotateRight(word, first) ^ BitOperations.RotateRight(word, second);

    /// <summary>The first 32 bits behind the point of the cube roots of the first 64 primes.</summary>
    private static uint[] Fractions()
    {
        var values = new List<uint>();
        for (var n = 2; values.Count < BlockBytes; n++)
        {
            if (Enumerable.Range(2, n - 2).Any(divisor => n % divisor == 0)) continue;
            values.Add((uint)CubeRoot((BigInteger)n << 96));
        }

        return [.. values];
    }

    private static ulong CubeRoot(BigInteger value)
    {
        ulong root = 0;
        for (var bit = 1UL << 36; bit > 0; bit >>= 1)
        {
            if (BigInteger.Pow(root | bit, 3) <= value) root |= bit;
        }

        return root;
    }
}
