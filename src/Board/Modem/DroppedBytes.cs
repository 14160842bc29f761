namespace AirHil.Board.Modem;

/// <summary>
/// Bytes of the board that do not count. They are reported once soon after the first of them, and once at the end.
/// </summary>
internal sealed class DroppedBytes(BoardState state)
{
    private long _count;
    private bool _isTold;
    private string _mark = "before the board was started";

    public void Add(int count, TimeSpan now)
    {
        if (!_isTold && _count == 0)
        {
            state.Timers.Set(BoardTimer.Dropped, now + state.Host(state.Timings.EnablePeriod));
        }

        _count += count;
    }

    /// <summary>Reports what came so far, and keeps when what comes next came.</summary>
    /// <param name="mark">As in "12 bytes that came MARK do not count".</param>
    public void Begin(string mark)
    {
        Tell();
        _mark = mark;
    }

    /// <summary>Reports what came so far.</summary>
    public void Tell()
    {
        if (_count > 0) state.Notice($"{_count} bytes that came {_mark} do not count");
        (_count, _isTold) = (0, false);
        state.Timers.Stop(BoardTimer.Dropped);
    }

    public void HandleTimeout(TimeSpan now)
    {
        if (!state.Timers.TryExpire(BoardTimer.Dropped, now)) return;
        Tell();
        _isTold = true;
    }
}
