using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Replay;

/// <summary>
/// Drives a bench, whatever modem stands on it, with what the rig did in a recorded run, at the recorded times. What
/// the modem answers is the bench's own session; comparing it with the recording is another matter
/// (AirHil.Rig.Comparison).
/// </summary>
public static class StimulusReplay
{
    /// <summary>Does everything again and lets the recorded time pass.</summary>
    /// <param name="bench">A bench at its beginning, without a modem.</param>
    /// <param name="reader">A recording at its beginning.</param>
    /// <param name="scripts">What to load in the place of each recorded script; null: the recorded one.</param>
    /// <param name="enough">Ends the replay early where it holds; null: never.</param>
    /// <exception cref="SessionFormatException">The recording is damaged.</exception>
    /// <exception cref="FirmwareNotFoundException">The recording does not hold a script.</exception>
    public static async ValueTask Drive(
        Bench bench, SessionReader reader, Func<SessionNote.FirmwareLoaded, FirmwareSource>? scripts = null,
        Func<bool>? enough = null)
    {
        var last = TimeSpan.Zero;
        foreach (var act in RecordedActs.Read(reader, scripts))
        {
            await bench.RunToPlace(act.At, act.Step, enough);
            if (enough?.Invoke() == true) return;
            await act.Do(bench);
            last = act.At;
        }

        // Without a closing line nobody knows how long the run went on.
        var end = reader.End?.At ?? (reader.LastTime > last ? reader.LastTime : last);
        await bench.RunToPlace(end, reader is { Header.Exact: true, End: { } close } ? close.Step : null, enough);
    }
}
