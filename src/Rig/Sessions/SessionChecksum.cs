using System.Security.Cryptography;

namespace AirHil.Rig.Sessions;

/// <summary>
/// The chained checksum of a session file: SHA-256 over the checksum before and all bytes since, so that a later one
/// covers all earlier bytes.
/// </summary>
internal sealed class SessionChecksum : IDisposable
{
    private readonly IncrementalHash _sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _digest = new byte[32];

    public void Add(ReadOnlySpan<byte> bytes) => _sha.AppendData(bytes);

    /// <summary>Closes a link of the chain; its first bytes are what the file shows.</summary>
    public ReadOnlySpan<byte> Next()
    {
        _sha.GetHashAndReset(_digest);
        _sha.AppendData(_digest);
        return _digest;
    }

    public void Dispose() => _sha.Dispose();
}
