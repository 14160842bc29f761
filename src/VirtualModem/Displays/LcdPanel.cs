using AirHil.VirtualModem.Buses;

namespace AirHil.VirtualModem.Displays;

/// <summary>
/// The driver of the one display of <c>lcd</c> (L:components/lcd/luat_lcd.c). What it does on the wires comes as
/// <see cref="LcdWrite"/>s.
/// </summary>
internal sealed class LcdPanel
{
    public const int DevicePort = 255;
    public const int NoPin = 255;

    /// <summary>The LCD interface of EC718; EC618 has none.</summary>
    public const int HardwarePort = 0x20;

    public const int DefaultWidth = 240;
    public const int DefaultHeight = 320;

    private const int LongestData = 32;
    private const byte Sleep = 0x10;
    private const byte WakeUp = 0x11;
    private const byte DisplayOff = 0x28;
    private const byte DisplayOn = 0x29;
    private const byte MemoryAccess = 0x36;

    /// <summary>The number of spi.setup, or 255: the object.</summary>
    public int Port { get; set; }

    public SpiDevice? Device { get; set; }
    public required LcdChip Chip { get; init; }
    public int DataPin { get; set; } = NoPin;
    public int PowerPin { get; set; } = NoPin;
    public int ResetPin { get; set; }
    public short Width { get; set; }
    public short Height { get; set; }
    public byte XOffset { get; set; }
    public byte YOffset { get; set; }
    public byte Direction { get; set; }

    /// <summary>Whether the data line tells commands from data (the modes with four wires).</summary>
    public bool HasDataPin { get; set; } = true;

    /// <summary>Zero is the default.</summary>
    public byte SleepCommand { get; set; }

    /// <summary>Zero is the default.</summary>
    public byte WakeCommand { get; set; }

    public bool FlushesAlways { get; set; } = true;

    /// <summary>Two bytes a pixel, as they go out; null: drawing goes to the display at once.</summary>
    public byte[]? Buffer { get; set; }

    /// <summary>The lines that the display does not have yet; none where the last is above the first.</summary>
    public int FirstLine { get; set; }

    public int LastLine { get; set; }

    public Letters Letters { get; set; } = Letters.Default;

    public IEnumerable<LcdWrite> Start()
    {
        if (Width == 0) Width = DefaultWidth;
        if (Height == 0) Height = DefaultHeight;
        if (PowerPin != NoPin) yield return new LcdWrite.Pin(PowerPin, false, true);
        if (HasDataPin && DataPin != NoPin) yield return new LcdWrite.Pin(DataPin, true, true);
        yield return new LcdWrite.Pin(ResetPin, false, true);
        yield return new LcdWrite.Pause(100);
        yield return new LcdWrite.Pin(ResetPin, true);
        yield return new LcdWrite.Pause(120);
        foreach (var write in Wake()) yield return write;
        yield return new LcdWrite.Pause(120);
        foreach (var write in StartWords()) yield return write;
        yield return Turn(Direction);
        foreach (var write in Wake()) yield return write;
        yield return new LcdWrite.Pause(100);
        foreach (var write in new LcdDrawing(this).Clear(0)) yield return write;
        foreach (var write in On()) yield return write;
    }

    public IEnumerable<LcdWrite> On() => Switched(true, DisplayOn);

    public IEnumerable<LcdWrite> Off() => Switched(false, DisplayOff);

    public IEnumerable<LcdWrite> Wake() => Paused(true, WakeCommand == 0 ? WakeUp : WakeCommand);

    public IEnumerable<LcdWrite> GoToSleep() => Paused(false, SleepCommand == 0 ? Sleep : SleepCommand);

    public LcdWrite Turn(byte direction) =>
        new LcdWrite.Command(MemoryAccess, new[] { Chip.Directions[Math.Min(direction, (byte)3)] });

    /// <summary>The lines that have changed go out.</summary>
    public IEnumerable<LcdWrite> Flush()
    {
        if (Buffer is null || LastLine < FirstLine) yield break;
        foreach (var write in Window(0, FirstLine, Width - 1, LastLine)) yield return write;
        var line = Width * 2;
        yield return new LcdWrite.Bytes(
            Buffer.AsMemory(FirstLine * line, (LastLine - FirstLine + 1) * line).ToArray());
        (FirstLine, LastLine) = (Height, 0);
    }

    /// <summary>The rectangle that the bytes behind it fill.</summary>
    public IEnumerable<LcdWrite> Window(int left, int top, int right, int bottom)
    {
        yield return new LcdWrite.Command(0x2A, Pair(left + XOffset, right + XOffset));
        yield return new LcdWrite.Command(0x2B, Pair(top + YOffset, bottom + YOffset));
        yield return new LcdWrite.Command(0x2C);
    }

    private static byte[] Pair(int first, int last) =>
        unchecked([(byte)(first >> 8), (byte)first, (byte)(last >> 8), (byte)last]);

    private IEnumerable<LcdWrite> Switched(bool on, byte code)
    {
        if (PowerPin != NoPin) yield return new LcdWrite.Pin(PowerPin, on);
        yield return new LcdWrite.Command(code);
    }

    private IEnumerable<LcdWrite> Paused(bool on, byte code)
    {
        if (PowerPin != NoPin) yield return new LcdWrite.Pin(PowerPin, on);
        yield return new LcdWrite.Pause(5);
        yield return new LcdWrite.Command(code);
    }

    /// <summary>
    /// A command goes out when the next one is read, or at the end; so a pause behind a command comes before it. A
    /// first word that is no command leads to the command 00.
    /// </summary>
    private IEnumerable<LcdWrite> StartWords()
    {
        byte code = 0;
        var data = new List<byte>();
        for (var i = 0; i < Chip.Start.Length; i++)
        {
            var value = unchecked((byte)Chip.Start[i]);
            switch (Chip.Start[i] >> 8)
            {
                case 0 or 2:
                    if (i != 0) yield return new LcdWrite.Command(code, data.ToArray());
                    code = value;
                    data.Clear();
                    break;
                case 1:
                    yield return new LcdWrite.Pause(value);
                    break;
                case 3 when data.Count < LongestData:
                    data.Add(value);
                    break;
            }
        }

        if (Chip.Start.Length > 0) yield return new LcdWrite.Command(code, data.ToArray());
    }
}
