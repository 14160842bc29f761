using System.Buffers.Binary;

using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Buffers;

/// <summary>
/// The methods of a zbuff (reference §6). Where the firmware compares a signed number with an unsigned length, so do
/// these: a negative count is a very large one.
/// </summary>
internal static class ZbuffMethods
{
    internal static LuaLibrary Methods { get; } = new LibraryDefinition("zbuff")
        .Add("write", Write)
        .Add("read", Read)
        .Add("clear", Clear)
        .Add("seek", Seek)
        .Add("pack", ZbuffPacking.Pack)
        .Add("unpack", ZbuffPacking.Unpack)
        .Add("get", Get)
        .Add("readI8", static (in LuaCall call) => ReadInteger(call, 1, signed: true))
        .Add("readI16", static (in LuaCall call) => ReadInteger(call, 2, signed: true))
        .Add("readI32", static (in LuaCall call) => ReadInteger(call, 4, signed: true))
        .Add("readI64", static (in LuaCall call) => ReadInteger(call, 8, signed: true))
        .Add("readU8", static (in LuaCall call) => ReadInteger(call, 1, signed: false))
        .Add("readU16", static (in LuaCall call) => ReadInteger(call, 2, signed: false))
        .Add("readU32", static (in LuaCall call) => ReadInteger(call, 4, signed: false))
        .Add("readU64", static (in LuaCall call) => ReadInteger(call, 8, signed: false))
        .Add("readF32", static (in LuaCall call) => ReadFloat(call, 4))
        .Add("readF64", static (in LuaCall call) => ReadFloat(call, 8))
        .Add("writeI8", static (in LuaCall call) => WriteNumber(call, 1, isFloat: false))
        .Add("writeI16", static (in LuaCall call) => WriteNumber(call, 2, isFloat: false))
        .Add("writeI32", static (in LuaCall call) => WriteNumber(call, 4, isFloat: false))
        .Add("writeI64", static (in LuaCall call) => WriteNumber(call, 8, isFloat: false))
        .Add("writeU8", static (in LuaCall call) => WriteNumber(call, 1, isFloat: false))
        .Add("writeU16", static (in LuaCall call) => WriteNumber(call, 2, isFloat: false))
        .Add("writeU32", static (in LuaCall call) => WriteNumber(call, 4, isFloat: false))
        .Add("writeU64", static (in LuaCall call) => WriteNumber(call, 8, isFloat: false))
        .Add("writeF32", static (in LuaCall call) => WriteNumber(call, 4, isFloat: true))
        .Add("writeF64", static (in LuaCall call) => WriteNumber(call, 8, isFloat: true))
        .Add("toStr", ToStr)
        .Add("len", Length)
        .Add("setFrameBuffer", ZbuffFrame.SetFrameBuffer)
        .Add("pixel", ZbuffFrame.Pixel)
        .Add("drawLine", ZbuffFrame.DrawLine)
        .Add("drawRect", ZbuffFrame.DrawRectangle)
        .Add("drawCircle", ZbuffFrame.DrawCircle)
        .Add("free", Free)
        .Add("copy", Copy)
        .Add("set", Set)
        .Add("query", ZbuffQuery.Query)
        .Add("del", Delete)
        .Add("resize", Resize)
        .Add("reSize", Resize)
        .Add("used", static (in LuaCall call) => call.Return(ZbuffLibrary.Argument(call, 1).Used))
        .Add("isEqual", IsEqual)
        .AsUserdata;

    /// <summary>The method of this name; null where V1112 has none.</summary>
    public static LuaFunction? Find(LuaString name) => Methods[name].AsFunction;

    public static int Length(in LuaCall call) => call.Return(ZbuffLibrary.Argument(call, 1).Length);

    public static int Free(in LuaCall call)
    {
        ZbuffLibrary.Argument(call, 1).Free();
        return call.Return();
    }

