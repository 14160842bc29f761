using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Sessions;

/// <summary>Counts what a <see cref="RunSummary"/> tells while the session grows.</summary>
internal sealed class RunTally
{
    private readonly List<RunSummary.Reset> _resets = [];
    private readonly List<RunSummary.ScriptError> _errors = [];
    private readonly List<RunSummary.UnmodelledCall> _notModelled = [];
    private readonly List<UnknownHost> _unknownHosts = [];
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
            case ModemNotModelled call:
                AddCall(call);
                break;
            case ModemNoticed { Notice: var notice }:
                AddNotice(notice);
                break;
            case NetworkNoticed { Notice: var notice }:
                AddNotice(notice);
                break;
            case PushReachedNobody:
                AddNotice(
                    "the service sent a message that reached nobody: no client was connected, or none had subscribed " +
                    "to its topic");
                break;
        }
    }

    /// <summary>A file that a script names and the module does not get explains much of what follows.</summary>
    public void Add(SessionNote note)
    {
        if (note is not SessionNote.FirmwareLoaded { Firmware: var firmware }) return;
        foreach (var notice in firmware.Refused) AddNotice(notice);
    }

    private void AddNotice(string notice)
    {
        if (!_notices.Contains(notice)) Add(_notices, notice);
    }

    public void AddUnknownHost(UnknownHost host)
    {
        if (!_unknownHosts.Exists(known => known.Name == host.Name)) Add(_unknownHosts, host);
    }

    public RunSummary Summarise(TimeSpan now, long events, string hash) => new(now, events, hash)
    {
        Resets = [.. _resets],
        Errors = [.. _errors],
        NotModelled = [.. _notModelled],
        UnknownHosts = [.. _unknownHosts],
        Notices = [.. _notices],
    };

    /// <summary>A module counts from zero after each start, so the counts of its starts are added.</summary>
    private void AddCall(ModemNotModelled call)
    {
        var known = _notModelled.FindIndex(c => c.Modem == call.Modem && c.Function == call.Function
            && c.Place == call.Place);
        if (known < 0)
        {
            Add(_notModelled, new(call.Modem, call.Function, call.Place, call.Count)
            {
                SinceStart = call.Count,
                IsStubbed = call.IsStubbed,
            });
            return;
        }

        var before = _notModelled[known];
        var more = call.Count > before.SinceStart ? call.Count - before.SinceStart : call.Count;
        _notModelled[known] = before with { Count = before.Count + more, SinceStart = call.Count };
    }

    private static void Add<T>(List<T> list, T item)
    {
        if (list.Count < RunSummary.MostListed) list.Add(item);
    }
}
