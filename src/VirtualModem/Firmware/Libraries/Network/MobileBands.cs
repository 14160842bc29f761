using AirHil.Lua.Run;
using AirHil.Modem.Air;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>
/// The bands of the radio (L:components/mobile/luat_lib_mobile.c, l_mobile_get_band and l_mobile_set_band). The radio
/// knows those of its data sheet and refuses others; what it uses outlives a reset.
/// </summary>
internal static class MobileBands
{
    /// <summary>Bytes that a zbuff has at least after a call.</summary>
    private const int Room = 40;

    private static readonly byte[] Supported = [.. LteBand.All.Select(band => (byte)band.Number)];

    /// <summary>mobile.getBand: one byte a band.</summary>
    public static int Get(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        if (buffer.Length < Room && !ZbuffMethods.TryGrow(call, buffer, Room)) return call.Return(false);
        var allAreAsked = call[2].IsBoolean && call.Truthy(2);
        var bands = allAreAsked ? Supported : call.Host<FirmwareHost>().Retained.Bands ?? Supported;
        bands.CopyTo(buffer.Memory);
        buffer.Used = bands.Length;
        return call.Return(true);
    }

    /// <summary>mobile.setBand. The modem looks for no other cell; without its cell's band none is found.</summary>
    public static int Set(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var count = (byte)call.IntOr(2, 1);
        if (count < 1 || count > buffer.Length) return call.Return(false);
        var bands = buffer.Memory[..count];
        if (bands.ContainsAnyExcept(Supported)) return call.Return(false);
        var served = MobileCell.Of(call.Host<FirmwareHost>()).Band;
        if (!bands.Contains((byte)served))
        {
            throw NotModelled.Error(call, $"mobile.setBand without band {served}, that of the virtual cell");
        }

        var retained = call.Host<FirmwareHost>().Retained;
        (retained.Bands, retained.ForgetsBands) = (bands.ToArray(), false);
        return call.Return(true);
    }
}
