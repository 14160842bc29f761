using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Audio;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Audio;

/// <summary>An I2S port has received a piece; one without bytes looks like the end of a piece that was sent.</summary>
internal sealed class I2sMessage(I2sReceiver port, int id, bool hasBytes) : IMailboxMessage
{
    /// <summary>The callback gets the address of the buffer, which it can only compare.</summary>
    private const long Address = 0x0C21_0000;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"i2s {id} received");

    public IEnumerator<NativeStep> Deliver(NativeFrame frame)
    {
        frame.Return(0);
        if (port.Callback.Function.IsNil) yield break;
        yield return NativeStep.Call(
            port.Callback.Function, LuaValue.Integer(id),
            hasBytes ? new LightUserdata(Address + id) : LuaValue.Nil);
    }
}
