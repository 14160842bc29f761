namespace AirHil.Board.Download;

/// <summary>What came back for a sync.</summary>
internal enum DownloadAnswer
{
    /// <summary>Nothing.</summary>
    Silent,

    /// <summary>The echo: the stage is there.</summary>
    Synchronised,

    /// <summary>The board is in download mode, and an agent of an earlier tool is resident.</summary>
    OtherStage,

    /// <summary>Bytes that are no answer.</summary>
    Unknown,
}
