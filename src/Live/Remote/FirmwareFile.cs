using AirHil.Modem.Units;

namespace AirHil.Live.Remote;

/// <summary>A file of a script that is announced.</summary>
internal sealed record FirmwareFile(
    string Name, [property: Within(0, RemoteProtocol.MaxFirmwareBytes)] int Bytes);
