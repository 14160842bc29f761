namespace AirHil.VirtualModem.Rtos;

/// <summary>A command in the queue of the <see cref="TimerTask"/>.</summary>
/// <param name="Timer">Whose.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="At">The tick from which a start counts, in the run's time.</param>
/// <param name="Period">The new period of a change.</param>
internal readonly record struct TimerCommand(
    SoftTimer Timer, TimerCommandKind Kind, TimeSpan At = default, TimeSpan Period = default)
{
    public void Obey() => Timer.Obey(this);
}
