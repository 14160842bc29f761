using System.Globalization;
using AirHil.Lua.Run;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Displays;
using AirHil.VirtualModem.Firmware.Libraries.Buses;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Displays;

/// <summary>Sends what a display's driver writes, on SPI and by pins.</summary>
internal sealed class LcdBus(LuaState state, LcdPanel panel)
{
    private const int Failed = -1;

    private readonly FirmwareHost _host = (FirmwareHost)state.Host!;

    /// <summary>The last command or byte was sent.</summary>
    public bool IsSent { get; private set; } = true;

    public IEnumerable<NativeStep> Run(IEnumerable<LcdWrite> writes)
    {
        foreach (var write in writes)
        {
            switch (write)
            {
                case LcdWrite.Work work:
                    state.Charge(1);
                    state.ChargeBytes(work.Amount);
                    if (state.BudgetLeft <= 0) yield return NativeStep.Pause;
                    break;
                case LcdWrite.Pause pause:
                    _host.Cpu.Take(TimeSpan.FromMilliseconds(pause.Milliseconds));
                    break;
                case LcdWrite.Pin { IsSetup: true } pin:
                    _host.Pins.SetOutput(pin.Number, pin.Level);
                    break;
                case LcdWrite.Pin pin:
                    _host.Pins.Write(pin.Number, pin.Level);
                    break;
                case LcdWrite.Command command:
                    foreach (var step in Command(command)) yield return step;
                    break;
                case LcdWrite.Bytes bytes:
                    foreach (var step in Send(bytes.Data, bytes.IsLogged ? "lcd_write_data" : null)) yield return step;
                    break;
            }
        }
    }

    private IEnumerable<NativeStep> Command(LcdWrite.Command command)
    {
        if (panel.HasDataPin) _host.Pins.Write(panel.DataPin, false);
        foreach (var step in Send(new[] { command.Code }, "lcd_write_cmd", () =>
        {
            if (panel.HasDataPin) _host.Pins.Write(panel.DataPin, true);
        })) yield return step;
        if (!IsSent || command.Data.Length == 0) yield break;
        foreach (var step in Send(command.Data, "lcd_write_data")) yield return step;
    }

    private IEnumerable<NativeStep> Send(ReadOnlyMemory<byte> data, string? function, Action? sent = null)
    {
        var controller = panel.Device is { } device ? device.Controller : SpiLibrary.Controller(_host, panel.Port);
        panel.Device?.Begin(_host.Pins);
        if (controller is not null)
        {
            foreach (var step in ((SpiMaster)controller).Run(data, new byte[data.Length])) yield return step;
        }

        panel.Device?.End(_host.Pins);
        sent?.Invoke();
        IsSent = controller is not null;
        if (IsSent || function is null) yield break;
        _host.Log.Write(
            LogLevel.Info, "lcd", string.Create(CultureInfo.InvariantCulture, $"{function} error. {Failed}"));
    }
}
