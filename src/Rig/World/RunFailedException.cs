namespace AirHil.Rig.World;

/// <summary>A model or the rig itself broke; no statement about the script can be made.</summary>
public sealed class RunFailedException(Exception cause)
    : Exception($"internal error in the run: {cause.GetType().Name}: {cause.Message}", cause);
