using AirHil.Modem.Messages;

namespace AirHil.Modem.Observation;

/// <summary>
/// What was seen of one module so far, as far as it explains what is seen next: its log, and why it may start again.
/// </summary>
public sealed class ModemHistory
{
    private const string Supply = "supply";
    private readonly LogInterpreter _log = new();
    private string? _announced;

    /// <summary>The rig switches its supply on.</summary>
    public void PowerApplied() => _announced = Supply;

    /// <summary>The rig pulls its reset line.</summary>
    public void ResetPulled() => _announced = "reset line";

    /// <summary>Takes the next record of its log (<see cref="LogInterpreter.Read"/>).</summary>
    public (Moment.Booted? Boot, Moment? Moment) Read(TimeSpan tick, string text)
    {
        var read = _log.Read(tick, text);
        if (read.Moment is Moment.VmExit exit)
        {
            _announced = "VM exit" + (exit.Message.Length == 0 ? "" : ": " + exit.Message.Split('\r', '\n')[0]);
        }

        return read;
    }

    /// <summary>It has started. Why, in words; "" where its supply came on, which is no restart.</summary>
    /// <param name="reason">As it reports it.</param>
    /// <param name="wokenBy">What it reports of a wake-up; "" where it tells nothing.</param>
    public string CauseOf(StartReason reason, string wokenBy = "")
    {
        var announced = _announced;
        _announced = null;
        if (reason == StartReason.Power || announced == Supply) return "";
        return reason switch
        {
            StartReason.Watchdog => "watchdog",
            StartReason.ResetLine => "reset line",
            StartReason.Exception => "firmware crash",
            StartReason.Wakeup => wokenBy.Length == 0 ? "wake-up" : "wake-up by " + wokenBy,
            StartReason.Software => announced ?? "reboot by the script",
            _ => announced ?? "unannounced: watchdog, rtos.reboot or a dip of the supply",
        };
    }
}
