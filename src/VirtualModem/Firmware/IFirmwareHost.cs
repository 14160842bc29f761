namespace AirHil.VirtualModem.Firmware;

/// <summary>What the Lua libraries of the firmware find behind <c>LuaState.Host</c> besides the hardware they drive.</summary>
public interface IFirmwareHost
{
    /// <summary>The log with its level and style; everything that is printed goes through it.</summary>
    FirmwareLog Log { get; }
}
