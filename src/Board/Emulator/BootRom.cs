namespace AirHil.Board.Emulator;

/// <summary>
/// The boot ROM on the one port of download mode: it answers its sync word by the same word (reference bench §5.5), and
/// burns nothing.
/// </summary>
internal sealed class BootRom
{
    private uint _last;

    /// <summary>The word 00 D3 02 2B, by which a tool and the ROM find each other.</summary>
    public static ReadOnlySpan<byte> Sync => [0x00, 0xD3, 0x02, 0x2B];

    /// <summary>Takes one byte from the tool.</summary>
    /// <returns>Whether it completed the sync word, which is to be answered.</returns>
    public bool Take(byte value)
    {
        _last = (_last << 8) | value;
        return _last == 0x00D3022B;
    }
}
