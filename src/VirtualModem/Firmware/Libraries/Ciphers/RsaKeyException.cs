namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>A key cannot be used.</summary>
/// <param name="error">mbedTLS's number without its sign; 0: a module could use the key.</param>
/// <param name="kind">What of the key is not modelled; null: it is an error of mbedTLS.</param>
internal sealed class RsaKeyException(int error, string? kind) : Exception
{
    public int Error => error;

    public string? Kind => kind;

    public static RsaKeyException Of(int error) => new(error, null);

    public static RsaKeyException NotModelled(string kind) => new(0, kind);
}
