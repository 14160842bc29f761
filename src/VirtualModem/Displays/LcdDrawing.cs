using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Displays;

/// <summary>
/// The figures of <c>lcd</c>, pixel for pixel as L:components/lcd/luat_lcd.c draws them, with its slips: a slanted line
/// has one point more than its length, and a circle's points are drawn more than once.
/// </summary>
internal sealed class LcdDrawing(LcdPanel panel)
{
    /// <summary>Points outside of the display whose time is charged at once.</summary>
    private const int HiddenPoints = 256;

    /// <summary>A call that draws nothing takes as long as so many bytes.</summary>
    [Guess("Bytes that a library copies in the time of a call that draws nothing. No source tells it.")]
    private const int CallBytes = 16;

    /// <summary>The heap gives a line's bytes and gets them back.</summary>
    [Guess("Bytes that a library copies while the heap gives the bytes of a line and takes them back.")]
    private const int LineBytes = 64;

    public IEnumerable<LcdWrite> Clear(ushort colour) => Fill(0, 0, panel.Width - 1, panel.Height, colour);

    /// <summary>The last line is not filled, the last column is.</summary>
    public IEnumerable<LcdWrite> Fill(int x1, int y1, int x2, int y2, ushort colour)
    {
        for (var y = y1; y < y2; y++)
        {
            foreach (var write in Line(x1, y, x2, y, colour)) yield return write;
        }
    }

    public IEnumerable<LcdWrite> Point(int x, int y, ushort colour)
    {
        yield return LcdWrite.Work.Dot;
        foreach (var write in Draw(Short(x), Short(y), Short(x), Short(y), Pixels(1, colour))) yield return write;
    }

    public IEnumerable<LcdWrite> Line(int x1, int y1, int x2, int y2, ushort colour)
    {
        var dots = (long)(x2 - x1 + 1) * (y2 - y1 + 1);
        if ((x1 != x2 && y1 != y2) || dots <= 0) return Slanted(x1, y1, x2, y2, colour);
        IEnumerable<LcdWrite> work = [new LcdWrite.Work((dots * 2) + LineBytes)];
        return IsOutside(x1, y1, x2, y2) ? work : work.Concat(Draw(x1, y1, x2, y2, Pixels((int)dots, colour)));
    }

    public IEnumerable<LcdWrite> Rectangle(int x1, int y1, int x2, int y2, ushort colour) =>
        Line(x1, y1, x2, y1, colour).Concat(Line(x1, y1, x1, y2, colour))
            .Concat(Line(x1, y2, x2, y2, colour)).Concat(Line(x2, y1, x2, y2, colour));

    public IEnumerable<LcdWrite> Circle(int x, int y, byte radius, ushort colour)
    {
        var (a, b, error) = (0, (int)radius, 3 - (radius << 1));
        while (a <= b)
        {
            foreach (var (dx, dy) in new[]
                { (-b, -a), (b, -a), (-a, b), (-b, -a), (-a, -b), (b, a), (a, -b), (a, b), (-b, a) })
            {
                foreach (var write in Point(x + dx, y + dy, colour)) yield return write;
            }

            a++;
            if (error < 0) error += (4 * a) + 6;
            else error += 10 + (4 * (a - b--));
            foreach (var write in Point(x + a, y + b, colour)) yield return write;
        }
    }

    /// <summary>Letters from the left; y is their base line.</summary>
    public IEnumerable<LcdWrite> Text(int x, int y, IEnumerable<int> letters, ushort colour)
    {
        foreach (var letter in letters)
        {
            foreach (var (left, top, length) in panel.Letters.Runs(letter))
            {
                var at = Short(x + left);
                foreach (var write in Line(at, Short(y + top), Short(at + length - 1), Short(y + top), colour))
                {
                    yield return write;
                }
            }

            x += panel.Letters.Advance(letter);
        }
    }

