namespace AirHil.Rig.Scenarios;

/// <summary>One direction of a serial line on which packets may be late.</summary>
internal sealed class LateLine
{
    /// <summary>How many pieces are late. What is sent before they have come waits for them.</summary>
    public int Count { get; set; }

    /// <summary>When they come.</summary>
    public TimeSpan Last { get; set; }
}
