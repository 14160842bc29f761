using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Buses;

/// <summary>
/// <c>sfud</c>: a flash chip on SPI (L:components/sfud). Without one sfud.init fails, and what comes then is out of the
/// bounds of a chip with no bytes. A chip that answers is not modelled.
/// </summary>
internal static class SfudLibrary
{
    private const string Tag = "sfud";
    private const int OutOfBounds = 5;
    private const byte ReadIdentity = 0x9F;

    private static readonly byte[] ReadParameters = [0x5A, 0, 0, 0, 0xFF];
    private static readonly LightUserdata Chip = new(0x0C20_0000);

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("sfud")
        .Add("init", Init)
        .Add("getDeviceNum", static (in LuaCall call) => call.Return(1))
        .Add("getDevice", static (in LuaCall call) => call.Return(call.UInt(1) < 1 ? Chip : LightUserdata.Null))
        .Add("getDeviceTable", static (in LuaCall call) => call.Return(Chip))
        .Add("getInfo", static (in LuaCall call) =>
        {
            CheckChip(call, "getInfo");
            return call.Return(LuaValue.Integer(0), LuaValue.Integer(0));
        })
        .Add("read", Read)
        .Add("erase", static (in LuaCall call) =>
        {
            CheckChip(call, "erase");
            var (address, size) = (call.UInt(2), call.UInt(3));
            if (unchecked(address + size) == 0) throw NotModelled.Error(call, "sfud.erase of a whole chip");
            return call.Return(Refuse(call));
        })
        .Add("write", static (in LuaCall call) =>
        {
            CheckChip(call, "write");
            _ = call.UInt(2);
            _ = call.String(3);
            return call.Return(0); // A chip with no way to write it: nothing is done, and that is a success.
        })
        .Add("eraseWrite", static (in LuaCall call) =>
        {
            CheckChip(call, "eraseWrite");
            if (unchecked(call.UInt(2) + (uint)call.String(3).Length) == 0)
            {
                throw NotModelled.Error(call, "sfud.eraseWrite of a whole chip");
            }

            return call.Return(Refuse(call));
        })
        .Add("mount", static (in LuaCall call) =>
        {
            CheckChip(call, "mount");
            _ = call.String(2);
            throw NullPointer.Error(call, "sfud.mount of a chip that was not found");
        });

    private static int Init(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        SpiDevice? device = null;
        SpiController? controller;
        if (call[1].IsNumber)
        {
            var (id, select, hertz) = (call.Int(1), call.Int(2), call.UInt(3));
            controller = SpiLibrary.Controller(host, id);
            controller?.Setup(select, hertz, false);
        }
        else
        {
            device = call[1].AsUserdata?.Payload as SpiDevice
                ?? throw NullPointer.Error(call, "sfud.init without a bus");
            controller = device.Controller;
        }

        return call.Continue(frame => Starting(frame, host, device, controller));
    }

    private static IEnumerator<NativeStep> Starting(
        NativeFrame frame, FirmwareHost host, SpiDevice? device, SpiController? controller)
    {
        var place = NotModelled.PlaceOf(frame.State);
        if (controller is null)
        {
            host.Log.Write(LogLevel.Info, Tag, "Error: Read flash device JEDEC ID error.");
        }
        else
        {
            var identity = new byte[3];
            foreach (var step in Exchange(host, device, controller, new[] { ReadIdentity }, identity))
            {
                yield return step;
            }

            var header = new byte[8];
            foreach (var step in Exchange(host, device, controller, ReadParameters, header)) yield return step;
            if (identity.Concat(header).Any(b => b is not (0 or 0xFF)))
            {
                throw NotModelled.Error(frame, host, place, "sfud.init with a chip that answers");
            }

            host.Log.Write(LogLevel.Info, Tag, "Warning: Read SFDP parameter header information failed. " +
                "The LuatOS-sfud does not support JEDEC SFDP.");
            host.Log.Write(LogLevel.Info, Tag, "Warning: This flash device is not found or not supported.");
        }

        host.Log.Write(LogLevel.Info, Tag, "Error: LuatOS-sfud flash device initialization failed.");
        frame.Return(false);
    }

    private static IEnumerable<NativeStep> Exchange(
        FirmwareHost host, SpiDevice? device, SpiController controller, byte[] sent, byte[] received)
    {
        device?.Begin(host.Pins);
        var isFullDuplex = controller.IsFullDuplex && device?.IsFullDuplex != false;
        foreach (var step in SpiLibrary.Exchange(controller, isFullDuplex, sent, received)) yield return step;
        device?.End(host.Pins);
    }

    private static int Read(in LuaCall call)
    {
        CheckChip(call, "read");
        var (address, size) = (call.UInt(2), call.UInt(3));
        if (unchecked(address + size) == 0) throw NotModelled.Error(call, "sfud.read of no bytes");
        var code = Refuse(call);
        call.Host<FirmwareHost>().Log.Write(LogLevel.Debug, Tag, $"sfud_read re {code}");
        return call.Return(LuaString.Empty);
    }

    private static int Refuse(in LuaCall call)
    {
        call.Host<FirmwareHost>().Log.Write(LogLevel.Info, Tag, "Error: Flash address is out of bound.");
        return OutOfBounds;
    }

    private static void CheckChip(in LuaCall call, string function)
    {
        if (call[1].AsLightUserdata is not { } chip || chip.Target != Chip.Target)
        {
            throw NullPointer.Error(call, $"sfud.{function} without its chip");
        }
    }
}
