
using AirHil.Modem.Messages;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Power;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// From the start of the chip to the start of the script: the lines of every boot at their ticks (reference §2.9).
/// </summary>
internal sealed class BootSequence
{
    private readonly Board _board;
    private readonly ModuleIdentity _identity;
    private readonly bool _powerKeyDebounce;
    private readonly WakeUp? _wakeUp;
    private readonly Action _startScript;
    private readonly Alarm _next;
    private Step _step = Step.RomBanner;

    /// <param name="board">The power cycle's.</param>
    /// <param name="identity">What the banner tells.</param>
    /// <param name="powerKeyDebounce">Whether the key is debounced, which the log tells.</param>
    /// <param name="wakeUp">The end of a sleep; null: another start.</param>
    /// <param name="startScript">Starts main.lua.</param>
    public BootSequence(
        Board board, ModuleIdentity identity, bool powerKeyDebounce, WakeUp? wakeUp, Action startScript)
    {
        _wakeUp = wakeUp;
        _board = board;
        _identity = identity;
        _powerKeyDebounce = powerKeyDebounce;
        _startScript = startScript;
        _next = board.NewAlarm(OnStep);
        Await(Step.RomBanner, board.Parameters.BootBannerAt);
    }

    private enum Step
    {
        RomBanner,
        ServiceInit,
        LogUart,
        Banner,
        Libraries,
        Script,
    }

    /// <summary>
    /// The lines of pm's start; a timer that has woken the chip is in the mailbox before the script starts.
    /// </summary>
    private void WakeLines()
    {
        if (_wakeUp is { Source: WakeSource.Timer, Number: var timer })
        {
            _board.Log.Write(LogLevel.Info, "pm", $"DeepTimer Wakeup by id={timer}");
            _board.Post(new SystemTopicMessage(_board.Log, null, "DTIMER_WAKEUP", timer));
        }

        _board.Log.Write(LogLevel.Info, "pm", _wakeUp?.Line ?? "poweron: Power/Reset");
    }

    private void Await(Step step, TimeSpan tick)
    {
        _step = step;
        _next.Set(_board.Clock.StartedAt + tick);
    }

    private void OnStep()
    {
        var parameters = _board.Parameters;
        var log = _board.Log;
        switch (_step)
        {
            case Step.RomBanner:
                _board.Emit(new ModemReport.UartReceived(1, "^boot.rom'v'!\n"u8.ToArray()));
                Await(Step.ServiceInit, parameters.ServiceInitAt);
                break;
            case Step.ServiceInit:
                log.Raw("am_service_init 851:Air780E_A17");
                Await(Step.LogUart, parameters.LogUartAt);
                break;
            case Step.LogUart:
                log.Raw("Uart_BaseInitEx 1049:uart 0 rx cache 256 dma 256");
                Await(Step.Banner, parameters.BannerAt);
                break;
            case Step.Banner:
                log.Raw($"self_info 122:model Air780E_A17 imei {_identity.Imei}");
                if (_powerKeyDebounce) log.Write(LogLevel.Debug, "pm", "PowerKey-Debounce is enabled");
                WakeLines();
                var name = FirmwareChange.ModuleInBanner.IsIn(parameters) ? "Air780E" : "EC618";
                var release = FirmwareRelease.Name(parameters.Firmware);
                log.Write(LogLevel.Info, "main", $"LuatOS@{name} base 23.11 bsp {release} {parameters.Bits}bit");
                log.Write(LogLevel.Info, "main", "ROM Build: Sep  3 2024 15:55:27");
                Await(Step.Libraries, parameters.LibrariesAt);
                break;
            case Step.Libraries:
                log.Write(LogLevel.Debug, "main",
                    $"loadlibs luavm {parameters.HeapBytes} {parameters.HeapUsedAfterLibraries} " +
                    $"{parameters.HeapPeakAfterLibraries}");
                log.Write(LogLevel.Debug, "main",
                    $"loadlibs sys   {parameters.SystemHeapBytes} {parameters.SystemHeapUsed} " +
                    $"{parameters.SystemHeapPeak}");
                Await(Step.Script, parameters.ScriptAt);
                break;
            case Step.Script:
                _startScript();
                break;
            default:
                throw new InvalidOperationException($"No boot step {_step}.");
        }
    }
}
