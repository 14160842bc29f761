using AirHil.Lua;
using AirHil.Lua.Run;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Firmware.Libraries.Core;
using AirHil.VirtualModem.Firmware.Libraries.Encodings;
using AirHil.VirtualModem.Firmware.Libraries.Files;

namespace AirHil.VirtualModem.Firmware.Libraries;

/// <summary>Which functions of V1112 the model has, told from the libraries that scripts meet.</summary>
public static class ModelCoverage
{
    /// <summary>Libraries of later or other firmware: the global is nil, as on V1112.</summary>
    public static IReadOnlyList<string> Absent => FunctionCatalogue.Absent;

    /// <summary>
    /// LuatOS's own libraries, in the order in which the firmware opens them, then the zbuff's methods.
    /// </summary>
    public static IReadOnlyList<LibraryCoverage> OfTheFirmware() =>
    [
        .. FunctionCatalogue.Libraries.Select(library => Cover(library.Name, FirmwareLibraries.Library(library.Name))),
        Cover("a zbuff", ZbuffMethods.Methods),
    ];

    /// <summary>Lua's own libraries in the form that V1112 gives them.</summary>
    public static IReadOnlyList<LibraryCoverage> OfLua()
    {
        var globals = LuaEngine.Create(new LuaOptions()).Globals;
        LuaLibrary Standard(string name) => (LuaLibrary)globals[name].AsUserdata!;
        return
        [
            Cover("_G", PackageLibrary.Globals.AsUserdata),
            .. new[] { "coroutine", "debug", "math", "table", "utf8" }.Select(name => Cover(name, Standard(name))),
            Cover("bit32 (and bit)", BitAlias.Merge(Standard("bit32").Definition).AsUserdata),
            Cover("io", IoLibrary.Definition.AsUserdata),
            Cover("os", OsLibrary.Merge(Standard("os").Definition).AsUserdata),
            Cover("package", PackageLibrary.Definition.AsUserdata),
            Cover("string", StringExtensions.Merge(Standard("string").Definition).AsUserdata),
        ];
    }

    private static LibraryCoverage Cover(string name, LuaLibrary library)
    {
        var functions = library.Definition.Entries.Where(entry => entry.Value.AsFunction is not null).ToLookup(
            entry => NotModelled.Is(entry.Value), entry => entry.Key);
        return new LibraryCoverage(name, [.. functions[false]], [.. functions[true]]);
    }
}

/// <summary>The functions of one library.</summary>
/// <param name="Name">As scripts write it.</param>
/// <param name="Modelled">Those that do what the module's do.</param>
/// <param name="NotModelled">Those that raise an error which names them.</param>
public sealed record LibraryCoverage(string Name, IReadOnlyList<string> Modelled, IReadOnlyList<string> NotModelled);
