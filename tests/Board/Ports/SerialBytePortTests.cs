using AirHil.Board.Ports;

namespace AirHil.Board.Tests.Ports;

/// <summary>The port of Windows and macOS, as far as a pseudo-terminal of Linux shows it.</summary>
public sealed class SerialBytePortTests : DevicePortConformance
{
    private protected override IBytePort Open(string device, int baud) => SerialBytePort.Open(device, device, baud);
}
