using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Displays;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Displays;

/// <summary>The picture that <c>lcd</c> keeps in memory, and the pointer that scripts get of a display.</summary>
internal static class LcdBuffer
{
    private const string Tag = "lcd";

    /// <summary>Where the one display lies in memory is not known; no other pointer is this one.</summary>
    public static LightUserdata Pointer { get; } = new(0x0C10_0000);

    /// <summary>The display that the first argument points to; null where it is no pointer.</summary>
    public static LcdPanel? Given(in LuaCall call) => call[1].AsLightUserdata switch
    {
        { } pointer when pointer.Target == Pointer.Target => call.Host<FirmwareHost>().Lcd.First,
        { Target: not 0 } => throw NullPointer.Error(call, "lcd with another pointer"),
        _ when call[1].AsUserdata is not null => throw NullPointer.Error(call, "lcd with another pointer"),
        _ => null,
    };

    public static int NotThere(in LuaCall call)
    {
        call.Host<FirmwareHost>().Log.Write(LogLevel.Warn, Tag, "lcd not init");
        return call.Return();
    }

    /// <summary>With one argument that is no pointer there is no display, so lcd.setupBuff(nil) does nothing.</summary>
    public static int Setup(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        if ((call.Count == 1 ? Given(call) : host.Lcd.Panel) is not { } panel) return NotThere(call);
        if (panel.Buffer is not null)
        {
            host.Log.Write(LogLevel.Warn, Tag, "lcd buff is ok");
            return call.Return();
        }

        var bytes = panel.Width * panel.Height * 2;
        if (call[2].IsBoolean && call.Truthy(2))
        {
            if (!host.SystemHeap.TryAllocate(bytes))
            {
                host.Log.Write(LogLevel.Error, Tag, "lcd buff malloc fail, out of memory?");
                return call.Return();
            }
        }
        else
        {
            _ = call.State.Reference(call.State.NewUserdata(panel, null, bytes));
        }

        panel.Buffer = new byte[bytes];
        (panel.FirstLine, panel.LastLine) = (panel.Height, 0);
        foreach (var _ in new LcdDrawing(panel).Clear(host.Lcd.Background)) // It fills the buffer; nothing goes out.
        {
        }

        return call.Return(true);
    }
}
