using System.Security.Cryptography;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// A hash that takes its data in parts, by its name in mbedtls (L:components/mbedtls/library/md.c); with a key it is an
/// HMAC.
/// </summary>
internal abstract class Digest : IDisposable
{
    /// <summary>A new one; null: V1112 has no hash of this name. An empty key is none.</summary>
    public static Digest? Create(string name, ReadOnlySpan<byte> key = default) => name switch
    {
        "SHA224" => key.IsEmpty ? new Sha224() : new KeyedSha224(key),
        _ => PlatformName(name) is { } known ? new PlatformDigest(known, key) : null,
    };

    /// <summary>The hash of data in one piece; null: V1112 has no hash of this name.</summary>
    public static byte[]? Of(string name, ReadOnlySpan<byte> data, ReadOnlySpan<byte> key = default)
    {
        using var digest = Create(name, key);
        digest?.Append(data);
        return digest?.Finish();
    }

    public abstract void Append(ReadOnlySpan<byte> data);

    /// <summary>The hash; nothing can be appended any more.</summary>
    public abstract byte[] Finish();

    public abstract void Dispose();

    private static HashAlgorithmName? PlatformName(string name) => name switch
    {
        "MD5" => HashAlgorithmName.MD5,
        "SHA1" or "SHA" => HashAlgorithmName.SHA1,
        "SHA256" => HashAlgorithmName.SHA256,
        "SHA384" => HashAlgorithmName.SHA384,
        "SHA512" => HashAlgorithmName.SHA512,
        _ => null,
    };

    private sealed class PlatformDigest(HashAlgorithmName name, ReadOnlySpan<byte> key) : Digest
    {
        private readonly IncrementalHash _hash =
            key.IsEmpty ? IncrementalHash.CreateHash(name) : IncrementalHash.CreateHMAC(name, key);

        public override void Append(ReadOnlySpan<byte> data) => _hash.AppendData(data);
        public override byte[] Finish() => _hash.GetHashAndReset();
        public override void Dispose() => _hash.Dispose();
    }

    /// <summary>RFC 2104.</summary>
    private sealed class KeyedSha224 : Digest
    {
        private readonly Sha224 _inner = new();
        private readonly byte[] _key = new byte[Sha224.BlockBytes];

        public KeyedSha224(ReadOnlySpan<byte> key)
        {
            if (key.Length > _key.Length) Of("SHA224", key)!.CopyTo(_key, 0);
            else key.CopyTo(_key);
            _inner.Append([.. _key.Select(b => (byte)(b ^ 0x36))]);
        }

        public override void Append(ReadOnlySpan<byte> data) => _inner.Append(data);

        public override void Dispose() => _inner.Dispose();

        public override byte[] Finish() =>
            Of("SHA224", (byte[])[.. _key.Select(b => (byte)(b ^ 0x5C)), .. _inner.Finish()])!;
    }
}
