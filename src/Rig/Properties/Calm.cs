using AirHil.Modem.Sessions;

namespace AirHil.Rig.Properties;

/// <summary>
/// Follows what disturbs a run: faults, the supply, the reset line, errors on a serial line. A restart of the module by
/// itself is none of these.
/// </summary>
/// <param name="settling">How long after the last disturbance nothing is waited for.</param>
internal sealed class Calm(TimeSpan settling)
{
    /// <summary>How long after its start a script may need before it reads its serial lines.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(5);

    private TimeSpan _last;
    private int _acting;
    private bool _isPowered;
    private TimeSpan? _started;

    /// <summary>From when on the run counts as settled if nothing more disturbs it; null: it is disturbed.</summary>
    public TimeSpan? SettledAt => _acting == 0 && _isPowered ? _last + settling : null;

    /// <summary>Counts the starts that the rig brings about: what the module held in memory is gone.</summary>
    public int Starts { get; private set; }

    /// <summary>Whether the script can be expected to read its serial lines then.</summary>
    public bool IsListening(TimeSpan at) => _started is { } start && at >= start + StartTime;

    public void Feed(SessionEvent happened)
    {
        switch (happened)
        {
            case FaultBegan { Fault.IsMoment: true } or UartIn { LineErrors: true }:
                _last = happened.At;
                break;
            case FaultBegan:
                _acting++;
                break;
            case FaultEnded:
                if (_acting > 0) _acting--;
                _last = happened.At;
                break;
            case PowerApplied:
                (_isPowered, _last, _started) = (true, happened.At, happened.At);
                break;
            case PowerCut or ModemGone:
                (_isPowered, _last, _started) = (false, happened.At, null);
                Starts++;
                break;
            case ResetPulled:
                (_last, _started) = (happened.At, happened.At);
                Starts++;
                break;
            case ModemStarted { Cause.Length: > 0 }:
                _started = happened.At;
                break;
        }
    }
}
