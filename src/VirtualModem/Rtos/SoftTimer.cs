using AirHil.VirtualModem.Clock;

namespace AirHil.VirtualModem.Rtos;

/// <summary>
/// A software timer of FreeRTOS. Its period is whole ticks of 1 ms, and it expires on a tick: after n ms or up to 1 ms
/// earlier. Its commands go through the queue of the <see cref="TimerTask"/>.
/// </summary>
internal sealed class SoftTimer
{
    private readonly Board _board;
    private readonly Action _expired;
    private readonly Action? _deleted;
    private readonly Alarm _place;
    private TimeSpan _period;
    private TimeSpan _due;
    private bool _repeats;

    /// <param name="board">The power cycle's.</param>
    /// <param name="expired">Called at each expiry.</param>
    /// <param name="deleted">Called when the task has deleted it.</param>
    public SoftTimer(Board board, Action expired, Action? deleted = null)
    {
        (_board, _expired, _deleted) = (board, expired, deleted);
        _place = board.Timers.NewPlace(OnDue);
    }

    /// <summary>Starts it from the present tick, as a new one of this period.</summary>
    public void Start(TimeSpan period, bool repeats)
    {
        (_period, _repeats) = (period, repeats);
        _board.Timers.Send(new TimerCommand(this, TimerCommandKind.Start, _board.LastTick));
    }

    /// <summary>Starts it with a new period, from the tick at which the task obeys; it repeats.</summary>
    public void Change(TimeSpan period)
    {
        _repeats = true;
        _board.Timers.Send(new TimerCommand(this, TimerCommandKind.Change, Period: period));
    }

    public void Stop() => _board.Timers.Send(new TimerCommand(this, TimerCommandKind.Stop));

    public void Delete()
    {
        Stop();
        _board.Timers.Send(new TimerCommand(this, TimerCommandKind.Delete));
    }

    public void Obey(in TimerCommand command)
    {
        _place.Cancel();
        switch (command.Kind)
        {
            case TimerCommandKind.Start:
                if (Insert(command.At + _period)) break;
                _expired();
                if (_repeats) Reload(command.At + _period);
                break;
            case TimerCommandKind.Change:
                _period = command.Period;
                Insert(_board.LastTick + _period);
                break;
            case TimerCommandKind.Delete:
                _deleted?.Invoke();
                break;
        }
    }

    /// <summary>False: that time is over.</summary>
    private bool Insert(TimeSpan due)
    {
        _due = due;
        if (due <= _board.LastTick) return false;
        _place.Set(due);
        return true;
    }

    private void OnDue()
    {
        var due = _due;
        if (_repeats && !Insert(due + _period)) Reload(due);
        _expired();
    }

    /// <summary>The task comes back for an expiry that it is late for.</summary>
    private void Reload(TimeSpan at) =>
        _board.Timers.SendFromTask(new TimerCommand(this, TimerCommandKind.Start, at));
}
