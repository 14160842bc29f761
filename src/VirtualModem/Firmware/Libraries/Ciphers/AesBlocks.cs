using System.Security.Cryptography;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>AES, block by block.</summary>
internal sealed class AesBlocks : IBlockCipher
{
    public const int BlockBytes = 16;

    private readonly Aes _aes = Aes.Create();

    /// <param name="key">16, 24 or 32 bytes.</param>
    public AesBlocks(byte[] key) => _aes.Key = key;

    public void Encrypt(ReadOnlySpan<byte> block, Span<byte> result) =>
        _aes.EncryptEcb(block, result, PaddingMode.None);

    public void Decrypt(ReadOnlySpan<byte> block, Span<byte> result) =>
        _aes.DecryptEcb(block, result, PaddingMode.None);

    public void Dispose() => _aes.Dispose();
}
