namespace AirHil.Board.Tests.Log;

/// <summary>The way into download mode that the vendor's tool takes (reference bench §2.5, §4.2).</summary>
internal static class DownloadMode
{
    /// <summary>The first half; <see cref="Enter"/> follows 200 ms later.</summary>
    public static ReadOnlySpan<byte> DelayedRestart => "AT+ECRST=delay,799\r\n"u8;

    /// <summary>The second half.</summary>
    public static ReadOnlySpan<byte> Enter => [0x7E, 0x00, 0x02, 0x7E];
}
