using AirHil.VirtualModem.Buses;

namespace AirHil.VirtualModem.Displays;

/// <summary>What <c>u8g2</c> keeps of its one display from the start to the next reset.</summary>
internal sealed class OledState
{
    /// <summary>u8g2.begin was called, and close was not.</summary>
    public bool IsTaken { get; set; }

    /// <summary>Null: begin has not got that far.</summary>
    public OledPanel? Panel { get; set; }

    /// <summary>The last mode that was known, which counts where a later one is not; null: none.</summary>
    public string? Mode { get; set; }
}

/// <summary>A display with 128 columns.</summary>
internal sealed class OledPanel(OledChip chip, int turns)
{
    public OledChip Chip => chip;

    public BitCanvas Canvas { get; } = new(turns, chip.Rows);

    public required bool IsOnSpi { get; init; }

    /// <summary>The bus that the library makes of two pins; null: one of the chip's.</summary>
    public I2cMaster? Pins { get; init; }

    /// <summary>The bus.</summary>
    public int Id { get; init; }

    public int Speed { get; init; }
    public int Reset { get; init; }
    public int Data { get; init; }
    public int Select { get; init; }
    public byte XOffset { get; set; } = chip.XOffset;
    public Letters Letters { get; set; } = Letters.Small;

    /// <summary>Letters are drawn without their background.</summary>
    public bool IsTransparent { get; set; }
}
