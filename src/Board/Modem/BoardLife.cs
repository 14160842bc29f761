namespace AirHil.Board.Modem;

/// <summary>What the rig knows of the board's life.</summary>
internal enum BoardLife
{
    /// <summary>Off as far as the rig goes: what the board says does not count.</summary>
    Muted,

    /// <summary>The rig wants it started, and no start has been seen.</summary>
    Starting,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>Its log port went and did not come back.</summary>
    Lost,
}
