using AirHil.Lua.Run;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Scripts;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// Finds scripts in the order of V1112 and compiles them under the names that its messages show (reference §1.5).
/// </summary>
internal sealed class ScriptLoader(
    FirmwareImage image, FileSystem files, ModemParameters parameters, Action<string> notice)
{
    /// <summary>The firmware's path buffer, with the final zero.</summary>
    private const int PathBuffer = 32;

    /// <summary>Patterns that rtos.setPaths takes.</summary>
    public const int UserPaths = 4;

    /// <summary>Bytes for each pattern, with the final zero.</summary>
    private const int UserPathBytes = 24;

    /// <summary>The vendor's script libraries (reference-net §5.6).</summary>
    private static readonly HashSet<string> VendorLibraries =
    [
        "ads1115", "ads1115plus", "adxl34x", "aht10", "air153C_wtd", "ak8963", "aliyun", "am2320", "ap3216c", "bh1750",
        "bmx", "cht8305c", "ds3231", "ec11", "fm17622", "gt911", "gy53l1", "httpdns", "httpplus", "ina226", "iotcloud",
        "joystick", "l3g4200d", "lbsLoc", "lbsLoc2", "libfota", "libfota2", "libnet", "lis2dh12", "lm75", "max31856",
        "mcp2515", "mlx90614", "mpu6xxx", "necir", "netLed", "onenetcoap", "pca9555", "pca9685", "pcf8563t", "pcf8574",
        "qmc5883l", "rc522", "rtkv", "sc7a20", "shift595", "si24r1", "spl06", "tcs3472", "tm1637", "tm1640", "tm1650",
        "tsl2561", "udpsrv", "vl6180", "xmodem", "ze08g_ch2o", "zh07",
    ];

    private readonly List<string> _userPaths = [];
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>
    /// rtos.setPaths: patterns with %s. Each is copied whole, so that a long one runs on into the places behind it,
    /// which are written after it.
    /// </summary>
    /// <param name="patterns">One for each place; empty: none.</param>
    public void SetUserPaths(ReadOnlySpan<string> patterns)
    {
        Span<char> places = new char[UserPaths * UserPathBytes];
        for (var i = 0; i < UserPaths; i++)
        {
            var place = places[(i * UserPathBytes)..];
            if (patterns[i].Length >= place.Length)
            {
                notice($"rtos.setPaths writes {patterns[i].Length + 1} bytes over the {place.Length} of its memory " +
                    "that are left: a module overwrites what lies behind. Give paths of at most 23 bytes.");
            }

            var count = Math.Min(patterns[i].Length, place.Length - 1);
            patterns[i].AsSpan(0, count).CopyTo(place);
            place[count] = '\0';
        }

        _userPaths.Clear();
        for (var i = 0; i < UserPaths; i++)
        {
            var place = places[(i * UserPathBytes)..];
            if (place[0] != '\0') _userPaths.Add(place[..place.IndexOf('\0')].ToString());
        }
    }

    /// <summary>
    /// The path of a module's file; null: there is none. A path longer than the firmware's buffer overwrites the C
    /// stack of a module: that is a notice, and the search goes on as if nothing had been hit.
    /// </summary>
    public string? Search(string module)
    {
        var overrun = false;
        foreach (var path in Paths(module))
        {
            if (!overrun && path.Length >= PathBuffer)
            {
                overrun = true;
                notice($"require looks for '{path}': V1112 writes the path into {PathBuffer} bytes of its stack, " +
                    "and what a module does then is not defined. Give the file a name of at most 19 bytes.");
            }

            if (files.Content(path) is not null) return path;
        }

        return null;
    }

    /// <summary>Tells once for each module that is not there what would help; the error is V1112's own.</summary>
    public void NoteMissing(string module)
    {
        if (!_missing.Add(module)) return;
        notice(VendorLibraries.Contains(module)
            ? $"require found no '{module}': it is one of the vendor's script libraries, which Luatools adds to a " +
                $"download. Give the folder that holds {module}.lua with --lib FOLDER or AIRHIL_LIB."
            : $"require found no '{module}': put {module}.lua beside main.lua, or give the folder that holds it with " +
                "--lib FOLDER or AIRHIL_LIB.");
    }

    private IEnumerable<string> Paths(string module)
    {
        foreach (var pattern in _userPaths) yield return pattern.Replace("%s", module, StringComparison.Ordinal);
        foreach (var folder in (string[])["/", "/luadb/", "/lua/"])
        {
            yield return $"{folder}{module}.luac";
            yield return $"{folder}{module}.lua";
        }
    }

    /// <summary>A closure over a file's main chunk; null: no such file.</summary>
    /// <exception cref="LuaSyntaxException">It does not compile.</exception>
    public LuaFunction? Load(LuaState state, string path)
    {
        if (path.StartsWith("/lua/", StringComparison.Ordinal))
        {
            var name = path["/lua/".Length..path.LastIndexOf('.')];
            return BuiltInScripts.Find(name, state.Numbers) is { } builtIn ? state.Load(builtIn, path: path) : null;
        }

        var bytes = files.Content(path);
        if (bytes is null) return null;
        if (bytes.Length > 0 && bytes[0] == 0x1B)
        {
            throw new LuaSyntaxException($"{path}: this is compiled bytecode; the virtual module runs sources only", 0);
        }

        // The code of a download is read where it lies; a file of the root is copied (luat_fs_mmap).
        var inFlash = IsCompiled(path);
        var told = inFlash && !path.EndsWith('c') ? path + "c" : path;
        return state.Load(image.Compile(bytes, ChunkName(path), state.Numbers), inFlash, told);
    }

    private string ChunkName(string path)
    {
        // The download went through Luatools' compiler, which knows the bare name.
        return "@" + (IsCompiled(path) ? path[(path.LastIndexOf('/') + 1)..] : path);
    }

    private bool IsCompiled(string path) =>
        path.StartsWith("/luadb/", StringComparison.Ordinal) && !parameters.PlainFileChunkNames;
}
