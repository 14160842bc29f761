using AirHil.Modem.Messages;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;

namespace AirHil.Rig.Sessions;

/// <summary>Counts what a <see cref="RunSummary"/> tells while the session grows.</summary>
internal sealed class RunTally
{
    private readonly List<RunSummary.Reset> _resets = [];
    private readonly List<RunSummary.ScriptError> _errors = [];
    private readonly List<string> _notModelled = [];
    private readonly List<string> _unknownHosts = [];
    private readonly List<string> _notices = [];
    private readonly Dictionary<string, string> _announced = new(StringComparer.Ordinal);

    public void Add(in Sighting sighting)
    {
        var e = sighting.Event;
        switch (e.Kind)
        {
            case SessionKinds.ApplyPower:
                _announced[e.Modem] = "supply";
                break;
            case SessionKinds.PullReset:
                _announced[e.Modem] = "reset line";
                break;
            case SessionKinds.PoweredOn:
                AddStart(e.At, e.Modem, e.Text);
                break;
        }

        switch (sighting.Moment)
        {
            case Moment.VmExit exit:
                _announced[e.Modem] = "VM exit" +
                    (exit.Message.Length == 0 ? "" : ": " + exit.Message.Split('\r', '\n')[0]);
                Add(_errors, new RunSummary.ScriptError(e.At, e.Modem, true, exit.Message));
                break;
            case Moment.TaskError error:
                Add(_errors, new RunSummary.ScriptError(e.At, e.Modem, false, error.Message));
                break;
        }

        // Whatever line brings it: the error that it raises may be caught, kill a task, or end the VM.
        var noticed = e.Kind == SessionKinds.ModemNotice;
        if ((noticed || e.Lane == SessionLane.Log) && NotModelledText.Find(e.Text) is { } missing)
        {
            if (!_notModelled.Contains(missing)) Add(_notModelled, missing);
        }
        else if (noticed && !_notices.Contains(e.Text))
        {
            Add(_notices, e.Text);
        }
    }

    public void AddUnknownHost(string host)
    {
        if (!_unknownHosts.Contains(host)) Add(_unknownHosts, host);
    }

    public RunSummary Summarise(TimeSpan now, long events, string hash) => new(now, events, hash)
    {
        Resets = [.. _resets],
        Errors = [.. _errors],
        NotModelled = [.. _notModelled],
        UnknownHosts = [.. _unknownHosts],
        Notices = [.. _notices],
    };

    private static void Add<T>(List<T> list, T item)
    {
        if (list.Count < RunSummary.MostListed) list.Add(item);
    }

    private void AddStart(TimeSpan at, string modem, string reasonText)
    {
        _announced.Remove(modem, out var announced);
        var reason = Enum.TryParse<StartReason>(reasonText, out var known) ? known : StartReason.Unknown;
        if (reason == StartReason.Power || announced == "supply") return;
        var cause = reason switch
        {
            StartReason.Watchdog => "watchdog",
            StartReason.ResetLine => "reset line",
            StartReason.Exception => "firmware crash",
            StartReason.Wakeup => "wake-up",
            StartReason.Software => announced ?? "reboot by the script",
            _ => announced ?? "unannounced: watchdog, rtos.reboot or a dip of the supply",
        };
        Add(_resets, new RunSummary.Reset(at, modem, reason, cause));
    }
}
