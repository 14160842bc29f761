using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Firmware.Libraries.Buses;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Storage.Fat;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary>
/// <c>fatfs</c>: a file system of FatFs at a path (L:components/fatfs/luat_lib_fatfs.c). Mounting always succeeds; the
/// medium is looked at when a file is asked for. No card is there, and one that answers is not modelled.
/// </summary>
internal static class FatLibrary
{
    private const string Tag = "fatfs";
    private const int Spi = 0;
    private const int Sdio = 1;
    private const int Memory = 2;
    private const int Usb = 3;
    private const int NoPin = 255;
    private const int DefaultSelect = 3;
    private const int DefaultHertz = 10_000_000;
    private const int DefaultBytes = 64 * 1024;
    private const string DefaultPath = "/fatfs";

    public static LibraryDefinition Definition { get; } = new LibraryDefinition(Tag)
        .Add("init", Mount)
        .Add("mount", Mount)
        .Add("getfree", static (in LuaCall call) =>
        {
            var path = Path(call, 1, "");
            return call.Return(LuaValue.Nil, LuaValue.Integer(call.Host<FirmwareHost>().Fat.Access(path)));
        })
        .Add("debug", static (in LuaCall call) =>
        {
            call.Host<FirmwareHost>().Fat.IsTalking = unchecked((byte)call.IntOr(1, 1)) != 0;
            return call.Return();
        })
        .Add("unmount", static (in LuaCall call) =>
        {
            var host = call.Host<FirmwareHost>();
            _ = host.Files.Unmount(Path(call, 1, DefaultPath));
            host.Fat.Disable();
            return call.Return(0);
        });

    private static string Path(in LuaCall call, int index, string otherwise) =>
        call.StringOrNull(index) is { } text ? LuaText.Path(text) : otherwise;

    private static int Mount(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var fat = host.Fat;
        if (fat.IsTalking) Tell(host, $"fatfs_init{new string('>', 45)}");
        if (!fat.TryTakeObject())
        {
            const string full = "out of memory when malloc FATFS";
            Tell(host, full);
            return call.Return(LuaValue.False, LuaString.FromText(full));
        }

        var path = Path(call, 2, DefaultPath);
        var mode = call.Int(1);
        var power = unchecked((byte)call.IntOr(6, NoPin));
        var delay = TimeSpan.FromMilliseconds(unchecked((ushort)call.IntOr(7, 1)));
        fat.PowerOn = power == NoPin ? null : () => SwitchOn(host, power, delay);
        if (mode is < Spi or > Usb)
        {
            const string wrong = "fatfs_mode error";
            Tell(host, wrong);
            return call.Return(LuaValue.False, LuaString.FromText(wrong));
        }

        Open(call, host, mode);
        fat.Enable();
        if (fat.IsTalking) Tell(host, "[FatFS]fatfs_init success");
        _ = host.Files.Mount(Tag, path);
        if (fat.IsTalking) Tell(host, $"fatfs_init{new string('<', 45)}");
        return call.Return(LuaValue.True, LuaValue.Integer(0));
    }

    private static void Open(in LuaCall call, FirmwareHost host, int mode)
    {
        switch (mode)
        {
            case Spi:
                host.Fat.Card = Card(call, host);
                host.Fat.Open(FatDisk.Card);
                break;
            case Sdio:
                _ = call.IntOr(3, 0);
                Tell(host, "init FatFS at sdio");
                host.Fat.Open(FatDisk.Sdio);
                break;
            case Memory:
                Tell(host, "init ramdisk at FatFS");
                host.Fat.OpenMemory(call.UIntOr(3, DefaultBytes));
                break;
        }
    }

    private static SdCard Card(in LuaCall call, FirmwareHost host)
    {
        SpiController? controller;
        int select;
        if (call[3].AsUserdata is { } given)
        {
            var device = given.Payload as SpiDevice
                ?? throw NullPointer.Error(call, "fatfs.mount on what is no device of spi");
            _ = call.IntOr(4, DefaultHertz);
            (controller, select) = (device.Controller, device.Select);
        }
        else
        {
            var bus = unchecked((byte)call.IntOr(3, 0));
            select = unchecked((byte)call.IntOr(4, DefaultSelect));
            _ = call.IntOr(5, DefaultHertz);
            Tell(host, string.Create(CultureInfo.InvariantCulture, $"init sdcard at spi={bus} cs={select}"));
            controller = SpiLibrary.Controller(host, bus);
        }

        if (controller is { IsQuiet: false }) throw NotModelled.Error(call, "fatfs.mount of a card that answers");
        return new SdCard(controller, select, host.Pins, host.Log);
    }

    private static void SwitchOn(FirmwareHost host, int pin, TimeSpan delay)
    {
        host.Pins.SetOutput(pin, false);
        host.Cpu.Take(delay);
        host.Pins.SetOutput(pin, true);
    }

    private static void Tell(FirmwareHost host, string text) => host.Log.Write(LogLevel.Debug, Tag, text);
}
