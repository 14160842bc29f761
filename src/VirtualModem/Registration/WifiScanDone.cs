using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Registration;

/// <summary>A search for Wi-Fi is over: its line, and the topic WLAN_SCAN_DONE.</summary>
internal sealed class WifiScanDone(FirmwareLog log) : IMailboxMessage
{
    public IEnumerator<NativeStep> Deliver(NativeFrame frame)
    {
        log.Raw("l_wlan_handler 31:wifi scan done");
        yield return SystemTopicMessage.Publish(frame.State, "WLAN_SCAN_DONE")
            ?? throw new LuaException("attempt to call a nil value"); // Unlike others it does not look for sys.
    }

    public override string ToString() => "WLAN_SCAN_DONE";
}
