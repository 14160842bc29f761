using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Cli.Lua;

/// <summary>A failed file operation as C's errno and its text.</summary>
internal readonly record struct HostError(string Message, int Number)
{
    public static HostError BadDescriptor { get; } = new("Bad file descriptor", 9);

    /// <summary>Whether an exception is the operating system's refusal and no fault of this program.</summary>
    public static bool IsOne(Exception e) =>
        e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException
            or ObjectDisposedException;

    public static HostError Of(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => new("No such file or directory", 2),
        UnauthorizedAccessException => new("Permission denied", 13),
        PathTooLongException => new("File name too long", 36),
        NotSupportedException or ObjectDisposedException => BadDescriptor,
        ArgumentException => new("Invalid argument", 22),
        _ => new(e.Message, 5),
    };

    /// <summary>nil, the message and the number (luaL_fileresult).</summary>
    public int ReturnFrom(in LuaCall call, string? fileName = null) => call.Return(
        LuaValue.Nil, fileName is null ? Message : $"{fileName}: {Message}", LuaValue.Integer(Number));
}
