namespace AirHil.Board.Description;

/// <summary>Who drives a wire between the rig and a pin of the module.</summary>
public enum PinDirection
{
    /// <summary>The module; the rig sees it.</summary>
    Module,

    /// <summary>The rig, or nobody.</summary>
    Rig,

    /// <summary>The rig sometimes; else it sees the pin.</summary>
    Both,
}
