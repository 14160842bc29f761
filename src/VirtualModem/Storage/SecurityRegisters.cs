namespace AirHil.VirtualModem.Storage;

/// <summary>
/// The three areas of the flash chip that can be locked for ever (S:interface/src/luat_otp_ec618.c). As in all NOR
/// flash an erased bit is 1, and writing only clears bits.
/// </summary>
internal sealed class SecurityRegisters
{
    /// <summary>Bytes of each area.</summary>
    public const int ZoneBytes = 256;

    private const int Zones = 3;
    private const byte Erased = 0xFF;

    private readonly byte[] _bytes = new byte[Zones * ZoneBytes];
    private readonly bool[] _isLocked = new bool[Zones];

    public SecurityRegisters() => _bytes.AsSpan().Fill(Erased);

    /// <summary>Whether there is an area of that number; the first is 1.</summary>
    public static bool Exists(int zone) => zone is >= 1 and <= Zones;

    public ReadOnlySpan<byte> Read(int zone) => _bytes.AsSpan((zone - 1) * ZoneBytes, ZoneBytes);

    /// <summary>The chip ignores it where the area is locked, and nobody asks.</summary>
    public void Write(int zone, int offset, ReadOnlySpan<byte> data)
    {
        if (_isLocked[zone - 1]) return;
        for (var i = 0; i < data.Length; i++) _bytes[((zone - 1) * ZoneBytes) + offset + i] &= data[i];
    }

    /// <summary>As for writing.</summary>
    public void Erase(int zone)
    {
        if (!_isLocked[zone - 1]) _bytes.AsSpan((zone - 1) * ZoneBytes, ZoneBytes).Fill(Erased);
    }

    public void Lock(int zone) => _isLocked[zone - 1] = true;
}
