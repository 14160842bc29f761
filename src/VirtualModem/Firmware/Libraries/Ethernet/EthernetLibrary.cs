using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Ethernet;
using AirHil.VirtualModem.Firmware.Libraries.Buses;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Firmware.Libraries.Ethernet;

/// <summary>
/// <c>w5500</c>: a second network adapter on SPI (L:components/ethernet/w5500/luat_lib_w5500.c). No chip is there, and
/// one that answers is not modelled.
/// </summary>
internal static class EthernetLibrary
{
    private const string Tag = "w5500";
    private const string NoAddress = "0.0.0.0";

    public static LibraryDefinition Definition { get; } = new LibraryDefinition(Tag)
        .Add("init", Init)
        .Add("config", Configure)
        .Add("bind", static (in LuaCall call) =>
        {
            var index = call.Int(1);
            var host = call.Host<FirmwareHost>();
            if (!host.Ethernet.IsStarted) return call.Return();
            if (index != AdapterNumber.Wired)
            {
                throw NotModelled.Error(call, $"w5500.bind of another adapter than socket.ETH0");
            }

            host.Ethernet.IsBound = true;
            host.Network.AddWired();
            return call.Return();
        })
        .Add("getMac", static (in LuaCall call) =>
            call.Return(call.State.NewString(call.Host<FirmwareHost>().Ethernet.HardwareAddress)));

    private static int Init(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var (bus, hertz, select) = (call.Int(1), call.UInt(2), call.Int(3));
        var (interrupt, reset) = (call.UInt(4), call.UInt(5));
        var link = call.UIntOr(6, EthernetChip.NoPin);
        host.Log.Write(LogLevel.Debug, Tag, string.Create(CultureInfo.InvariantCulture,
            $"cs {select} irq {(int)interrupt} reset {(int)reset} link {(int)link}"));
        if (host.Ethernet.IsStarted) return call.Return();
        var controller = SpiLibrary.Controller(host, bus);
        if (controller is { IsQuiet: false }) throw NotModelled.Error(call, "w5500.init of a chip that answers");
        host.Ethernet.Start(new EthernetWiring(
            controller, hertz, unchecked((byte)select), unchecked((byte)interrupt), unchecked((byte)reset),
            unchecked((byte)link)));
        return call.Return();
    }

    private static int Configure(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var chip = host.Ethernet;
        if (!chip.IsOn)
        {
            host.Log.Write(LogLevel.Debug, Tag, "device no ready");
            return call.Return(false);
        }

        chip.Static = call[1].Type is LuaType.String or LuaType.Number
            ? new EthernetAddresses(Address(call, 1), Address(call, 2), Address(call, 3))
            : null;
        if (chip.Static?.Address == NoAddress) chip.Static = null;
        if (call[4].Type is LuaType.String or LuaType.Number)
        {
            // V1112 reads six bytes whatever the length.
            var given = call.String(4).Span;
            for (var i = 0; i < chip.HardwareAddress.Length; i++)
            {
                chip.HardwareAddress[i] = i < given.Length ? given[i] : (byte)0;
            }
        }

        _ = call.IntOr(5, 0);
        _ = call.IntOr(6, 0);
        chip.ChoosesSpeed = unchecked((byte)call.IntOr(7, 0)) != 0;
        chip.StartAgain();
        return call.Return(true);
    }

    private static string Address(in LuaCall call, int index) =>
        System.Net.IPAddress.TryParse(call.String(index).ToMessage(), out var address)
            && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
                ? address.ToString()
                : NoAddress;
}
