using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Buffers;

/// <summary>
/// A zbuff as a picture (L:luat/modules/luat_lib_zbuff.c): setFrameBuffer, pixel and the figures. Points are set as the
/// C code sets them, without a look at the end of the memory: what lies outside is noticed and lost.
/// </summary>
internal static class ZbuffFrame
{
    /// <summary>
    /// Points of one call that are really visited. A module that visits more is busy for seconds; the rest takes its
    /// time, but sets nothing.
    /// </summary>
    private const long MostPoints = 1 << 22;

    private const int OneByte = 0x100;
    private const int TwoBytes = 0x10000;
    private const int ThreeBytes = 0x1000000;

    public static int SetFrameBuffer(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var (width, height, bits) = (call.Integer(2), call.Integer(3), call.Integer(4));
        var product = unchecked(width * height * bits);
        if (call.State.Options.Bits == 32) product = unchecked((int)product);
        if (unchecked((uint)(((product - 1) / 8) + 1)) > buffer.Length) return call.Return();
        (buffer.Width, buffer.Height, buffer.Depth) = unchecked(((uint)width, (uint)height, (byte)bits));
        if (call[5].IsInteger) Fill(call, buffer, call[5].AsInteger);
        return call.Return(true);
    }

    /// <summary>Sets every point, from the first on.</summary>
    public static void Fill(in LuaCall call, Zbuff buffer, long colour)
    {
        var pen = new Pen(buffer, colour);
        var count = unchecked(buffer.Width * buffer.Height);
        for (uint i = 0; i < count && i < MostPoints; i++) pen.Set(i);
        End(call, pen, count);
    }

    public static int Pixel(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var (x, y) = (call.UInt(2), call.UInt(3));
        if (x >= buffer.Width || y >= buffer.Height) return call.Return();
        var point = unchecked(x + (y * buffer.Width));
        if (!call[4].IsInteger) return call.Return(LuaValue.Integer(unchecked((int)Get(buffer, point))));
        var pen = new Pen(buffer, call[4].AsInteger);
        pen.Set(point);
        End(call, pen, 1);
        return call.Return(true);
    }

    /// <summary>Without its last point.</summary>
    public static int DrawLine(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        if (buffer.Width == 0) return call.Return();
        var (x, y) = (call.Int(2), call.Int(3));
        var (dx, dy) = unchecked((call.Int(4) - x, call.Int(5) - y));
        var pen = new Pen(buffer, call.UIntOr(6, 0));
        var (across, down) = (Math.Abs((long)dx), Math.Abs((long)dy));
        var isSteep = down > across;
        var (longer, shorter) = isSteep ? (down, across) : (across, down);
        var error = (float)((2 * shorter) - longer);
        for (var i = 0L; i < Math.Min(longer, MostPoints); i++)
        {
            if (x >= 0 && y >= 0 && x < buffer.Width && y < buffer.Height)
            {
                pen.Set(unchecked((uint)x + ((uint)y * buffer.Width)));
            }

            if (error >= 0)
            {
                error -= 2 * longer;
                if (isSteep) x += dx >= 0 ? 1 : -1;
                else y += dy >= 0 ? 1 : -1;
            }

            error += 2 * shorter;
            if (isSteep) y += dy >= 0 ? 1 : -1;
            else x += dx >= 0 ? 1 : -1;
        }

        End(call, pen, longer);
        return call.Return(true);
    }

    /// <summary>With both corners, which are moved into the picture.</summary>
    public static int DrawRectangle(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        if (buffer.Width == 0) return call.Return();
        var (x1, y1) = (Inside(call.Int(2), buffer.Width), Inside(call.Int(3), buffer.Height));
        var (x2, y2) = (Inside(call.Int(4), buffer.Width), Inside(call.Int(5), buffer.Height));
        var pen = new Pen(buffer, call.IntOr(6, 0));
        var (left, right, top, bottom) = (Math.Min(x1, x2), Math.Max(x1, x2), Math.Min(y1, y2), Math.Max(y1, y2));
        var visited = 0L;
        if (call.Truthy(7))
        {
            for (var x = left; x <= right && visited < MostPoints; x++)
            {
                for (var y = top; y <= bottom && visited < MostPoints; y++, visited++) pen.Set(At(x, y, buffer));
            }
        }
        else
        {
            for (var x = left; x <= right && visited < MostPoints; x++, visited += 2)
            {
                pen.Set(At(x, top, buffer));
                pen.Set(At(x, bottom, buffer));
            }

            for (var y = top; y <= bottom && visited < MostPoints; y++, visited += 2)
            {
                pen.Set(At(left, y, buffer));
                pen.Set(At(right, y, buffer));
            }
        }

        End(call, pen, visited);
        return call.Return(true);
    }

    private static long Inside(int place, uint limit) => place < 0 ? 0
        : (uint)place >= limit ? unchecked((int)(limit - 1))
        : place;

    private static uint At(long x, long y, Zbuff buffer) => unchecked((uint)x + ((uint)y * buffer.Width));

