using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Buses;

/// <summary>A transfer that ran beside Lua has ended (L:luat/modules/luat_irq.c, luat_irq_topic_cb_handler).</summary>
/// <param name="topic">The script's.</param>
/// <param name="bus">The bus's number.</param>
/// <param name="code">0, or the driver's code, of which 16 bits are kept.</param>
internal sealed class TransferDone(LuaString topic, int bus, int code) : IMailboxMessage
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"transfer of bus {bus} done");

    public IEnumerator<NativeStep> Deliver(NativeFrame frame)
    {
        var publish = frame.State.Globals["sys_pub"];
        if (publish.AsFunction is null) yield break;
        var error = (ushort)code;
        yield return NativeStep.Call(publish, topic, LuaValue.Integer(bus), error == 0, LuaValue.Integer(error));
    }
}
