using System.Globalization;

namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>A cipher of the module by its name in mbedtls (L:components/mbedtls/library/cipher_wrap.c).</summary>
/// <param name="Name">As scripts write it.</param>
/// <param name="Mode">How it joins blocks.</param>
/// <param name="KeyBytes">The only length of a key that it takes.</param>
/// <param name="BlockBytes">8 for DES, 16 for AES.</param>
internal sealed record CipherForm(string Name, CipherMode Mode, int KeyBytes, int BlockBytes)
{
    private static readonly CipherMode[] AesModes =
        [CipherMode.Ecb, CipherMode.Cbc, CipherMode.Ctr, CipherMode.Gcm, CipherMode.Ccm];

    private static readonly (string Name, int Keys)[] DesNames = [("DES", 1), ("DES-EDE", 2), ("DES-EDE3", 3)];

    /// <summary>All of V1112 in the order of crypto.cipher_list().</summary>
    public static IReadOnlyList<CipherForm> All { get; } =
    [
        .. AesModes.SelectMany(static mode => new[] { 16, 24, 32 }.Select(key => new CipherForm(string.Create(
            CultureInfo.InvariantCulture, $"AES-{key * 8}-{Text(mode)}"), mode, key, AesBlocks.BlockBytes))),
        .. new[] { CipherMode.Ecb, CipherMode.Cbc }.SelectMany(static mode => DesNames.Select(des => new CipherForm(
            $"{des.Name}-{Text(mode)}", mode, des.Keys * DesBlocks.KeyBytes, DesBlocks.BlockBytes))),
    ];

    /// <summary>Bytes of the first value that the mode needs; 0: none, or any number.</summary>
    public int InitialBytes => Mode is CipherMode.Cbc or CipherMode.Ctr ? BlockBytes : 0;

    /// <summary>Whether the mode takes a first value of any length.</summary>
    public bool TakesAnyInitial => Mode is CipherMode.Gcm or CipherMode.Ccm;

    /// <summary>The cipher of this name; null: V1112 has none.</summary>
    public static CipherForm? Find(string name) => All.FirstOrDefault(form => form.Name == name);

    public IBlockCipher Open(byte[] key) =>
        BlockBytes == DesBlocks.BlockBytes ? new DesBlocks(key) : new AesBlocks(key);

    private static string Text(CipherMode mode) => mode switch
    {
        CipherMode.Ecb => "ECB",
        CipherMode.Cbc => "CBC",
        CipherMode.Ctr => "CTR",
        CipherMode.Gcm => "GCM",
        _ => "CCM",
    };
}
