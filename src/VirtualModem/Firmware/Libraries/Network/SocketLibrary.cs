using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>
/// <c>socket</c>: what tells of the link; connections of its own are not modelled yet (reference §4.4).
/// </summary>
internal static class SocketLibrary
{
    private const string NetMask = "255.255.255.0";

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("socket")
        .Add("adapter", Adapter)
        .Add("localIP", LocalIp)
        .Add("sslLog", static (in LuaCall call) => call.Return());

    private static int Adapter(in LuaCall call)
    {
        var up = call.Host<FirmwareHost>().Network.Link.IsUp;
        if (call[1].IsNil) return call.Return(up, up ? IpLink.CellularAdapter : default(LuaValue));
        var adapter = call.Int(1);
        return call.Return(up && adapter == IpLink.CellularAdapter, LuaValue.Integer(adapter));
    }

    private static int LocalIp(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        return call.IntOr(1, IpLink.CellularAdapter) == IpLink.CellularAdapter
            ? call.Return(host.Cellular.Address, NetMask, "0.0.0.0")
            : call.Return();
    }
}
