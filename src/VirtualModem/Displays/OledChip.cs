namespace AirHil.VirtualModem.Displays;

/// <summary>
/// A controller of monochrome displays as V1112 drives it (L:components/u8g2/u8x8_d_ssd1306_128x64_noname.c,
/// u8x8_d_ssd1309.c, u8x8_d_ssd1306_128x32.c).
/// </summary>
/// <param name="Name">The <c>ic</c> of u8g2.begin.</param>
/// <param name="XOffset">Columns of its memory before the first one that is drawn to.</param>
/// <param name="SpiHertz">The clock on SPI.</param>
/// <param name="TellsStartLine">Before each eight lines of the picture.</param>
/// <param name="StartCommands">What starts it, before it is switched on.</param>
internal sealed record OledChip(
    string Name, byte XOffset, uint SpiHertz, bool TellsStartLine, IReadOnlyList<byte[]> StartCommands)
{
    /// <summary>The first line of the memory is the first of the display.</summary>
    public const byte StartLine = 0x40;

    /// <summary>Lines of the display.</summary>
    public int Rows { get; init; } = 64;

    private static readonly byte[][] Start =
    [
        [0xAE], [0xD5, 0x80], [0xA8, 0x3F], [0xD3, 0x00], [StartLine], [0x8D, 0x14], [0x20, 0x00], [0xA1], [0xC8],
        [0xDA, 0x12], [0x81, 0xCF], [0xD9, 0xF1], [0xDB, 0x40], [0x2E], [0xA4], [0xA6],
    ];

    public static readonly OledChip Ssd1306 = new("ssd1306", 0, 8_000_000, true, Start);

    /// <summary>It gets the same commands, and has two columns on each side that nobody sees.</summary>
    public static readonly OledChip Sh1106 = new("sh1106", 2, 4_000_000, true, Start);

    /// <summary>The small display with half the lines; V1112 knows it on I2C only.</summary>
    public static readonly OledChip Small = new(
        "ssd1306_128x32", 0, 0, false,
        [
            [0xAE], [0xD5, 0x80], [0xA8, 0x1F], [0xD3, 0x00], [StartLine], [0x8D, 0x14], [0x20, 0x00], [0xA1], [0xC8],
            [0xDA, 0x02], [0x81, 0x8F], [0xD9, 0xF1], [0xDB, 0x40], [0x2E], [0xA4], [0xA6],
        ])
    {
        Rows = 32,
    };

    /// <summary>V1112 takes the variant whose picture begins in the third column.</summary>
    public static readonly OledChip Ssd1309 = new(
        "ssd1309", 2, 4_000_000, false,
        [
            [0xAE], [0xD5, 0xA0], [StartLine], [0x20, 0x02], [0xA1], [0xC8], [0xDA, 0x12], [0x81, 0x6F], [0xD9, 0xD3],
            [0xDB, 0x20], [0x2E], [0xA4], [0xA6],
        ]);

    /// <summary>The chip of this name; the first one where V1112 does not know it.</summary>
    public static OledChip Of(string name) => name switch
    {
        "sh1106" => Sh1106,
        "ssd1309" => Ssd1309,
        "ssd1306_128x32" => Small,
        _ => Ssd1306,
    };
}
