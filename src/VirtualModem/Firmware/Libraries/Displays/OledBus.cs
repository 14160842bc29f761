using AirHil.Lua.Run;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Displays;
using AirHil.VirtualModem.Firmware.Libraries.Buses;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Displays;

/// <summary>What u8g2 sends a display (L:components/u8g2/u8x8_d_ssd1306_128x64_noname.c, u8x8_cad.c).</summary>
internal sealed class OledBus(FirmwareHost host, OledPanel panel)
{
    private const int Address = 0x3C;
    private const int PieceBytes = 24;
    private const byte CommandsFollow = 0x00;
    private const byte DataFollows = 0x40;

    public IEnumerable<NativeStep> Start()
    {
        if (panel.IsOnSpi)
        {
            foreach (var pin in new[] { panel.Reset, panel.Data, panel.Select }) host.Pins.SetOutput(pin, true);
            host.Log.Write(LogLevel.Info, "u8g2", $"spi_mode:0 bandrate:{panel.Chip.SpiHertz} cs_pin:{panel.Select}");
            SpiLibrary.Controller(host, panel.Id)?.Setup(null, panel.Chip.SpiHertz, false);
        }
        else if (panel.Pins is null)
        {
            I2cLibrary.Controller(host, panel.Id)?.Setup(panel.Speed);
        }

        var (pulse, ready) = (panel.Chip.ResetMs, panel.Chip.ReadyMs);
        foreach (var (level, ms) in new[] { (true, pulse), (false, pulse), (true, ready) })
        {
            if (panel.IsOnSpi) host.Pins.Write(panel.Reset, level);
            host.Cpu.Take(TimeSpan.FromMilliseconds(ms));
        }

        foreach (var step in Commands(panel.Chip.StartCommands)) yield return step;
        foreach (var step in Switch(true)) yield return step;
    }

    public IEnumerable<NativeStep> Switch(bool on) =>
        Commands(on ? panel.Chip.OnCommands : panel.Chip.OffCommands);

    public IEnumerable<NativeStep> Contrast(byte value) =>
        Commands([[0x81, (byte)(value >> panel.Chip.ContrastShift)]]);

    /// <summary>Commands in one selection; on I2C a transfer each.</summary>
    private IEnumerable<NativeStep> Commands(IReadOnlyList<byte[]> commands)
    {
        Select(true);
        foreach (var command in commands)
        {
            if (command.Length == 0) host.Cpu.Take(TimeSpan.FromMilliseconds(OledChip.Pause));
            foreach (var step in Send(false, command, splits: true)) yield return step;
        }

        Select(false);
    }

    /// <summary>The whole buffer, eight lines at a time.</summary>
    public IEnumerable<NativeStep> Picture()
    {
        for (var row = 0; row < panel.Canvas.Rows / 8; row++)
        {
            byte[] place = [(byte)(0x10 | panel.XOffset >> 4), (byte)(panel.XOffset & 15), (byte)(0xB0 | row)];
            Select(true);
            if (panel.Chip.TellsStartLine)
            {
                foreach (var step in Send(false, [OledChip.StartLine], true)) yield return step;
            }

            foreach (var step in Send(false, place, true)) yield return step;
            var columns = panel.Chip.MemoryColumns is { } most
                ? Math.Min(BitCanvas.Columns, (most - panel.XOffset) & 0xFF)
                : BitCanvas.Columns;
            var line = panel.Canvas.Buffer.AsMemory(row * BitCanvas.Columns, columns).ToArray();
            foreach (var step in Send(true, line, false)) yield return step;
            Select(false);
        }
    }

    private void Select(bool on)
    {
        if (panel.IsOnSpi) host.Pins.Write(panel.Select, !on);
    }

    /// <param name="splits">On SPI each byte is a transfer of its own.</param>
    private IEnumerable<NativeStep> Send(bool isData, byte[] bytes, bool splits)
    {
        if (bytes.Length == 0) yield break;
        if (!panel.IsOnSpi)
        {
            foreach (var piece in bytes.Chunk(isData ? PieceBytes : bytes.Length))
            {
                byte[] message = [isData ? DataFollows : CommandsFollow, .. piece];
                var sending = new I2cTransaction(Address, message, null);
                var master = panel.Pins ?? I2cLibrary.Controller(host, panel.Id);
                foreach (var step in I2cLibrary.Run(master, sending)) yield return step;
            }

            yield break;
        }

        foreach (var piece in bytes.Chunk(splits ? 1 : bytes.Length))
        {
            host.Pins.Write(panel.Data, isData);
            if (SpiLibrary.Controller(host, panel.Id) is not { } controller) continue;
            foreach (var step in controller.Run(piece, new byte[piece.Length])) yield return step;
        }
    }
}
