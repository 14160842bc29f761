using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Rig.Replay;

/// <summary>
/// Drives a bench, whatever modem is on it, with what the rig did in a recorded run, at the recorded times. What
/// the modem answers is the bench's own session; comparing it with the recording is another matter
/// (AirHil.Rig.Comparison).
/// </summary>
public static class StimulusReplay
{
    /// <summary>On the wall clock, how often <c>enough</c> is asked while nothing happens.</summary>
    private static readonly TimeSpan WallSlice = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// What the rig did and a target cannot take, the first act of each kind, in words; empty: it can take all.
    /// </summary>
    /// <param name="reader">A recording at its beginning; it is read to its end.</param>
    /// <exception cref="SessionFormatException">The recording is damaged.</exception>
    public static IReadOnlyList<string> Lacking(SessionReader reader, IModemTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var lacking = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var act in RecordedActs.Read(reader, note => note.Firmware))
        {
            if (act.Needs is not { } need || lacking.ContainsKey(need)) continue;
            if (Requirement.Lacking(target, need) is { } reason) lacking.Add(need, $"{act.What.Trim()}: {reason}");
        }

        return [.. lacking.Values];
    }

    /// <summary>Does everything again and lets the recorded time pass.</summary>
    /// <param name="bench">A bench at its beginning, without a modem.</param>
    /// <param name="reader">A recording at its beginning.</param>
    /// <param name="scripts">What to load in the place of each recorded script; null: the recorded one.</param>
    /// <param name="enough">Ends the replay early where it holds; null: never.</param>
    /// <param name="prepare">
    /// Sees to it that the target can run a script, before that is loaded; what it takes of the wall clock delays
    /// whatever the rig did afterwards. Null: nothing is to be done.
    /// </param>
    /// <exception cref="SessionFormatException">The recording is damaged.</exception>
    /// <exception cref="FirmwareNotFoundException">The recording does not hold a script.</exception>
    public static async ValueTask Drive(
        Bench bench, SessionReader reader, Func<SessionNote.FirmwareLoaded, FirmwareSource>? scripts = null,
        Func<bool>? enough = null, Func<FirmwareSource, ValueTask>? prepare = null)
    {
        bench.RepeatsLines = true;
        var last = TimeSpan.Zero;
        var late = TimeSpan.Zero;
        foreach (var act in RecordedActs.Read(reader, scripts))
        {
            await RunTo(bench, act.At + late, act.Step, enough);
            if (enough?.Invoke() == true) return;
            if (act is RecordedAct.Load { Firmware: var firmware } && prepare is not null)
            {
                await prepare(firmware);
                await Do(act, bench, reader);
                if (bench.Now > act.At + late) late = bench.Now - act.At;
            }
            else
            {
                await Do(act, bench, reader);
            }

            last = act.At;
        }

        // Without a closing line nobody knows how long the run went on.
        var end = reader.End?.At ?? (reader.LastTime > last ? reader.LastTime : last);
        await RunTo(bench, end + late, reader is { Header.Exact: true, End: { } close } ? close.Step : null, enough);
    }

    private static async ValueTask Do(RecordedAct act, Bench bench, SessionReader reader)
    {
        try
        {
            await act.Do(bench);
        }
        catch (Exception problem) when (SessionFormatException.IsDamage(problem))
        {
            throw reader.Wrong($"'{act.What}' cannot be done: {problem.Message}", problem);
        }
    }

    private static async ValueTask RunTo(Bench bench, TimeSpan at, long? step, Func<bool>? enough)
    {
        if (bench.Options.Clock == RigClock.Virtual)
        {
            await bench.RunToPlace(at, step, enough);
            return;
        }

        while (bench.Now < at && enough?.Invoke() != true)
        {
            var slice = bench.Now + WallSlice;
            await bench.RunToPlace(slice < at ? slice : at, null, enough);
        }
    }
}
