namespace AirHil.VirtualModem.Displays;

/// <summary>What <c>lcd</c> keeps from its start to the next reset.</summary>
internal sealed class LcdState
{
    /// <summary>The display that functions draw on; null before lcd.init and after lcd.setDefault(nil).</summary>
    public LcdPanel? Panel { get; set; }

    /// <summary>The one place for a display is taken.</summary>
    public LcdPanel? First { get; set; }

    public ushort Background { get; set; } = 0xFFFF;

    public ushort Foreground { get; set; }
}
