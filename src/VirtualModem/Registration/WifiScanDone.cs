using AirHil.Lua.Run;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Registration;

/// <summary>A search for Wi-Fi is over: its line, and the topic WLAN_SCAN_DONE.</summary>
internal sealed class WifiScanDone(FirmwareLog log) : IMailboxMessage
{
    public IEnumerator<NativeStep> Deliver(NativeFrame frame)
    {
        log.Raw("l_wlan_handler 31:wifi scan done");
        if (SystemTopicMessage.Publish(frame.State, "WLAN_SCAN_DONE") is { } publish) yield return publish;
    }

    public override string ToString() => "WLAN_SCAN_DONE";
}
