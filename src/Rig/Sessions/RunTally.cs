using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Sessions;

/// <summary>Counts what a <see cref="RunSummary"/> tells while the session grows.</summary>
internal sealed class RunTally
{
    private readonly List<RunSummary.Reset> _resets = [];
    private readonly List<RunSummary.ScriptError> _errors = [];
    private readonly List<string> _notModelled = [];
    private readonly List<string> _unknownHosts = [];
    private readonly List<string> _notices = [];

    public void Add(SessionEvent e)
    {
        switch (e)
        {
            case ModemStarted { Cause.Length: > 0 } start:
                Add(_resets, new RunSummary.Reset(e.At, e.Modem, start.Reason, start.Cause));
                break;
            case LogLine { Moment: Moment.VmExit exit }:
                Add(_errors, new RunSummary.ScriptError(e.At, e.Modem, true, exit.Message));
                break;
            case LogLine { Moment: Moment.TaskError error }:
                Add(_errors, new RunSummary.ScriptError(e.At, e.Modem, false, error.Message));
                break;
        }

        // Whatever line brings it: the error that it raises may be caught, kill a task, or end the VM.
        var notice = (e as ModemNoticed)?.Notice;
        if ((notice ?? (e as LogLine)?.Line) is { } said && NotModelledText.Find(said) is { } missing)
        {
            if (!_notModelled.Contains(missing)) Add(_notModelled, missing);
        }
        else if (notice is not null && !_notices.Contains(notice))
        {
            Add(_notices, notice);
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
}
