using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>The fifth argument of <c>http.request</c>; what has another type than expected is not looked at.</summary>
internal sealed record HttpOptions
{
    private const int DefaultTimeoutMs = 10 * 60 * 1000;

    /// <summary>From V1114 on, without and with a file.</summary>
    private const uint ShortTimeoutMs = 60 * 1000;

    private const uint DownloadTimeoutMs = 5 * 60 * 1000;
    private const int LeastTimeoutMs = 1000;

    public int Adapter { get; private init; } = AdapterNumber.Cellular;
    public uint TimeoutMs { get; private init; } = DefaultTimeoutMs;
    public string? Destination { get; private init; }
    public bool Fota { get; private init; }
    public bool Ipv6 { get; private init; }
    public bool IsDebug { get; private init; }
    public LuaFunction? Callback { get; private init; }
    public LuaValue UserData { get; private init; }

    public static HttpOptions Read(in LuaCall call)
    {
        var options = ReadTable(call);
        if (!FirmwareChange.ShortTimeout.IsIn(call.Host<FirmwareHost>().Parameters)) return options;
        var isLong = options.Fota || options.Destination is not null;
        var isSaid = OptionTable.At(call, 5)?["timeout"].IsNumber == true && options.TimeoutMs >= LeastTimeoutMs;
        return isSaid ? options : options with { TimeoutMs = isLong ? DownloadTimeoutMs : ShortTimeoutMs };
    }

    private static HttpOptions ReadTable(in LuaCall call)
    {
        if (OptionTable.At(call, 5) is not { } table) return new HttpOptions();
        var fota = table["fota"];
        if (OptionTable.Of(call.State, fota) is { } place) CheckPlace(call, place);
        return new HttpOptions
        {
            Adapter = table["adapter"].IsNumber ? call.IntOf(table["adapter"], -1) : AdapterNumber.Cellular,
            TimeoutMs = table["timeout"].IsNumber
                ? unchecked((uint)call.IntOf(table["timeout"], -1))
                : DefaultTimeoutMs,
            Destination = table["dst"].AsString is { } path ? LuaText.Path(path) : null,
            Fota = fota.IsBoolean ? fota.IsTruthy : fota.AsTable is not null,
            IsDebug = table["debug"].IsBoolean && table["debug"].IsTruthy,
            Ipv6 = table["ipv6"].IsBoolean && table["ipv6"].IsTruthy,
            Callback = table["callback"].AsFunction,
            UserData = table["userdata"],
        };
    }

    /// <summary>Where an update goes; a number that is not whole is an error of the script.</summary>
    private static void CheckPlace(in LuaCall call, OptionTable place)
    {
        foreach (var name in (string[])["address", "length"])
        {
            if (place[name] is { IsNumber: true } value) call.IntOf(value, -1);
        }
    }
}
