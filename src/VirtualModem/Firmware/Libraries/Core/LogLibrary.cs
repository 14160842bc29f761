using System.Globalization;
using System.Text;

using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary>
/// <c>log</c> (reference §2.8). A record leaves through the global <c>print</c>, so a script that replaces <c>print</c>
/// catches its own logs.
/// </summary>
internal static class LogLibrary
{
    private const int StyleTag = 0;
    private const int StylePosition = 1;
    private const int StyleFull = 2;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("log")
        .Add("debug", static (in LuaCall call) => Write(call, LogLevel.Debug, 'D'))
        .Add("info", static (in LuaCall call) => Write(call, LogLevel.Info, 'I'))
        .Add("warn", static (in LuaCall call) => Write(call, LogLevel.Warn, 'W'))
        .Add("error", static (in LuaCall call) => Write(call, LogLevel.Error, 'E'))
        .Add("fatal", static (in LuaCall call) => Write(call, LogLevel.Error, 'E'))
        .Add("setLevel", SetLevel)
        .Add("getLevel", static (in LuaCall call) => call.Return((int)call.Host<IFirmwareHost>().Log.Level))
        .Add("style", Style)
        .Add("LOG_SILENT", (int)LogLevel.Silent)
        .Add("LOG_DEBUG", (int)LogLevel.Debug)
        .Add("LOG_INFO", (int)LogLevel.Info)
        .Add("LOG_WARN", (int)LogLevel.Warn)
        .Add("LOG_ERROR", (int)LogLevel.Error);

    private static int SetLevel(in LuaCall call)
    {
        var level = call[1].IsInteger ? (LogLevel)call[1].AsInteger : LevelNamed(call[1].AsString?.ToMessage());
        call.Host<IFirmwareHost>().Log.Level = level == 0 ? LogLevel.Silent : level;
        return call.Return();
    }

    private static LogLevel LevelNamed(string? name) => name switch
    {
        "DEBUG" => LogLevel.Debug,
        "INFO" => LogLevel.Info,
        "WARN" => LogLevel.Warn,
        "ERROR" => LogLevel.Error,
        _ => LogLevel.Silent,
    };

    private static int Style(in LuaCall call)
    {
        var log = call.Host<IFirmwareHost>().Log;
        if (call[1].IsInteger) log.Style = (byte)call[1].AsInteger;
        return call.Return(log.Style);
    }

    private static int Write(in LuaCall call, LogLevel level, char letter)
    {
        var log = call.Host<IFirmwareHost>().Log;
        if (log.Level > level || call.Count == 0) return call.Return();
        var values = call.ToArray();
        LuaValue[] record = log.Style switch
        {
            StyleTag => [call.State.NewString(TagText(call, letter)), .. values[1..]],
            StylePosition => [.. Position(call, $"{letter}/"), .. values],
            StyleFull => [call.State.NewString(TagText(call, letter)), .. Position(call, ""), .. values[1..]],
            _ => values,
        };
        var print = call.State.Globals["print"];
        return call.Continue(frame => Print(print, record));
    }

    private static IEnumerator<NativeStep> Print(LuaValue print, LuaValue[] record)
    {
        yield return NativeStep.Call(print, record);
    }

    /// <summary>"I/user.tag"; a tag that is neither string nor number reads "(null)", and a NUL ends it.</summary>
    private static byte[] TagText(in LuaCall call, char letter)
    {
        var tag = call[1].AsString ?? (call[1].IsNumber ? call.State.NumberToString(call[1]) : null);
        var bytes = tag is null ? "(null)"u8 : tag.Span;
        var end = bytes.IndexOf((byte)0);
        if (end >= 0) bytes = bytes[..end];
        return [(byte)letter, .. "/user."u8, .. bytes];
    }

    /// <summary>
    /// "main.lua:12": chunk name without its first byte, and line, of the function that logs; a built-in script has
    /// line -1. Nothing where no function is below.
    /// </summary>
    private static LuaValue[] Position(in LuaCall call, string prefix)
    {
        if (call.State.SourceLine(1) is not var (source, line)) return [];
        var name = source.Span.Length == 0 ? default : source.Span[1..];
        var end = name.IndexOf((byte)0);
        if (end >= 0) name = name[..end];
        byte[] text =
        [
            .. Encoding.UTF8.GetBytes(prefix), .. name,
            .. Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $":{(line > LongestFile ? 0 : line)}")),
        ];
        return [call.State.NewString(text)];
    }

    /// <summary>Lines beyond this one read 0.</summary>
    private const int LongestFile = 64 * 1024;
}
