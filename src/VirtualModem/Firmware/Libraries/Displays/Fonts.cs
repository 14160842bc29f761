using AirHil.VirtualModem.Displays;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;

namespace AirHil.VirtualModem.Firmware.Libraries.Displays;

/// <summary>The fonts that scripts choose by a pointer.</summary>
internal static class Fonts
{
    /// <summary>The font at this address of flash; null: there is none.</summary>
    public static Letters? At(long address) =>
        FunctionCatalogue.FontAt(address) is { } name ? Letters.Of(name) : null;
}
