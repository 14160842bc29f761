using System.Collections.Concurrent;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Audio;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Buses;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Firmware.Libraries.Ciphers;
using AirHil.VirtualModem.Firmware.Libraries.Compression;
using AirHil.VirtualModem.Firmware.Libraries.Core;
using AirHil.VirtualModem.Firmware.Libraries.Displays;
using AirHil.VirtualModem.Firmware.Libraries.Encodings;
using AirHil.VirtualModem.Firmware.Libraries.Ethernet;
using AirHil.VirtualModem.Firmware.Libraries.Files;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Firmware.Libraries.Pins;
using AirHil.VirtualModem.Firmware.Libraries.Protobuf;
using AirHil.VirtualModem.Firmware.Libraries.Serial;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries;

/// <summary>
/// All libraries of V1112 FULL: what the model provides, completed from the catalogue with constants and with functions
/// that fail by name (reference §1.4).
/// </summary>
internal static class FirmwareLibraries
{
    private static readonly Dictionary<string, LibraryDefinition> Complete = Build();

    /// <summary>A complete library in the module's read-only form.</summary>
    public static LuaLibrary Library(string name) => Complete[name].AsUserdata;

    /// <summary>Opens everything in an engine that has its standard libraries.</summary>
    public static void Open(LuaState state, FirmwareHost host)
    {
        var globals = state.Globals;
        state.Printer = texts => Printing.Print(host.Log, Memories(texts));
        state.ScriptReader = path => ReadScript(host, path);
        state.RandomSource = host.Random.Next;
        state.UtcNowSeconds = () => host.UnixSeconds;
        state.TimezoneOffsetSeconds = host.Calendar.OffsetSeconds;
        if (host.Parameters.HasUnsignedDates) state.OnDateUnset = () => TellUnsetDate(host);
        // S:interface/src/__wrap.c counts whole seconds; CLOCKS_PER_SEC of newlib is 100 on ARM.
        state.CpuSeconds = () => Math.Floor(host.Board.Clock.Tick.TotalSeconds) / 100;
        state.OnAllocationFailed = (limit, used, asked) => host.Log.Write(
            LogLevel.Error, "mem", $"memory allocation failed total {limit}, used {used}, alloc {asked}");
        foreach (var (name, value) in PackageLibrary.Globals.Entries) globals[name] = value;
        globals["package"] = PackageLibrary.Definition.AsTable(state);
        _ = PackageLibrary.Loaded(state); // empty: no library of the firmware enters itself there (lauxlib.c)
        globals["io"] = IoLibrary.Definition.AsUserdata;
        var stubs = StubTable.Parse(host.Parameters.Stubs);
        foreach (var library in FunctionCatalogue.Libraries)
        {
            globals[library.Name] = stubs.Apply(Complete[library.Name]).AsUserdata;
        }

        globals["fdb"] = globals["fskv"];
        globals["http2"] = globals["http"];
        OpenExtended(state, "os", static standard => OsLibrary.Merge(standard));
        OpenExtended(state, "string", static standard => StringExtensions.Merge(standard));
        OpenExtended(state, "bit32", static standard => BitAlias.Merge(standard));
        globals["bit"] = globals["bit32"];
        if (state.GetMetatable(LuaString.Empty) is { } strings && globals["string"].AsUserdata is LuaLibrary opened)
        {
            strings["__index"] = opened.IndexFunction;
        }
    }

    /// <summary>What loadfile reads; a file that is missing leaves its log line.</summary>
    private static ReadOnlyMemory<byte>? ReadScript(FirmwareHost host, LuaString path)
    {
        var name = LuaText.Path(path);
        if (host.Files.Open(name, "r") is not { } file) return null;
        file.Close();
        if (host.Files.Content(name) is { } content) return content;
        return null;
    }

    private static readonly ConcurrentDictionary<LibraryDefinition, LibraryDefinition> Extended = new();

    private static void TellUnsetDate(FirmwareHost host) => host.Notice(
        "os.date of a moment on 1970-01-01: V1112 shows a date that it finds in its memory.");

    private static void OpenExtended(LuaState state, string name, Func<LibraryDefinition, LibraryDefinition> merge)
    {
        if (state.Globals[name].AsUserdata is not LuaLibrary standard) return;
        state.Globals[name] = Extended.GetOrAdd(standard.Definition, static (definition, make) => make(definition),
            merge).AsUserdata;
    }

    private static Dictionary<string, LibraryDefinition> Build()
    {
        LibraryDefinition[] modelled =
        [
            RtosLibrary.Definition, LogLibrary.Definition, TimerLibrary.Definition, MobileLibrary.Definition,
            ErrDumpLibrary.Definition, SocketLibrary.Definition, WebSocketLibrary.Definition, UartLibrary.Definition,
            HttpLibrary.Definition, MqttLibrary.Definition, FtpLibrary.Definition,
            WdtLibrary.Definition, PmLibrary.Definition, McuLibrary.Definition, RtcLibrary.Definition,
            CryptoLibrary.Definition, JsonLibrary.Definition, ZbuffLibrary.Definition, PackLibrary.Definition,
            FsLibrary.Definition, FskvLibrary.Definition, HmetaLibrary.Definition, GpioLibrary.Definition,
            AdcLibrary.Definition, PwmLibrary.Definition, IotAuthLibrary.Definition, OtpLibrary.Definition,
            Bit64Library.Definition, MinizLibrary.Definition, RsaLibrary.Definition, SmsLibrary.Definition,
            GnssLibrary.Definition, I2cLibrary.Definition, SpiLibrary.Definition, ProtobufLibrary.Definition,
            WlanLibrary.Definition, LcdLibrary.Definition, SensorLibrary.Definition, InfraredLibrary.Definition,
            SfudLibrary.Definition, LoraLibrary.Definition, OledLibrary.Definition, FatLibrary.Definition,
            EthernetLibrary.Definition, AudioLibrary.Definition, I2sLibrary.Definition, CodecLibrary.Definition,
            FotaLibrary.Definition,
        ];
        var byName = modelled.ToDictionary(library => library.Name, StringComparer.Ordinal);
        var complete = new Dictionary<string, LibraryDefinition>(StringComparer.Ordinal);
        foreach (var library in FunctionCatalogue.Libraries)
        {
            complete[library.Name] = FunctionCatalogue.Complete(library.Name, byName.GetValueOrDefault(library.Name));
        }

        return complete;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Memories(IReadOnlyList<LuaString> texts)
    {
        foreach (var text in texts) yield return text.Memory;
    }
}
