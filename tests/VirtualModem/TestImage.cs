using System.Text;
using AirHil.VirtualModem.Firmware;

namespace AirHil.VirtualModem.Tests;

/// <summary>Firmware for tests.</summary>
internal static class TestImage
{
    /// <summary>An image with one main.lua.</summary>
    public static FirmwareImage FromMain(string source) => new([new("main.lua", Encoding.UTF8.GetBytes(source))]);
}
