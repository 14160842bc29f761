using AirHil.Lua.Run;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary>What a file function gives back when it fails (L:lua/src/lauxlib.c, luaL_fileresult).</summary>
internal static class FileResult
{
    /// <summary>
    /// The number of every failure. The mounts set no errno; V1112's own code built for a PC shows this one throughout.
    /// </summary>
    public const int Errno = 2;

    public static int Fail(in LuaCall call) => call.Return(default, $"{Errno}", Errno);

    /// <param name="call">The call.</param>
    /// <param name="path">One character a byte.</param>
    public static int Fail(in LuaCall call, string path) =>
        call.Return(default, LuaText.FromPath($"{path}: {Errno}"), Errno);
}