    /// <summary>
    /// A byte, or an entry of the metatable. That lies on the stack behind the arguments, so where no index is given C
    /// takes it for the index.
    /// </summary>
    public static int Get(in LuaCall call)
    {
        if (call.Count == 1) throw call.ArgumentError(2, "number expected, got table");
        if (call[2].AsString is { } name && ZbuffLibrary.MetatableOf(call.State)[name] is { IsNil: false } entry)
        {
            return call.Return(entry);
        }

        var buffer = ZbuffLibrary.Argument(call, 1);
        var index = call.UInt(2);
        return index < buffer.Length ? call.Return(buffer.Memory[(int)index]) : call.Return();
    }

    /// <summary>The one-byte overflow of V1112: harmless here, on a module it spoils the heap.</summary>
    public static void ReportOverflow(in LuaCall call, Zbuff buffer) =>
        call.Host<IFirmwareHost>()
            .Notice($"A zbuff of {buffer.Length} bytes is written one byte past its end (reference §6).");

    private static int Write(in LuaCall call)
    {
        if (!call[2].IsInteger)
        {
            var text = call.String(2);
            var target = ZbuffLibrary.Argument(call, 1);
            if (target.Used <= target.Length) return call.Return(target.Write(text.Span));
            // C corrects the number of bytes to the room, which is all memory.
            throw ModuleCrash.Error(
                call, "zbuff:write of a text behind the end", "V1112 copies more bytes than its memory has.");
        }

        var buffer = ZbuffLibrary.Argument(call, 1);
        var count = 0;
        while (call[2 + count].IsInteger && buffer.Used < buffer.Length)
        {
            buffer.Write([(byte)call[2 + count++].AsInteger]);
        }

        return call.Return(count);
    }

    private static int Read(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var count = unchecked((int)Math.Min(call.UIntOr(2, 1), buffer.Room));
        if (count <= 0) return call.Return(LuaString.Empty);
        return buffer.FitsBeside(count) ? call.Return(call.State.NewString(Take(call, buffer, count))) : call.Return();
    }

    private static int Clear(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        buffer.Memory.Fill((byte)call.IntOr(2, 0));
        return call.Return();
    }

    private static int Seek(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var offset = call.Int(2);
        switch (call.IntOr(3, 0))
        {
            case 0: break;
            case 1: offset += buffer.Used; break;
            case 2: offset += buffer.Length; break;
            default: return call.Return();
        }

        buffer.Used = (int)Math.Clamp(offset, 0, buffer.Length);
        return call.Return(buffer.Used);
    }

