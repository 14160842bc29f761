namespace AirHil.VirtualModem.Firmware.Libraries.Compression;

/// <summary>The checksum of zlib (RFC 1950).</summary>
internal static class Adler32
{
    private const uint Modulus = 65_521;

    public static uint Of(ReadOnlySpan<byte> data)
    {
        uint a = 1, b = 0;
        foreach (var value in data)
        {
            a = (a + value) % Modulus;
            b = (b + a) % Modulus;
        }

        return (b << 16) | a;
    }
}
