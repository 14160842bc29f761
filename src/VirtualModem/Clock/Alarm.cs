namespace AirHil.VirtualModem.Clock;

/// <summary>
/// A deadline that its owner sets, moves and cancels as often as it likes; it lives in an <see cref="AlarmQueue"/>.
/// </summary>
/// <param name="queue">The queue of the module's present power cycle.</param>
/// <param name="expired">Called once when the time has come.</param>
internal sealed class Alarm(AlarmQueue queue, Action expired)
{
    internal TimeSpan Due;
    internal long Order;
    internal int Slot = -1;

    public bool IsSet => Slot >= 0;

    public void Set(TimeSpan due) => queue.Set(this, due);

    public void Cancel() => queue.Cancel(this);

    internal void Expire() => expired();
}
