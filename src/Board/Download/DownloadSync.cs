namespace AirHil.Board.Download;

/// <summary>
/// The four bytes by which a tool and a board in download mode find each other (reference bench §5.5). The board echoes
/// what it was sent, or answers <see cref="Refused"/>.
/// </summary>
internal static class DownloadSync
{
    /// <summary>"Not this stage": an agent is resident already, and answers to LPC.</summary>
    public static ReadOnlySpan<byte> Refused => [0xEE, 0xD3, 0x02, 0x2B];

    /// <summary>What to send.</summary>
    public static ReadOnlySpan<byte> For(DownloadStage stage) => stage switch
    {
        DownloadStage.DownloadBoot => [0x00, 0xD3, 0x02, 0x2B],
        DownloadStage.AgentBoot => [0xAA, 0xD3, 0x02, 0x2B],
        DownloadStage.Lpc => [0xCD, 0xD3, 0x02, 0x2B],
        _ => throw new ArgumentOutOfRangeException(nameof(stage)),
    };

    /// <summary>What an answer says, wherever in the bytes it begins.</summary>
    public static DownloadAnswer Read(ReadOnlySpan<byte> answer, DownloadStage sent) =>
        answer.IndexOf(For(sent)) >= 0 ? DownloadAnswer.Synchronised
        : answer.IndexOf(Refused) >= 0 ? DownloadAnswer.OtherStage
        : answer.IsEmpty ? DownloadAnswer.Silent
        : DownloadAnswer.Unknown;
}
