namespace AirHil.VirtualModem.Displays;

/// <summary>
/// A controller of monochrome displays as V1112 drives it (L:components/u8g2/u8x8_d_ssd1306_128x64_noname.c,
/// u8x8_d_ssd1309.c, u8x8_d_ssd1306_128x32.c, u8x8_d_st7567.c, u8x8_d_st7565.c, u8x8_d_uc1701_mini12864.c).
/// </summary>
/// <param name="Name">The <c>ic</c> of u8g2.begin.</param>
/// <param name="XOffset">Columns of its memory before the first one that is drawn to.</param>
/// <param name="SpiHertz">The clock on SPI.</param>
/// <param name="TellsStartLine">Before each eight lines of the picture.</param>
/// <param name="StartCommands">What starts it, before it is switched on. An empty one is a pause.</param>
internal sealed record OledChip(
    string Name, byte XOffset, uint SpiHertz, bool TellsStartLine, IReadOnlyList<byte[]> StartCommands)
{
    /// <summary>The first line of the memory is the first of the display.</summary>
    public const byte StartLine = 0x40;

    /// <summary>In ms.</summary>
    public const int Pause = 50;

    /// <summary>Columns of the memory of a display without light of its own.</summary>
    private const int CrystalColumns = 132;

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

    public static readonly OledChip St7567 = Crystals(
        "st7567", 4,
        [0xE2], [0xAE], [StartLine], [0xA1], [0xC0], [0xA6], [0xA3], [0x2C], [], [0x2E], [], [0x2F], [], [0x23],
        [0x81, 0x0A], [0xAE], [0xA5]);

    public static readonly OledChip Uc1701 = Crystals(
        "uc1701", 0,
        [0xE2], [0xAE], [StartLine], [0xA0], [0xC8], [0xA6], [0xA2], [0x2F], [0xF8], [0x00], [0x23], [0x81], [0x27],
        [0xAC], [0xAE], [0xA5]) with
    {
        ReadyMs = 6,
    };

    /// <summary>Its offset is set again with each message, so that the script's own has no effect.</summary>
    public static readonly OledChip St7565 = Crystals(
        "st7565_jlx12864g109pc", 1,
        [0xE2], [0x2C], [0x2E], [0x2F], [0x23], [0x81], [0x27], [0xA2], [0xC8], [0xA0], [0x60]) with
    {
        HasFixedOffset = true,
    };

    /// <summary>Lines of the display.</summary>
    public int Rows { get; init; } = 64;

    /// <summary>How long the reset line is high and then low, in ms.</summary>
    public int ResetMs { get; init; } = 100;

    /// <summary>From the end of the reset to the first command, in ms.</summary>
    public int ReadyMs { get; init; } = 100;

    /// <summary>Switches it on.</summary>
    public IReadOnlyList<byte[]> OnCommands { get; init; } = [[0xAF]];

    /// <summary>Switches it off.</summary>
    public IReadOnlyList<byte[]> OffCommands { get; init; } = [[0xAE]];

    /// <summary>By how many bits the script's contrast is more than the chip's.</summary>
    public int ContrastShift { get; init; }

    /// <summary>Nothing is written behind so many; null: nobody looks.</summary>
    public int? MemoryColumns { get; init; }

    public bool HasFixedOffset { get; init; }

    /// <summary>The chip of this name; the first one on I2C where V1112 does not know it there; null: none.</summary>
    public static OledChip? Of(string name, bool isOnSpi) => (name, isOnSpi) switch
    {
        ("sh1106", _) => Sh1106,
        ("ssd1309", _) => Ssd1309,
        ("ssd1306", _) => Ssd1306,
        ("st7567", true) => St7567,
        ("uc1701", true) => Uc1701,
        ("st7565_jlx12864g109pc", true) => St7565,
        (_, true) => null,
        ("ssd1306_128x32", _) => Small,
        ("ssd1322" or "sh1108" or "custom", _) => null,
        _ => Ssd1306,
    };

    private static OledChip Crystals(string name, byte offset, params byte[][] start) =>
        new(name, offset, 4_000_000, false, start)
        {
            ResetMs = 1,
            ReadyMs = 1,
            OnCommands = [[0xA4], [0xAF]],
            OffCommands = [[0xAE], [0xA5]],
            ContrastShift = 2,
            MemoryColumns = CrystalColumns,
        };
}
