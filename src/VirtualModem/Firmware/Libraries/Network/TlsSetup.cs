using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>What a client's TLS context costs where it is made.</summary>
internal static class TlsSetup
{
    /// <summary>Charges the processor time of the context with its seeded generator.</summary>
    public static void Charge(in LuaCall call)
    {
        var parameters = call.Host<FirmwareHost>().Parameters;
        call.State.Charge((long)(parameters.TlsClientSetupTime.TotalSeconds * parameters.InstructionsPerSecond));
    }
}
