using AirHil.Lua.Run;
using AirHil.Modem.Pins;

namespace AirHil.VirtualModem.Firmware.Libraries.Pins;

/// <summary>
/// <c>adc</c> (hardware reference §3; L:luat/modules/luat_lib_adc.c, S:interface/src/luat_adc_ec618.c).
/// </summary>
internal static class AdcLibrary
{
    private const int Failed = 0xFF;

    /// <summary>A conversion that does not end is waited for so long: 1000 times 10 µs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("adc")
        .Add("open", Open)
        .Add("setRange", SetRange)
        .Add("read", static (in LuaCall call) => Convert(call) is { } result
            ? call.Return(result.Code, result.Value)
            : call.Return(Failed))
        .Add("get", static (in LuaCall call) => call.Return(Convert(call)?.Value ?? -1))
        .Add("close", Close);

    private static int Open(in LuaCall call)
    {
        if (InputOf(call.Int(1)) is not { } input) return call.Return(false);
        call.Host<FirmwareHost>().Analog.Open(input);
        return call.Return(true);
    }

    private static int SetRange(in LuaCall call)
    {
        call.Host<FirmwareHost>().Analog.Range = call.Int(1);
        return call.Return();
    }

    private static int Close(in LuaCall call)
    {
        if (InputOf(call.Int(1)) is { } input) call.Host<FirmwareHost>().Analog.Close(input);
        return call.Return();
    }

    private static (int Code, int Value)? Convert(in LuaCall call)
    {
        if (InputOf(call.Int(1)) is not { } input) return null;
        var host = call.Host<FirmwareHost>();
        var result = host.Analog.Read(input);
        var time = result is null ? Patience : host.Parameters.AdcConversionTime;
        call.State.Charge((long)(time.TotalSeconds * host.Parameters.InstructionsPerSecond));
        return result;
    }

    /// <summary>10 and 11 are the numbers of old scripts.</summary>
    private static AnalogInput? InputOf(int id) => id switch
    {
        0 => AnalogInput.Adc0,
        1 => AnalogInput.Adc1,
        -1 or 10 => AnalogInput.Temperature,
        -2 or 11 => AnalogInput.Supply,
        _ => null,
    };
}
