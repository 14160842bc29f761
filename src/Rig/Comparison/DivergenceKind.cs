namespace AirHil.Rig.Comparison;

/// <summary>How one event differs.</summary>
public enum DivergenceKind
{
    /// <summary>It says something else: text, bytes or tick.</summary>
    Changed,

    /// <summary>Only the first session has it.</summary>
    Missing,

    /// <summary>Only the second session has it.</summary>
    Added,

    /// <summary>It comes at another time after the event before.</summary>
    Moved,
}
