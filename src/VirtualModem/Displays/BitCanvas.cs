using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Displays;

/// <summary>
/// The buffer of a monochrome display with 128 columns, and the lines that u8g2 draws in it. Places are numbers of
/// 16 bits without a sign, so what is left of the display or above it wraps (L:components/u8g2/u8g2_hvline.c).
/// </summary>
/// <param name="turns">Quarter turns of the picture to the right.</param>
/// <param name="rows">Lines of the display.</param>
internal sealed class BitCanvas(int turns, int rows = 64)
{
    public const int Columns = 128;

    private const byte Toggle = 2;

    /// <summary>Even a line outside of the display is cut at its edges.</summary>
    [Guess("Bytes that a library copies while a line is cut at the edges of the display. No source tells it.")]
    private const int LineBytes = 16;

    private long _work;

    public int Rows { get; } = rows;

    /// <summary>A byte has eight pixels of a column, the highest pixel in the lowest bit.</summary>
    public byte[] Buffer { get; } = new byte[Columns * rows / 8];

    /// <summary>As the script sees it.</summary>
    public ushort Width { get; } = (ushort)(turns % 2 == 0 ? Columns : rows);

    public ushort Height { get; } = (ushort)(turns % 2 == 0 ? rows : Columns);

    /// <summary>0 clears, 1 sets, 2 turns over.</summary>
    public byte Colour { get; set; } = 1;

    /// <summary>Bits of pictures that are 0 are not drawn.</summary>
    public bool IsTransparent { get; set; }

    /// <summary>The bytes and pixels that drawing has looked at since somebody asked.</summary>
    public long TakeWork()
    {
        var work = _work;
        _work = 0;
        return work;
    }

    public void Clear()
    {
        _work += Buffer.Length;
        Array.Clear(Buffer);
    }

    public void Pixel(ushort x, ushort y)
    {
        _work += LineBytes;
        if (x < Width && y < Height) Change(x, y);
    }

    public void Across(ushort x, ushort y, ushort length)
    {
        _work += LineBytes;
        if (length == 0 || y >= Height || !Clip(ref x, ref length, Width)) return;
        _work += length;
        for (var i = 0; i < length; i++) Change(x + i, y);
    }

    public void Down(ushort x, ushort y, ushort length)
    {
        _work += LineBytes;
        if (length == 0 || x >= Width || !Clip(ref y, ref length, Height)) return;
        _work += length;
        for (var i = 0; i < length; i++) Change(x, y + i);
    }

    /// <summary>Whether a rectangle has a part of the display; its ends may have wrapped.</summary>
    public bool Touches(int x1, int y1, int x2, int y2)
    {
        _work += LineBytes;
        return Touches(Height, y1, y2) && Touches(Width, x1, x2);
    }

    private static bool Touches(int end, int from, int to)
    {
        var (first, last) = (unchecked((ushort)from), unchecked((ushort)to));
        return first < end ? last > 0 || first > last : last > 0 && first > last;
    }

    /// <summary>Keeps the part from 0 to the end; a line that wraps is taken for one that ends at the edge.</summary>
    private static bool Clip(ref ushort start, ref ushort length, ushort end)
    {
        var stop = unchecked((ushort)(start + length));
        if (start > stop)
        {
            if (start < end) stop = (ushort)(end - 1);
            else start = 0;
        }

        if (start >= end || stop == 0) return false;
        length = (ushort)(Math.Min(stop, end) - start);
        return true;
    }

    private void Change(int x, int y)
    {
        var (column, row) = turns switch
        {
            0 => (x, y),
            1 => (Columns - 1 - y, x),
            2 => (Columns - 1 - x, Rows - 1 - y),
            _ => (y, Rows - 1 - x),
        };
        ref var cell = ref Buffer[(row / 8 * Columns) + column];
        var bit = (byte)(1 << (row % 8));
        if (Colour == Toggle) cell ^= bit;
        else if (Colour == 0) cell &= (byte)~bit;
        else cell |= bit;
    }
}
