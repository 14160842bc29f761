namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>A digest that rsa signs: its length, and the bytes in front of it (RFC 8017, 9.2, note 1).</summary>
internal sealed record SignedDigest(int Bytes, byte[] Prefix)
{
    private static readonly Dictionary<int, SignedDigest> ByNumber = new()
    {
        [3] = Of(16, [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x02, 0x05]),
        [4] = Of(20, [0x2B, 0x0E, 0x03, 0x02, 0x1A]),
        [5] = Of(28, [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x04]),
        [6] = Of(32, [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]),
        [7] = Of(48, [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02]),
        [8] = Of(64, [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03]),
    };

    /// <summary>By mbedTLS's number, such as rsa.MD_SHA256; null: the firmware has no such digest.</summary>
    public static SignedDigest? Find(int number) => ByNumber.GetValueOrDefault(number);

    private static SignedDigest Of(int bytes, byte[] identifier)
    {
        byte[] algorithm =
            [0x30, (byte)(identifier.Length + 4), 0x06, (byte)identifier.Length, .. identifier, 0x05, 0x00];
        return new SignedDigest(
            bytes, [0x30, (byte)(algorithm.Length + 2 + bytes), .. algorithm, 0x04, (byte)bytes]);
    }
}
