using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Compression;

/// <summary><c>miniz</c>: deflate and inflate of up to 32 KiB (L:components/miniz/luat_lib_miniz.c).</summary>
internal static class MinizLibrary
{
    private const int MostBytes = 32 * 1024;

    /// <summary>Bytes of system heap that the compressor takes while it works.</summary>
    private const int CompressorBytes = 167_744;

    /// <summary>The same of the decompressor.</summary>
    private const int DecompressorBytes = 8_364;

    /// <summary>Lua heap that a compression takes before it begins, and a decompression for its result.</summary>
    private const int FirstOutput = 4096;

    private const int MostOutput = 31_948;

    private const int WriteZlibHeader = 0x1000;
    private const int ParseZlibHeader = 1;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("miniz")
        .Add("compress", Compress)
        .Add("uncompress", Uncompress);

    private static int Compress(in LuaCall call)
    {
        var data = call.String(1);
        var flags = call.IntOr(2, WriteZlibHeader);
        if (IsTooLong(call, data)) return call.Return();
        var room = new TextRoom(call.State);
        room.Grow(FirstOutput);
        var heap = call.Host<FirmwareHost>().SystemHeap;
        if (!heap.TryAllocate(CompressorBytes))
        {
            Write(call, LogLevel.Error, "out of memory when malloc tdefl_compressor size 0x28F40");
            return call.Return();
        }

        heap.Free(CompressorBytes);
        call.State.Charge(data.Length);
        var result = new Deflater(data.Span, flags).Run();
        room.Grow(result.Length);
        return call.Return(room.Make(result));
    }

    private static int Uncompress(in LuaCall call)
    {
        var data = call.String(1);
        var flags = call.IntOr(2, ParseZlibHeader);
        if (IsTooLong(call, data)) return call.Return();
        var room = new TextRoom(call.State);
        room.Grow(MostOutput);
        var heap = call.Host<FirmwareHost>().SystemHeap;
        if (!heap.TryAllocate(DecompressorBytes))
        {
            Write(call, LogLevel.Error, "out of memory when malloc tinfl_decompressor");
            return call.Return();
        }

        heap.Free(DecompressorBytes);
        if (new Inflater(data.Span.ToArray()).Run(hasZlibHeader: (flags & ParseZlibHeader) != 0) is { } result)
        {
            call.State.Charge(result.Length);
            return call.Return(room.Make(result));
        }

        Write(call, LogLevel.Warn, "decompress fail");
        return call.Return();
    }

    private static bool IsTooLong(in LuaCall call, LuaString data)
    {
        if (data.Length <= MostBytes) return false;
        Write(call, LogLevel.Error, "only 32k data is allow");
        return true;
    }

    private static void Write(in LuaCall call, LogLevel level, string text) =>
        call.Host<FirmwareHost>().Log.Write(level, "miniz", text);
}
