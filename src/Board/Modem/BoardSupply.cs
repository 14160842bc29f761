namespace AirHil.Board.Modem;

/// <summary>The board's supply: brought towards what is wanted, one switching at a time.</summary>
/// <param name="hasSwitch">Whether it can be switched; else it is on.</param>
internal sealed class BoardSupply(BoardState state, TickClock clock, bool hasSwitch)
{
    private Supply _supply = hasSwitch ? Supply.Unknown : Supply.On;
    private bool _wanted;
    private bool _cycling;
    private TimeSpan _offSince;

    private enum Supply
    {
        Unknown,
        SwitchingOff,
        Off,
        SwitchingOn,
        On,

        /// <summary>The switch failed; it is tried again when the rig wants something new.</summary>
        Failed,
    }

    public bool HasSwitch => hasSwitch;

    public bool IsOn => _supply == Supply.On;

    /// <summary>Whether it was switched off.</summary>
    public bool IsOff => _supply == Supply.Off;

    /// <summary>Whether it is cut, or about to be.</summary>
    public bool IsCut => hasSwitch && _supply is Supply.SwitchingOff or Supply.Off;

    /// <summary>When it was last wanted to be switched on: the module cannot have started earlier.</summary>
    public TimeSpan SwitchedOnAt { get; private set; }

    public TimeSpan? NextTimeout =>
        hasSwitch && _wanted && _supply == Supply.Off && state.Timers[BoardTimer.Drained] is null
            ? _offSince + state.Timings.OffTime
            : null;

    /// <summary>The rig wants it on, or off.</summary>
    public void Want(bool on)
    {
        _wanted = on;
        if (!on) _cycling = false;
        Retry();
    }

    /// <summary>The rig wants it switched off and on again.</summary>
    public void Cycle()
    {
        _cycling = true;
        Retry();
    }

    public void HandleTimeout(TimeSpan now)
    {
        if (!hasSwitch) return;
        switch (_supply)
        {
            case Supply.Unknown:
            case Supply.On when !_wanted || _cycling:
                _cycling = false;
                _supply = Supply.SwitchingOff;
                state.Want(new BoardAct.Switch(false));
                break;
            case Supply.Off when NextTimeout <= now:
                _supply = Supply.SwitchingOn;
                clock.Expect(now, null);
                SwitchedOnAt = now;
                state.Want(new BoardAct.Switch(true));
                break;
        }
    }

    /// <summary>It was switched, or could not be.</summary>
    public void Note(BoardInput.Switched switched)
    {
        _supply = switched.Problem is not null ? Supply.Failed : switched.On ? Supply.On : Supply.Off;
        if (_supply == Supply.Off) _offSince = switched.At;
    }

    private void Retry()
    {
        if (_supply == Supply.Failed) _supply = Supply.Unknown;
    }
}
