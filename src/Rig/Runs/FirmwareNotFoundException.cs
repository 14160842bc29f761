namespace AirHil.Rig.Runs;

/// <summary>The script to run is missing, or it is no script. The message names the path and what is missing.</summary>
public sealed class FirmwareNotFoundException(string message) : Exception(message);
