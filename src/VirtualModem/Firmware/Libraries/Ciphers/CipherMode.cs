namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>How a cipher joins blocks.</summary>
internal enum CipherMode
{
    Ecb,
    Cbc,
    Ctr,
    Gcm,
    Ccm,
}
