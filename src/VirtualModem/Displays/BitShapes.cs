namespace AirHil.VirtualModem.Displays;

/// <summary>The figures of u8g2, pixel for pixel (L:components/u8g2/u8g2_line.c, u8g2_box.c, u8g2_circle.c).</summary>
internal sealed class BitShapes(BitCanvas canvas)
{
    private const int UpperRight = 1;
    private const int UpperLeft = 2;
    private const int LowerLeft = 4;
    private const int LowerRight = 8;

    public void Line(ushort x1, ushort y1, ushort x2, ushort y2)
    {
        var wide = Math.Abs(x1 - x2);
        var high = Math.Abs(y1 - y2);
        var isSteep = high > wide;
        if (isSteep) (wide, high, x1, y1, x2, y2) = (high, wide, y1, x1, y2, x2);
        if (x1 > x2) (x1, y1, x2, y2) = (x2, y2, x1, y1);
        var error = unchecked((short)(wide >> 1));
        var step = y2 > y1 ? 1 : -1;
        var y = y1;
        if (x2 == ushort.MaxValue) x2--;
        for (var x = x1; x <= x2; x++)
        {
            if (isSteep) canvas.Pixel(y, x);
            else canvas.Pixel(x, y);
            error = unchecked((short)(error - high));
            if (error >= 0) continue;
            y = unchecked((ushort)(y + step));
            error = unchecked((short)(error + wide));
        }
    }

    public void Box(ushort x, ushort y, ushort width, ushort height)
    {
        if (!canvas.Touches(x, y, x + width, y + height)) return;
        for (; height > 0; height--) canvas.Across(x, y++, width);
    }

    public void Frame(ushort x, ushort y, ushort width, ushort height)
    {
        if (!canvas.Touches(x, y, x + width, y + height)) return;
        canvas.Across(x, y, width);
        if (height < 2) return;
        height -= 2;
        y++;
        if (height > 0)
        {
            canvas.Down(x, y, height);
            canvas.Down(Short(x + width - 1), y, height);
            y = Short(y + height);
        }

        canvas.Across(x, y, width);
    }

    public void RoundBox(ushort x, ushort y, ushort width, ushort height, ushort radius) =>
        Round(x, y, width, height, radius, true);

    public void RoundFrame(ushort x, ushort y, ushort width, ushort height, ushort radius) =>
        Round(x, y, width, height, radius, false);

    public void Circle(ushort x, ushort y, ushort radius, int parts) => Circle(x, y, radius, parts, false);

    public void Disc(ushort x, ushort y, ushort radius, int parts) => Circle(x, y, radius, parts, true);

    /// <summary>The halves of each quarter, from the side and from the top (Foley, Computer Graphics, p. 90).</summary>
    public void Ellipse(ushort x, ushort y, ushort rx, ushort ry, int parts, bool isFilled)
    {
        if (!canvas.Touches(x - rx, y - ry, x + rx + 1, y + ry + 1)) return;
        unchecked
        {
            int a2 = rx * rx * 2, b2 = ry * ry * 2;
            var (dx, dy, error) = ((int)rx, 0, 0);
            int xStep = (1 - (2 * rx)) * ry * ry, yStep = rx * rx;
            for (int stopX = b2 * rx, stopY = 0; stopX >= stopY;)
            {
                Quarters(x, y, dx, dy++, parts, isFilled);
                stopY += a2;
                error += yStep;
                yStep += a2;
                if ((2 * error) + xStep <= 0) continue;
                dx--;
                stopX -= b2;
                error += xStep;
                xStep += b2;
            }

            (dx, dy, error) = (0, ry, 0);
            (xStep, yStep) = (ry * ry, (1 - (2 * ry)) * rx * rx);
            for (int stopX = 0, stopY = a2 * ry; stopX <= stopY;)
            {
                Quarters(x, y, dx++, dy, parts, isFilled);
                stopX += b2;
                error += xStep;
                xStep += b2;
                if ((2 * error) + yStep <= 0) continue;
                dy--;
                stopY -= a2;
                error += yStep;
                yStep += a2;
            }
        }
    }

