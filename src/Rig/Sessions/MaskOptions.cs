using System.Security.Cryptography;

namespace AirHil.Rig.Sessions;

/// <summary>Secrets are to be replaced while recording.</summary>
/// <param name="Key">
/// What the pseudonyms derive from: the same value gets the same pseudonym wherever it stands, and nobody without the
/// key can find the value by trying. It is not written anywhere.
/// </param>
public sealed record MaskOptions(ReadOnlyMemory<byte> Key)
{
    /// <summary>A key that nobody knows, so that pseudonyms of two sessions have nothing in common.</summary>
    public static MaskOptions WithFreshKey() => new(RandomNumberGenerator.GetBytes(32));
}
