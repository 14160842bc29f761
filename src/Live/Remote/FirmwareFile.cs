namespace AirHil.Live.Remote;

/// <summary>A file of a script that is announced.</summary>
internal sealed record FirmwareFile(string Name, int Bytes);
