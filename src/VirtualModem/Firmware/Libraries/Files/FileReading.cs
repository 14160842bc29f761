using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Storage;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary>
/// file:read with its formats (L:lua/src/liolib.c, g_read). The results are what lies on top of the stack of arguments:
/// a count of 0 puts nothing there, so that at the end of the file it gives itself, and before the end nil.
/// </summary>
internal static class FileReading
{
    private const int FirstFormat = 2;

    /// <summary>LUAL_BUFFERSIZE: what "a" makes room for before each piece that it reads.</summary>
    private const int BufferBytes = 256;

    /// <summary>What a line makes room for at once.</summary>
    private const int LinePiece = 1024;

    /// <param name="call">The call.</param>
    /// <param name="file">The file.</param>
    /// <param name="formats">Numbers, "l", "L" and "a".</param>
    public static LuaValue[] Read(in LuaCall call, OpenFile file, ReadOnlySpan<LuaValue> formats)
    {
        List<LuaValue> stack = [call[1], .. formats];
        var read = 0;
        var isRead = true;
        if (formats.Length == 0) isRead = Line(call, file, keepEnd: false, stack, ref read);
        for (var i = 0; i < formats.Length && isRead; i++) isRead = One(call, file, formats[i], i, stack, ref read);
        if (!isRead) stack[^1] = default;
        return [.. stack.TakeLast(read)];
    }

    private static bool One(
        in LuaCall call, OpenFile file, LuaValue format, int index, List<LuaValue> stack, ref int read)
    {
        if (format.IsNumber) return Count(call, file, format, index, stack, ref read);
        if (format.AsString is not { } text)
        {
            var got = call.State.TypeNameForError(format, absent: false);
            throw call.ArgumentError(index + FirstFormat, $"string expected, got {got}");
        }

        var name = LuaText.Path(text);
        switch (name.StartsWith('*') ? name[1..] : name)
        {
            case ['l', ..]: return Line(call, file, keepEnd: false, stack, ref read);
            case ['L', ..]: return Line(call, file, keepEnd: true, stack, ref read);
            case ['a', ..]:
                var all = file.Read(long.MaxValue);
                stack.Add(Text(call, all, BufferBytes, (all.Length / BufferBytes * BufferBytes) + BufferBytes));
                read++;
                return true;
            default:
                throw call.ArgumentError(index + FirstFormat, "invalid format");
        }
    }

    private static bool Count(
        in LuaCall call, OpenFile file, LuaValue format, int index, List<LuaValue> stack, ref int read)
    {
        read++;
        if (!call.State.TryToInteger(format, out var integer))
        {
            throw call.ArgumentError(index + FirstFormat, "number has no integer representation");
        }

        var count = unchecked((uint)integer);
        if (count == 0) return file.IsAtEnd;
        var room = new TextRoom(call.State);
        room.Grow(count);
        var bytes = file.Read(count);
        stack.Add(room.Make(bytes));
        return bytes.Length > 0;
    }

    private static bool Line(in LuaCall call, OpenFile file, bool keepEnd, List<LuaValue> stack, ref int read)
    {
        var line = file.ReadLine(keepEnd);
        stack.Add(line is null
            ? default(LuaValue)
            : Text(call, line, LinePiece, (line.Length / LinePiece * LinePiece) + LinePiece));
        read++;
        return line is not null;
    }

    private static LuaString Text(in LuaCall call, byte[] bytes, int piece, long roomBytes)
    {
        var room = new TextRoom(call.State);
        room.GrowBy(piece, roomBytes);
        return room.Make(bytes);
    }
}
