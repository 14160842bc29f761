using AirHil.VirtualModem.Firmware;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries;

/// <summary>A host with nothing behind it: it keeps what the libraries tell it.</summary>
internal sealed class FakeFirmware : IFirmwareHost
{
    private byte _random;

    public FakeFirmware() => Log = new FirmwareLog(record => Records.Add(record.ToArray()));

    public List<byte[]> Records { get; } = [];
    public List<string> NotModelledNames { get; } = [];
    public List<string> Notices { get; } = [];
    public FirmwareLog Log { get; }
    public SystemHeap SystemHeap { get; } = new();
    public long UnixSeconds { get; set; } = 1_111_111_111;

    public void FillRandom(Span<byte> bytes)
    {
        foreach (ref var b in bytes) b = _random++;
    }

    public void NotModelled(string function, string place, bool isStubbed = false) => NotModelledNames.Add(function);
    public void Notice(string text) => Notices.Add(text);
}
