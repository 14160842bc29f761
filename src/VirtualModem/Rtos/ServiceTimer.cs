namespace AirHil.VirtualModem.Rtos;

/// <summary>
/// The timer of the firmware's own services, luat_rtos_timer (S:interface/src/luat_rtos_ec618.c). Each start changes
/// the period of one periodic timer of FreeRTOS, whose expiry stops it, if it does not repeat. After a busy time of
/// more than two periods the firmware lets one that does not repeat expire once more; here it expires once.
/// </summary>
internal sealed class ServiceTimer
{
    private readonly SoftTimer _timer;
    private readonly Action _expired;
    private bool _repeats;

    public ServiceTimer(Board board, Action expired)
    {
        _expired = expired;
        _timer = new SoftTimer(board, OnExpired);
    }

    public bool IsSet { get; private set; }

    /// <summary>Runs for whole ticks from the tick at which the timer task obeys.</summary>
    /// <param name="period">How long.</param>
    /// <param name="repeats">It expires after each further period too, however late an expiry is taken.</param>
    public void Start(TimeSpan period, bool repeats = false)
    {
        if (IsSet) _timer.Stop();
        (IsSet, _repeats) = (true, repeats);
        _timer.Change(period);
    }

    public void Stop()
    {
        if (!IsSet) return;
        IsSet = false;
        _timer.Stop();
    }

    private void OnExpired()
    {
        if (!IsSet) return;
        if (!_repeats) Stop();
        _expired();
    }
}
