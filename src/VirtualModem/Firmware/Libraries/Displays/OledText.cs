using AirHil.VirtualModem.Displays;

namespace AirHil.VirtualModem.Firmware.Libraries.Displays;

/// <summary>Letters on a monochrome display; where they are not transparent, their background is drawn too.</summary>
internal static class OledText
{
    public static void Draw(OledPanel panel, ushort x, ushort y, IEnumerable<int> letters)
    {
        var (canvas, colour) = (panel.Canvas, panel.Canvas.Colour);
        foreach (var letter in letters)
        {
            if (!panel.IsTransparent && panel.Letters.Has(letter))
            {
                canvas.Colour = (byte)(colour == 0 ? 1 : 0);
                for (var row = 1; row <= panel.Letters.Height; row++)
                {
                    canvas.Across(x, Short(y - row), (ushort)panel.Letters.Width);
                }

                canvas.Colour = colour;
            }

            foreach (var (left, top, length) in panel.Letters.Runs(letter))
            {
                canvas.Across(Short(x + left), Short(y + top), (ushort)length);
            }

            x = Short(x + panel.Letters.Advance(letter));
        }
    }

    private static ushort Short(int value) => unchecked((ushort)value);
}
