namespace AirHil.Board.Download;

/// <summary>Who answers on the port of a board in download mode (reference bench §5.5).</summary>
internal enum DownloadStage
{
    /// <summary>The boot ROM.</summary>
    DownloadBoot,

    /// <summary>The agent that the ROM was given.</summary>
    AgentBoot,

    /// <summary>The agent's flash commands.</summary>
    Lpc,
}
