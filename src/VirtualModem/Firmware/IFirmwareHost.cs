using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// What the Lua libraries of the firmware find behind <c>LuaState.Host</c> besides the hardware they drive.
/// </summary>
internal interface IFirmwareHost
{
    /// <summary>The log with its level and style; everything that is printed goes through it.</summary>
    FirmwareLog Log { get; }

    /// <summary>Where zbuffs take their memory from.</summary>
    SystemHeap SystemHeap { get; }

    /// <summary>The module's UTC clock in seconds since 1970.</summary>
    long UnixSeconds { get; }

    /// <summary>
    /// Random bytes of the hardware generator (<c>crypto.trng</c>), in a virtual run from the run's seed.
    /// </summary>
    void FillRandom(Span<byte> bytes);

    /// <summary>The script called a function that the module has and the model does not have.</summary>
    /// <param name="function">As the script called it: "gpio.setup", "pm.request(pm.LIGHT)".</param>
    /// <param name="place">The nearest line of the script: "main.lua:9".</param>
    /// <param name="isStubbed">It is a stub, which returns what a table says.</param>
    void NotModelled(string function, string place, bool isStubbed = false);

    /// <summary>
    /// Something that a developer should know though no bench shows it, such as a write past a buffer's end.
    /// </summary>
    void Notice(string text);
}
