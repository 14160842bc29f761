namespace AirHil.VirtualModem.Rtos;

/// <summary>What a command of the timer task does.</summary>
internal enum TimerCommandKind
{
    /// <summary>The timer runs from the command's tick.</summary>
    Start,

    /// <summary>The timer has a new period and runs from the tick at which the task obeys.</summary>
    Change,

    Stop,

    /// <summary>The timer is no more.</summary>
    Delete,
}
