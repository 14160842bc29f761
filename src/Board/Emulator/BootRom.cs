using System.Buffers.Binary;
using AirHil.Board.Download;

namespace AirHil.Board.Emulator;

/// <summary>
/// The boot ROM on the one port of download mode: it echoes its sync word (reference bench §5.5), and burns nothing.
/// </summary>
internal sealed class BootRom
{
    private static readonly uint Word = BinaryPrimitives.ReadUInt32BigEndian(Sync);

    private uint _last;

    /// <summary>What it answers its sync word with.</summary>
    public static ReadOnlySpan<byte> Sync => DownloadSync.For(DownloadStage.DownloadBoot);

    /// <summary>Takes one byte from the tool.</summary>
    /// <returns>Whether it completed the sync word, which is to be answered.</returns>
    public bool Take(byte value)
    {
        _last = (_last << 8) | value;
        return _last == Word;
    }
}