    /// <summary>A bit for each pixel, the lowest first.</summary>
    public void Picture(ushort x, ushort y, ushort width, ushort height, ReadOnlySpan<byte> bits)
    {
        if (!canvas.Touches(x, y, x + width, y + height)) return;
        var line = (width + 7) / 8;
        var colour = canvas.Colour;
        for (var row = 0; row < height; row++)
        {
            if (!canvas.Touches(x, y + row, x + width, y + row + 1)) continue;
            for (var i = 0; i < width; i++)
            {
                var at = (row * line) + (i / 8);
                var isLit = at < bits.Length && (bits[at] & (1 << (i % 8))) != 0;
                if (!isLit && canvas.IsTransparent) continue;
                canvas.Colour = isLit ? colour : (byte)(colour == 0 ? 1 : 0);
                canvas.Across(Short(x + i), Short(y + row), 1);
            }
        }

        canvas.Colour = colour;
    }

    private static ushort Short(int value) => unchecked((ushort)value);

    private void Circle(ushort x, ushort y, ushort radius, int parts, bool isFilled)
    {
        if (!canvas.Touches(x - radius, y - radius, x + radius + 1, y + radius + 1)) return;
        unchecked
        {
            var (f, stepX, stepY) = ((short)(1 - radius), (short)1, (short)(-2 * radius));
            ushort dx = 0, dy = radius;
            Eighths(x, y, dx, dy, parts, isFilled);
            while (dx < dy)
            {
                if (f >= 0)
                {
                    dy--;
                    stepY += 2;
                    f += stepY;
                }

                dx++;
                stepX += 2;
                f += stepX;
                Eighths(x, y, dx, dy, parts, isFilled);
            }
        }
    }

    private void Eighths(int x, int y, int dx, int dy, int parts, bool isFilled)
    {
        Quarters(x, y, dx, dy, parts, isFilled);
        Quarters(x, y, dy, dx, parts, isFilled);
    }

    /// <summary>A point in each quarter, or the line from it to the middle.</summary>
    private void Quarters(int x, int y, int dx, int dy, int parts, bool isFilled)
    {
        foreach (var (part, right, down) in new[]
            { (UpperRight, 1, -1), (UpperLeft, -1, -1), (LowerRight, 1, 1), (LowerLeft, -1, 1) })
        {
            if ((parts & part) == 0) continue;
            if (!isFilled) canvas.Pixel(Short(x + (right * dx)), Short(y + (down * dy)));
            else canvas.Down(Short(x + (right * dx)), Short(down < 0 ? y - dy : y), Short(dy + 1));
        }
    }

    private void Round(ushort x, ushort y, ushort width, ushort height, ushort radius, bool isFilled)
    {
        if (!canvas.Touches(x, y, x + width, y + height)) return;
        var (left, upper) = (Short(x + radius), Short(y + radius));
        var (right, lower) = (Short(x + width - radius - 1), Short(y + height - radius - 1));
        Circle(left, upper, radius, UpperLeft, isFilled);
        Circle(right, upper, radius, UpperRight, isFilled);
        Circle(left, lower, radius, LowerLeft, isFilled);
        Circle(right, lower, radius, LowerRight, isFilled);
        var (inWidth, inHeight) = (Short(width - (2 * radius)), Short(height - (2 * radius)));
        left++;
        upper++;
        if (inWidth >= 3)
        {
            var length = Short(inWidth - 2);
            if (isFilled)
            {
                Box(left, y, length, Short(radius + 1));
                Box(left, lower, length, Short(radius + 1));
            }
            else
            {
                canvas.Across(left, y, length);
                canvas.Across(left, Short(y + height - 1), length);
            }
        }

        if (inHeight < 3) return;
        if (isFilled)
        {
            Box(x, upper, width, Short(inHeight - 2));
            return;
        }

        canvas.Down(x, upper, Short(inHeight - 2));
        canvas.Down(Short(x + width - 1), upper, Short(inHeight - 2));
    }
}