    /// <summary>Pixels that are given, line by line, as they go out.</summary>
    public IEnumerable<LcdWrite> Draw(int x1, int y1, int x2, int y2, byte[] pixels)
    {
        if (IsOutside(x1, y1, x2, y2)) return [];
        y2 = Math.Min(y2, panel.Height - 1);
        if (panel.Buffer is not null)
        {
            Keep(x1, y1, x2, y2, pixels);
            return [new LcdWrite.Work((x2 - x1 + 1L) * (y2 - y1 + 1L) * 2)];
        }

        return x1 >= 0 && y1 >= 0 && x2 <= panel.Width
            ? panel.Window(x1, y1, x2, y2).Append(
                new LcdWrite.Bytes(Part(pixels, 0, (x2 - x1 + 1) * (y2 - y1 + 1))))
            : ByLines(x1, y1, x2, y2, pixels);
    }

    /// <summary>A pixel of a colour, so often; the bytes are swapped but for EC718's own interface.</summary>
    public byte[] Pixels(int count, ushort colour)
    {
        var (first, second) = ((byte)(colour >> 8), (byte)colour);
        if (panel.Port == LcdPanel.HardwarePort) (first, second) = (second, first);
        var pixels = new byte[count * 2];
        for (var i = 0; i < pixels.Length; i += 2) (pixels[i], pixels[i + 1]) = (first, second);
        return pixels;
    }

    private bool IsOutside(int x1, int y1, int x2, int y2) =>
        x1 >= panel.Width || y1 >= panel.Height || x2 < 0 || y2 < 0 || x2 < x1 || y2 < y1;

    private static short Short(int value) => unchecked((short)value);

    /// <summary>Memory behind what was given reads 0.</summary>
    private static byte[] Part(byte[] pixels, int first, int count)
    {
        var part = new byte[count * 2];
        var from = Math.Min(first * 2, pixels.Length);
        pixels.AsSpan(from, Math.Min(part.Length, pixels.Length - from)).CopyTo(part);
        return part;
    }

    private IEnumerable<LcdWrite> Slanted(int x1, int y1, int x2, int y2, ushort colour)
    {
        var (stepX, stepY) = (Math.Sign(x2 - x1), Math.Sign(y2 - y1));
        var (wide, high) = (Math.Abs(x2 - x1), Math.Abs(y2 - y1));
        var distance = Math.Max(wide, high);
        var (x, y, errorX, errorY) = (x1, y1, 0, 0);
        var hidden = 0;
        for (var i = 0; i <= distance + 1; i++)
        {
            if (IsOutside(Short(x), Short(y), Short(x), Short(y)))
            {
                if (++hidden % HiddenPoints == 0) yield return new LcdWrite.Work(HiddenPoints * CallBytes);
            }
            else
            {
                foreach (var write in Point(x, y, colour)) yield return write;
            }

            errorX += wide;
            errorY += high;
            if (errorX > distance) (errorX, x) = (errorX - distance, x + stepX);
            if (errorY > distance) (errorY, y) = (errorY - distance, y + stepY);
        }

        yield return new LcdWrite.Work(hidden % HiddenPoints * CallBytes);
    }

    private IEnumerable<LcdWrite> ByLines(int x1, int y1, int x2, int y2, byte[] pixels)
    {
        var width = x2 - x1 + 1;
        var left = Math.Max(0, x1);
        var right = Math.Min(x2, panel.Width);
        for (var y = Math.Max(0, y1); y <= y2; y++)
        {
            foreach (var write in panel.Window(left, y, right, y)) yield return write;
            yield return new LcdWrite.Bytes(Part(pixels, (width * (y - y1)) + left - x1, right - left + 1));
        }
    }

    private void Keep(int x1, int y1, int x2, int y2, byte[] pixels)
    {
        var width = x2 - x1 + 1;
        var (left, right) = (Math.Max(0, x1), Math.Min(x2, panel.Width - 1));
        for (var y = Math.Max(0, y1); y <= y2; y++)
        {
            Part(pixels, (width * (y - y1)) + left - x1, right - left + 1)
                .CopyTo(panel.Buffer.AsSpan(((panel.Width * y) + left) * 2));
        }

        panel.FirstLine = Math.Min(panel.FirstLine, Math.Max(0, y1));
        panel.LastLine = Math.Max(panel.LastLine, y2);
    }
}
