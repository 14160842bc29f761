using System.Runtime.InteropServices;

namespace AirHil.Board.Ports;

/// <summary>
/// The settings of a terminal on Linux: its struct termios2, which takes any baud rate as a number. The bits are those
/// of asm-generic/termbits.h.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LineSettings
{
    private const uint IgnoreBreak = 0x1;
    private const uint EightBits = 0x30;
    private const uint Receiver = 0x80;
    private const uint HangUpOnClose = 0x400;
    private const uint NoModemControl = 0x800;
    private const uint AnyBaud = 0x1000;
    private const int LeastBytes = 6;

    public uint InputFlags;
    public uint OutputFlags;
    public uint ControlFlags;
    public uint LocalFlags;
    public byte Discipline;
    public fixed byte Characters[19];
    public uint InputBaud;
    public uint OutputBaud;

    /// <summary>
    /// Lets a terminal carry bytes as they are: 8 data bits, no parity, one stop bit, no handshake, no echo. A read
    /// brings a byte at least.
    /// </summary>
    /// <returns>Whether it took the settings; if not, the last error of the system tells why.</returns>
    public static bool TryMakeRaw(int descriptor, int baud)
    {
        LineSettings settings;
        if (TerminalCalls.Control(descriptor, TerminalCalls.GetSettings, &settings) != 0) return false;
        settings.InputFlags = IgnoreBreak;
        settings.OutputFlags = 0;
        // The input's rate is that of the output where its own bits are zero.
        settings.ControlFlags &= HangUpOnClose;
        settings.ControlFlags |= EightBits | Receiver | NoModemControl | AnyBaud;
        settings.LocalFlags = 0;
        settings.Characters[LeastBytes - 1] = 0;
        settings.Characters[LeastBytes] = 1;
        settings.InputBaud = settings.OutputBaud = (uint)baud;
        return TerminalCalls.Control(descriptor, TerminalCalls.SetSettings, &settings) == 0;
    }
}
