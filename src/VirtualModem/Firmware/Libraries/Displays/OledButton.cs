using AirHil.VirtualModem.Displays;

namespace AirHil.VirtualModem.Firmware.Libraries.Displays;

/// <summary>
/// A text with a frame around it (L:components/u8g2/u8g2_button.c). Sums have 16 bits without a sign. Letters are drawn
/// without their background from then on.
/// </summary>
/// <param name="Flags">u8g2.BTN_…: the border's width in bits 0 to 2, the shadow in 3 and 4.</param>
/// <param name="Width">The least width of the text.</param>
/// <param name="Beside">Points to the left and to the right of the text.</param>
/// <param name="Above">Points above and below it.</param>
internal readonly record struct OledButton(ushort Flags, ushort Width, ushort Beside, ushort Above)
{
    private const int BorderMask = 7;
    private const int ShadowMask = 0x18;
    private const int ShadowShift = 3;
    private const int Inverse = 0x20;
    private const int Centred = 0x40;
    private const int DoubleFrame = 0x80;
    private const byte Toggle = 2;

    /// <param name="panel">The display.</param>
    /// <param name="x">The left edge of the text, or its middle.</param>
    /// <param name="y">The line on which letters stand.</param>
    /// <param name="letters">The text.</param>
    public void Draw(OledPanel panel, ushort x, ushort y, IReadOnlyList<int> letters)
    {
        var width = WidthOf(panel.Letters, letters);
        var isCentred = (Flags & Centred) != 0;
        if (isCentred) x = Short(x - ((width + 1) / 2));
        var left = width < Width && isCentred ? Short(x - ((Width - width) / 2)) : x;
        panel.IsTransparent = true;
        OledText.Draw(panel, x, y, letters);
        Frames(panel, left, y, Math.Max(width, Width));
    }

    /// <summary>The last letter counts as wide as it is, without the gap behind it.</summary>
    private static ushort WidthOf(Letters font, IReadOnlyList<int> letters)
    {
        var known = letters.Where(font.Has).ToArray();
        return Short(known.Length == 0 ? 0 : known.Sum(font.Advance) - font.Advance(known[^1]) + font.Width);
    }

    private void Frames(OledPanel panel, ushort x, ushort y, int width)
    {
        var (canvas, shapes, colour) = (panel.Canvas, new BitShapes(panel.Canvas), panel.Canvas.Colour);
        var (border, gap) = (Flags & BorderMask, BorderMask + 1);
        if ((Flags & DoubleFrame) != 0) (border, gap) = (border + 2, border + 1);
        for (; ; border--)
        {
            var (left, top) = (Short(x - Beside - border), Short(y - panel.Letters.Height - Above - border));
            var (wide, high) = (Short(width + (2 * Beside) + (2 * border)),
                Short(panel.Letters.Height + (2 * Above) + (2 * border)));
            if (border == 0)
            {
                if ((Flags & Inverse) == 0) return;
                canvas.Colour = Toggle;
                shapes.Box(left, top, wide, high);
                canvas.Colour = colour;
                return;
            }

            if (border == gap) canvas.Colour = (byte)(colour == 0 ? 1 : 0);
            shapes.Frame(left, top, wide, high);
            canvas.Colour = colour;
            if ((Flags & ShadowMask) == 0 || border != (Flags & BorderMask)) continue;
            var away = ((Flags & ShadowMask) >> ShadowShift) - 1;
            for (var i = 0; i < border; i++)
            {
                canvas.Across(Short(left + border + away), Short(top + high + i + away), wide);
                canvas.Down(Short(left + wide + i + away), Short(top + border + away), high);
            }
        }
    }

    private static ushort Short(int value) => unchecked((ushort)value);
}