    /// <summary>
    /// A circle that leaves the picture to the left or above is not drawn at all; one that leaves it to the right goes
    /// on in the next line.
    /// </summary>
    public static int DrawCircle(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        if (buffer.Width == 0) return call.Return();
        var (left, top, radius) = (call.Int(2), call.Int(3), call.Int(4));
        var pen = new Pen(buffer, call.IntOr(5, 0));
        var isFilled = call.Truthy(6);
        if (unchecked(left + radius) < 0 || unchecked((uint)(left - radius)) >= buffer.Width
            || unchecked(top + radius) < 0 || unchecked((uint)(top - radius)) >= buffer.Height)
        {
            return call.Return();
        }

        var visited = 0L;
        int x = 0, y = radius, d = unchecked(3 - (2 * radius));
        while (x <= y && visited < MostPoints)
        {
            for (var yi = isFilled ? x : y; yi <= y && visited < MostPoints; yi++, visited += 8)
            {
                Octants(pen, buffer, left, top, x, yi);
            }

            if (d < 0)
            {
                d = unchecked(d + (4 * x) + 6);
            }
            else
            {
                d = unchecked(d + (4 * (x - y)) + 10);
                y--;
            }

            x++;
        }

        End(call, pen, visited);
        return call.Return(true);
    }

    /// <summary>The point and its seven reflections, where the distances themselves lie in the picture.</summary>
    private static void Octants(Pen pen, Zbuff buffer, int left, int top, int x, int y)
    {
        if (x >= buffer.Width || y >= buffer.Height) return;
        pen.Set(At(left + x, top + y, buffer));
        pen.Set(At(left - x, top + y, buffer));
        pen.Set(At(left + x, top - y, buffer));
        pen.Set(At(left - x, top - y, buffer));
        pen.Set(At(left + y, top + x, buffer));
        pen.Set(At(left - y, top + x, buffer));
        pen.Set(At(left + y, top - x, buffer));
        pen.Set(At(left - y, top - x, buffer));
    }

    /// <summary>A colour of 32 bits lies at the number of its point, not at four times that.</summary>
    private static uint Get(Zbuff buffer, uint point) => buffer.Depth switch
    {
        1 => (uint)(ByteAt(buffer, point / 8) >> (7 - (int)(point % 8))) % 2,
        4 => (uint)(ByteAt(buffer, point / 2) >> (point % 2 == 0 ? 4 : 0)) % 0x10,
        8 => ByteAt(buffer, point),
        16 => Bytes(buffer, unchecked(point * 2), 2),
        24 => Bytes(buffer, unchecked(point * 3), 3),
        32 => Bytes(buffer, point, 4),
        _ => 0,
    };

    private static uint Bytes(Zbuff buffer, uint from, uint count)
    {
        uint value = 0;
        for (uint i = 0; i < count; i++) value = (value << 8) | ByteAt(buffer, unchecked(from + i));
        return value;
    }

    private static byte ByteAt(Zbuff buffer, uint index) => index < buffer.Length ? buffer.Memory[(int)index] : (byte)0;

    /// <summary>The points take time, and what was outside is noticed.</summary>
    private static void End(in LuaCall call, Pen pen, long points)
    {
        call.State.Charge(points);
        if (!pen.WasOutside) return;
        call.Host<IFirmwareHost>().Notice(string.Create(CultureInfo.InvariantCulture,
            $"a figure sets points outside of the {pen.Length} bytes of its zbuff: a module overwrites other memory. " +
            $"Keep the figure within the width and height of setFrameBuffer."));
    }

    /// <summary>Sets points of one colour, with C's division and remainder of negative numbers.</summary>
    private sealed class Pen(Zbuff buffer, long colour)
    {
        public int Length => buffer.Length;

        public bool WasOutside { get; private set; }

        public void Set(uint point)
        {
            switch (buffer.Depth)
            {
                case 1:
                    var mask = 1 << (7 - (int)(point % 8));
                    Change(point / 8, mask, colour % 2 != 0 ? mask : 0);
                    break;
                case 4:
                    var isLow = point % 2 != 0;
                    Change(point / 2, isLow ? 0x0F : 0xF0, isLow ? colour : colour * 0x10);
                    break;
                case 8:
                    Change(point, 0xFF, colour);
                    break;
                case 16:
                    Change(unchecked(point * 2), 0xFF, colour / OneByte);
                    Change(unchecked((point * 2) + 1), 0xFF, colour % OneByte);
                    break;
                case 24:
                    Change(unchecked(point * 3), 0xFF, colour / TwoBytes);
                    Change(unchecked((point * 3) + 1), 0xFF, colour % TwoBytes / OneByte);
                    Change(unchecked((point * 3) + 2), 0xFF, colour % OneByte);
                    break;
                case 32:
                    Change(point, 0xFF, colour / ThreeBytes);
                    Change(unchecked(point + 1), 0xFF, colour % ThreeBytes / TwoBytes);
                    Change(unchecked(point + 2), 0xFF, colour % TwoBytes / OneByte);
                    Change(unchecked(point + 3), 0xFF, colour % OneByte);
                    break;
            }
        }

        /// <summary>Clears the bits of the mask and adds those of the value, also others.</summary>
        private void Change(uint index, int mask, long value)
        {
            if (index >= buffer.Length)
            {
                WasOutside = true;
                return;
            }

            ref var place = ref buffer.Memory[(int)index];
            place = unchecked((byte)((place & ~mask) | (byte)value));
        }
    }
}
