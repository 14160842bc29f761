namespace AirHil.Board.Modem;

/// <summary>The timers of a <see cref="BoardMachine"/>.</summary>
internal enum BoardTimer
{
    /// <summary>The lines are drained, so that the board can be started.</summary>
    Drained,

    /// <summary>A start or a reset should have shown a boot.</summary>
    Boot,

    /// <summary>A log line that might have gone on is given out.</summary>
    Flush,

    /// <summary>The log is asked for.</summary>
    Ask,

    /// <summary>The open log port should have sent a frame.</summary>
    Silence,

    /// <summary>The log port should be back.</summary>
    Absence,

    /// <summary>The serial lines should be there.</summary>
    Lines,

    /// <summary>An order for the radio is sent, or sent again.</summary>
    Radio,

    /// <summary>Bytes that do not count are reported.</summary>
    Dropped,
}