    private static int ReadInteger(in LuaCall call, int size, bool signed)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        if (buffer.Room < size) return call.Return();
        ulong value = 0;
        var bytes = Take(call, buffer, size);
        for (var i = size - 1; i >= 0; i--) value = (value << 8) | bytes[i];
        var shift = 64 - (8 * size);
        var integer = signed ? (long)(value << shift) >> shift : (long)value;
        return call.Return(call.State.Numbers.Integer(integer));
    }

    private static int ReadFloat(in LuaCall call, int size)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        if (buffer.Room < size) return call.Return();
        var bytes = Take(call, buffer, size);
        var value =
            size == 4 ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes);
        return call.Return(call.State.Numbers.Float(value));
    }

    /// <summary>A text longer than Lua's heap is an error before it takes memory of the host.</summary>
    public static void CheckFits(LuaState state, long bytes)
    {
        if (bytes > state.HeapLimit) state.ChargeHeap(bytes);
    }

    /// <summary>The bytes at the cursor, which moves behind them.</summary>
    private static byte[] Take(in LuaCall call, Zbuff buffer, int size)
    {
        ReportBehind(call, buffer);
        var bytes = buffer.Copy(buffer.Used, size);
        buffer.Used += size;
        return bytes;
    }

    /// <summary>
    /// A cursor behind the end, where copy may leave it: what is read and written there belongs to others.
    /// </summary>
    public static void ReportBehind(in LuaCall call, Zbuff buffer)
    {
        if (buffer.Used <= buffer.Length || buffer.IsBehindNoticed) return;
        buffer.IsBehindNoticed = true;
        call.Host<IFirmwareHost>().Notice(
            $"The cursor of a zbuff of {buffer.Length} bytes is at {buffer.Used}, past its end (reference §6).");
    }

    private static int WriteNumber(in LuaCall call, int size, bool isFloat)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        if (buffer.Room < size) return call.Return(0);
        ReportBehind(call, buffer);
        Span<byte> place = stackalloc byte[size];
        if (!isFloat)
        {
            var integer = call.Integer(2);
            for (var i = 0; i < size; i++) place[i] = (byte)(integer >> (8 * i));
        }
        else if (size == 4)
        {
            BinaryPrimitives.WriteSingleLittleEndian(place, (float)call.Number(2));
        }
        else
        {
            BinaryPrimitives.WriteDoubleLittleEndian(place, call.Number(2));
        }

        return call.Return(buffer.Write(place));
    }

    private static int ToStr(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var start = Math.Min(call.UIntOr(2, 0), (uint)buffer.Length);
        var count = call.UIntOr(3, buffer.Length);
        if (unchecked(start + count) > buffer.Length) count = (uint)buffer.Length - start;
        // A count that is negative by no more than the start passes that check, and C then asks for far too much
        // memory.
        if (start + (ulong)count > (ulong)buffer.Length)
        {
            throw new LuaException(LuaString.FromText("memory allocation error: block too big"));
        }

        return call.Return(call.State.NewString(buffer.Memory.Slice((int)start, (int)count).ToArray()));
    }

    private static int Copy(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var at = call.IntOr(2, buffer.Used);
        if (at < 0) at += buffer.Used;
        if (at < 0) return call.Return(0);
        if (call[3].IsInteger) return CopyIntegers(call, buffer, at);
        if (call[3].AsString is not null || call[3].IsNumber) return CopyBytes(call, buffer, at, call.String(3).Memory);
        if (ZbuffLibrary.ArgumentOrNull(call, 3) is not { } source) return call.Return(0);
        var start = call.UIntOr(4, 0);
        var count = call.UIntOr(5, source.Used);
        if (count > int.MaxValue / 2) return call.Return(0);
        // The room comes first: a count beyond the heap takes no memory.
        var end = at + (long)count;
        if (end > buffer.Length && !TryGrow(call, buffer, buffer.Length + end)) return call.Return(0);
        call.State.ChargeBytes(count);
        var bytes = new byte[count];
        // What would lie behind the source's memory reads as zeros.
        if (start < source.Length)
        {
            source.Memory[(int)start..Math.Min(source.Length, (int)(start + count))].CopyTo(bytes);
        }

        return CopyBytes(call, buffer, at, bytes);
    }

    private static int CopyBytes(in LuaCall call, Zbuff buffer, long at, ReadOnlyMemory<byte> bytes)
    {
        var end = at + bytes.Length;
        if (end > buffer.Length && !TryGrow(call, buffer, buffer.Length + end)) return call.Return(0);
        bytes.Span.CopyTo(buffer.Memory[(int)at..]);
        buffer.Used = Math.Max(buffer.Used, (int)end);
        return call.Return(bytes.Length);
    }

    /// <summary>It grows only when the place is beyond the end, so the first byte past the end overflows.</summary>
    private static int CopyIntegers(in LuaCall call, Zbuff buffer, long at)
    {
        var count = 0;
        for (; call[3 + count].IsInteger; count++, at++)
        {
            if (at > buffer.Length && !TryGrow(call, buffer, at * 2)) return call.Return(count);
            if (at == buffer.Length) ReportOverflow(call, buffer);
            buffer.MemoryAndNext[(int)at] = (byte)call[3 + count].AsInteger;
        }

        buffer.Used = Math.Max(buffer.Used, (int)at);
        return call.Return(count);
    }

    private static int Set(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var value = (byte)call.IntOr(3, 0);
        var start = call.UIntOr(2, 0);
        var count = call.UIntOr(4, buffer.Length);
        if (unchecked(start + count) > buffer.Length) count = unchecked((uint)buffer.Length - start);
        var end = (long)(int)start + count;
        if ((int)start < 0 || end > buffer.Length) ReportOutside(call, "set", buffer);
        var first = Math.Clamp((int)start, 0, buffer.Length);
        call.State.ChargeBytes(Math.Min(count, (uint)buffer.Length));
        buffer.Memory[first..(int)Math.Clamp(end, first, buffer.Length)].Fill(value);
        return call.Return();
    }

    /// <summary>What lies outside of the memory is left alone here; a module writes over other memory.</summary>
    private static void ReportOutside(in LuaCall call, string method, Zbuff buffer) =>
        call.Host<IFirmwareHost>().Notice(
            $"zbuff:{method} writes outside of its {buffer.Length} bytes: a module writes over other memory, and may " +
            "restart. Give places that lie in the buffer.");

    private static int Delete(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var start = call.IntOr(2, 0);
        if (start < 0) start += buffer.Used;
        if (start < 0 || start >= buffer.Used) return call.Return();
        var count = call.UIntOr(3, buffer.Used);
        if (unchecked((uint)start + count) > buffer.Used) count = (uint)(buffer.Used - start);
        if (count == 0) return call.Return();
        if (start + count == buffer.Used)
        {
            buffer.Used = start;
            return call.Return();
        }

        // The firmware moves as many bytes as remain in all, so that bytes behind the valid ones follow.
        var rest = unchecked((uint)buffer.Used - count);
        var source = unchecked((int)((uint)start + count));
        if (start + (long)rest > buffer.Length) ReportOutside(call, "del", buffer);
        Span<byte> moved = new byte[Math.Min(rest, (uint)Math.Max(0, buffer.Length - start))];
        call.State.ChargeBytes(moved.Length);
        for (var i = 0; i < moved.Length; i++) moved[i] = ByteAt(buffer, (uint)(source + i));
        moved.CopyTo(buffer.Memory[Math.Min(start, buffer.Length)..]);
        buffer.Used = (int)Math.Min(rest, (uint)Math.Max(buffer.Length, buffer.Used));
        return call.Return();
    }

    private static int Resize(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        if (!call[2].IsInteger) return call.Return();
        TryGrow(call, buffer, (uint)call[2].AsInteger);
        return call.Return();
    }

    /// <summary>Changes the size; false, with the firmware's log line, where there is no room.</summary>
    public static bool TryGrow(in LuaCall call, Zbuff buffer, long length)
    {
        call.State.ChargeBytes(buffer.Length);
        if (buffer.TryResize(length)) return true;
        call.Host<IFirmwareHost>().Log.Write(
            LogLevel.Error, "zbuff", $"zbuff realloc failed {buffer.Length} -> {unchecked((int)length)}");
        return false;
    }

    private static int IsEqual(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var offset = call.UIntOr(2, 0);
        var other = ZbuffLibrary.Argument(call, 3);
        var otherOffset = call.UIntOr(4, 0);
        var count = call.UIntOr(5, 1);
        call.State.ChargeBytes(Math.Min(count, Math.Max(buffer.Length, other.Length)));
        for (uint i = 0; i < count && (offset + i < buffer.Length || otherOffset + i < other.Length); i++)
        {
            if (ByteAt(buffer, offset + i) != ByteAt(other, otherOffset + i)) return call.Return(false, (int)i);
        }

        return call.Return(true, 0);
    }

    /// <summary>A byte of the memory; what lies behind it reads as zero.</summary>
    private static byte ByteAt(Zbuff buffer, uint index) => index < buffer.Length ? buffer.Memory[(int)index] : (byte)0;
}
