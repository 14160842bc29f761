using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Firmware.Libraries.Pins;

/// <summary>
/// <c>pwm</c> (hardware reference §4; L:luat/modules/luat_lib_pwm.c, S:interface/src/luat_pwm_ec618.c).
/// </summary>
internal static class PwmLibrary
{
    public static LibraryDefinition Definition { get; } = new LibraryDefinition("pwm")
        .Add("open", Open)
        .Add("close", Close)
        .Add("capture", Capture);

    private static int Open(in LuaCall call)
    {
        var channel = call.Int(1);
        var hertz = call.UInt(2);
        var share = SoftFloat.ToUnsigned(call.NumberOr(3, 0));
        var pulses = IsNumber(call, 4) ? call.UInt(4) : 0;
        var duty = (IsNumber(call, 5) ? call.Int(5) : 100) switch
        {
            100 => (uint?)unchecked(share * 10),
            256 => unchecked(share * 1000) >> 8,
            1000 => share,
            _ => null,
        };
        if (duty is not { } thousandths) return call.Return(false);
        if (hertz == 0) throw call.Error("pwm.open: no line has 0 Hz (the module divides by zero)");
        return call.Return(call.Host<FirmwareHost>().Pwm.Setup(channel, hertz, thousandths, pulses));
    }

    private static int Close(in LuaCall call)
    {
        call.Host<FirmwareHost>().Pwm.Close(call.Int(1));
        return call.Return();
    }

    /// <summary>EC618 has no capture.</summary>
    private static int Capture(in LuaCall call)
    {
        _ = call.Int(1);
        _ = call.Int(2);
        return call.Return(false);
    }

    /// <summary>lua_isnumber: a number, or a string that reads as one.</summary>
    private static bool IsNumber(in LuaCall call, int index) => call.State.TryToNumber(call[index], out _);
}
