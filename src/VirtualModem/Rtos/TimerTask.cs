using AirHil.VirtualModem.Clock;

namespace AirHil.VirtualModem.Rtos;

/// <summary>
/// FreeRTOS's timer task, which runs every software timer of the module (PLAT/os/freertos of luatos-soc-2022). It has
/// priority 40 of 56; the Lua task has 80 of 100, so it runs only while Lua waits. A command carries the tick at which
/// it was given. The task obeys all commands first, then lets the timer that is due first expire. Timers of one tick
/// expire in the order in which they came into the list, and a periodic one goes back into it before it expires.
/// </summary>
/// <param name="board">The power cycle's.</param>
internal sealed class TimerTask(Board board)
{
    /// <summary>configTIMER_QUEUE_LENGTH: the command behind these waits until the task has obeyed one.</summary>
    private const int QueueLength = 32;

    private readonly Queue<TimerCommand> _commands = new();
    private readonly AlarmQueue _active = new();
    private Alarm? _run;

    /// <summary>Whether no task of a higher priority runs; null: there is none.</summary>
    public Func<bool>? IsFree { get; set; }

    /// <summary>A timer's place in the list.</summary>
    public Alarm NewPlace(Action expired) => new(_active, expired);

    public void Send(TimerCommand command)
    {
        if (_commands.Count >= QueueLength) _commands.Dequeue().Obey();
        _commands.Enqueue(command);
        if (IsFree?.Invoke() ?? true) Go(board.Now);
    }

    /// <summary>A command of the task itself, whose queue has room.</summary>
    public void SendFromTask(TimerCommand command) => _commands.Enqueue(command);

    /// <summary>The processor is free from <paramref name="at"/> on.</summary>
    public void Go(TimeSpan at)
    {
        if (_commands.Count == 0)
        {
            if (_active.NextDue is not { } next) return;
            if (next > at) at = next;
        }

        _run ??= board.NewAlarm(Run);
        _run.Set(at);
    }

    private void Run()
    {
        // Lua takes the processor as soon as it has a message.
        while (IsFree?.Invoke() ?? true)
        {
            if (_commands.TryDequeue(out var command)) command.Obey();
            else if (_active.TryTakeDue(board.Now, out var place)) place.Expire();
            else
            {
                Go(board.Now);
                return;
            }
        }
    }
}
