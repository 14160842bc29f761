namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>A cipher that turns one block into another with a key that was given to it.</summary>
internal interface IBlockCipher : IDisposable
{
    void Encrypt(ReadOnlySpan<byte> block, Span<byte> result);
    void Decrypt(ReadOnlySpan<byte> block, Span<byte> result);
}
