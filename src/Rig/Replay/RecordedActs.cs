using AirHil.Modem.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Replay;

/// <summary>Reads what the rig did out of a recording, in order, in constant memory.</summary>
internal sealed class RecordedActs
{
    private readonly HashSet<string> _modems = new(StringComparer.Ordinal);
    private readonly List<string> _replaced = [];
    private readonly SessionReader _reader;
    private readonly Func<SessionNote.FirmwareLoaded, FirmwareSource> _scripts;
    private readonly bool _hasSteps;

    /// <summary>Of the note that came last: one of an act without an event of its own counts for nothing.</summary>
    private long? _step;

    private RecordedActs(SessionReader reader, Func<SessionNote.FirmwareLoaded, FirmwareSource>? scripts)
    {
        _reader = reader;
        _hasSteps = reader.Header.Exact;
        _scripts = scripts ?? (note => note.Firmware.Files.Count > 0
            ? note.Firmware
            : throw new FirmwareNotFoundException(
                $"the recording names the script '{note.Firmware.Name}' (SHA-256 {note.Hash}) and does not hold it"));
    }

    /// <summary>The acts of a recording that is read from its beginning.</summary>
    /// <param name="reader">It is read to its end.</param>
    /// <param name="scripts">What to load in the place of each script; null: the recorded one.</param>
    /// <exception cref="SessionFormatException">The recording is damaged.</exception>
    /// <exception cref="FirmwareNotFoundException">The recording does not hold a script.</exception>
    public static IEnumerable<RecordedAct> Read(
        SessionReader reader, Func<SessionNote.FirmwareLoaded, FirmwareSource>? scripts = null) =>
        new RecordedActs(reader, scripts).Read();

    private IEnumerable<RecordedAct> Read()
    {
        while (_reader.TryRead(out var entry))
        {
            if (Next(entry) is { } act) yield return act;
        }
    }

    private RecordedAct? Next(SessionEntry entry)
    {
        switch (entry.Note)
        {
            case SessionNote.Acted acted:
                _step = acted.Step;
                return null;
            case SessionNote.FirmwareLoaded loaded:
                // The modem that it replaces is cut off by the rig itself, which shows as an act.
                if (!_modems.Add(loaded.Modem)) _replaced.Add(loaded.Modem);
                var firmware = _scripts(loaded);
                return new RecordedAct.Load(
                    loaded.Index, loaded.At, StepOf(loaded), $"load {firmware.Name}", firmware, loaded.Modem);
            case SessionNote.EndpointOpened opened:
                return new RecordedAct.Open(
                    opened.Index, opened.At, StepOf(opened), $"open {opened.Endpoint.Url}", opened.Endpoint);
            case SessionNote.PeerConnected peer:
                return new RecordedAct.Connect(
                    peer.Index, peer.At, StepOf(peer), $"connect {peer.Script.Name} to {peer.Place}", peer.Modem,
                    peer.Place, peer.Script);
        }

        if (entry.Event is not { } e) return null;
        var isCut = e is PowerCut or CommandIgnored { Command: EventKinds.CutPower };
        if (isCut && _replaced.Remove(e.Modem)) return null;
        if (RecordedAct.Of(e) is not { } again) return null;
        var step = _hasSteps ? _step : null;
        _step = null;
        return new RecordedAct.Acted(_reader.Events - 1, e.At, step, FailureReport.Line(e), again);
    }

    private long? StepOf(SessionNote note) => _hasSteps ? note.Step : null;
}
