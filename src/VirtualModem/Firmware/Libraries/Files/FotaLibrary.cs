using AirHil.Lua.Run;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Update;

namespace AirHil.VirtualModem.Firmware.Libraries.Files;

/// <summary><c>fota</c> (L:luat/modules/luat_lib_fota.c).</summary>
internal static class FotaLibrary
{
    private const int FileBlock = 4096;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("fota")
        .Add("init", Init)
        .Add("wait", static (in LuaCall call) => call.Return(true))
        .Add("run", Run)
        .Add("file", FromFile)
        .Add("isDone", static (in LuaCall call) =>
            call.Return(call.Host<FirmwareHost>().Update.Progress >= 0, call.Host<FirmwareHost>().Update.Progress <= 0))
        .Add("finish", static (in LuaCall call) => call.Return(call.Host<FirmwareHost>().Update.Close()));

    /// <summary>EC618 has one place for updates; the arguments are read and not used.</summary>
    private static int Init(in LuaCall call)
    {
        if (call[1].AsString is null) call.IntOr(1, -1);
        call.IntOr(2, 0);
        call.IntOr(4, -1);
        return call.Return(call.Host<FirmwareHost>().Update.Open());
    }

    /// <summary>What is neither a zbuff nor a text is an empty piece.</summary>
    private static int Run(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        if (call[1].AsUserdata is null)
        {
            var isText = call[1].AsString is not null || call[1].IsNumber;
            return Write(call, isText ? call.String(1).Span : default);
        }

        var buffer = ZbuffLibrary.Argument(call, 1);
        var offset = unchecked((uint)call.IntOr(2, 0));
        var length = unchecked((uint)call.IntOr(3, unchecked((int)((uint)buffer.Used - offset))));
        if (unchecked(length + offset) > buffer.Length)
        {
            host.Log.Write(LogLevel.Error, UpdateWriter.Tag, $"len too long {(int)length} > {buffer.Length}");
            return Give(call, UpdateWriter.Failed);
        }

        if (length > buffer.Length || offset > buffer.Length)
        {
            // The sum has wrapped.
            throw ModuleCrash.Error(
                call, "fota.run of bytes outside of a zbuff", "V1112 reads memory that is not the script's here.");
        }

        return Write(call, buffer.Memory.Slice((int)offset, (int)length));
    }

    private static int Write(in LuaCall call, ReadOnlySpan<byte> piece)
    {
        call.State.ChargeBytes(piece.Length);
        return Give(call, call.Host<FirmwareHost>().Update.Write(piece));
    }

    /// <summary>A whole file; what it gives is of its last block.</summary>
    private static int FromFile(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var path = LuaText.Path(call.String(1));
        if (host.Files.Open(path, "rb") is not { } file)
        {
            host.Log.WriteBytes(LogLevel.Error, UpdateWriter.Tag, $"no such file for FOTA {path}");
            return call.Return(false, false, 0);
        }

        if (!host.SystemHeap.TryAllocate(FileBlock))
        {
            file.Close();
            host.Log.WriteBytes(LogLevel.Error, UpdateWriter.Tag, $"out of memory when reading file {path}");
            return call.Return(false, false, 0);
        }

        var result = 0;
        var block = new byte[FileBlock];
        while (result >= 0 && file.Read(block) is > 0 and var count)
        {
            call.State.ChargeBytes(count);
            result = host.Update.Write(block.AsSpan(0, count));
        }

        host.SystemHeap.Free(FileBlock);
        file.Close();
        return Give(call, result);
    }

    private static int Give(in LuaCall call, int result) => call.Return(result >= 0, result <= 0, result);
}
