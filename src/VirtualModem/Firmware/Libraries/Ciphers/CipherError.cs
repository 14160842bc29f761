namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// What mbedtls answers when it refuses, as the firmware's log shows it: without the sign
/// (L:components/mbedtls/include/mbedtls/cipher.h).
/// </summary>
internal enum CipherError
{
    None = 0,
    FeatureUnavailable = 0x6080,
    BadInput = 0x6100,
    InvalidPadding = 0x6200,
    FullBlockExpected = 0x6280,
}
