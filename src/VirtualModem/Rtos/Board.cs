using AirHil.Lua.Coverage;
using AirHil.Modem;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Rtos;

/// <summary>
/// What every part of the module shares for one power cycle: time, alarms, log, mailbox and the ways out.
/// </summary>
internal sealed class Board(
    ModemParameters parameters, TimeSpan startedAt, Action<ModemOutput, TimeSpan> emit, Action<string> notice)
{
    private TimerTask? _timers;
    private bool _overflowNoticed;

    public ModemParameters Parameters { get; } = parameters;
    public ModuleClock Clock { get; } = new(startedAt);
    public AlarmQueue Alarms { get; } = new();
    public Mailbox Mailbox { get; } = new(parameters.MailboxCapacity);

    /// <summary>The task behind every software timer.</summary>
    public TimerTask Timers => _timers ??= new TimerTask(this);

    /// <summary>Set once the log exists; everything that prints goes through it.</summary>
    public required FirmwareLog Log { get; init; }

    /// <summary>Where the engine counts what it executes; null: nowhere.</summary>
    public LineCoverage? Coverage { get; init; }

    /// <summary>Hears when each commit to flash is done, in the run's time; null: nobody does.</summary>
    public Action<TimeSpan>? Committed { get; init; }

    /// <summary>Called when a message came into the mailbox.</summary>
    public Action? MessagePosted { get; set; }

    public TimeSpan Now => Clock.Now;

    /// <summary>The time of FreeRTOS's last tick; there is one each millisecond since the start.</summary>
    public TimeSpan LastTick => Now - TimeSpan.FromTicks(Clock.Tick.Ticks % TimeSpan.TicksPerMillisecond);

    /// <summary>An effect of now.</summary>
    public void Emit(ModemOutput output) => emit(output, Clock.Now);

    /// <summary>An effect that leaves the module later.</summary>
    public void EmitAt(ModemOutput output, TimeSpan due) => emit(output, due);

    /// <summary>
    /// Something that a bench does not show but a developer should know: a limit reached, a script's undefined act.
    /// </summary>
    public void Notice(string text) => notice(text);

    public Alarm NewAlarm(Action expired) => new(Alarms, expired);

    public ServiceTimer NewTimer(Action expired) => new(this, expired);

    /// <summary>Puts a message into the Lua task's mailbox; false: it is lost, which is noticed.</summary>
    public bool Post(IMailboxMessage message)
    {
        if (Mailbox.IsClosed) return false;
        if (Mailbox.TryPost(message))
        {
            _overflowNoticed = false;
            MessagePosted?.Invoke();
            return true;
        }

        if (_overflowNoticed) return false; // One notice for one overflow, however long it lasts.
        _overflowNoticed = true;
        Notice($"The Lua task's mailbox is full ({Parameters.MailboxCapacity} messages); what comes is lost: " +
            $"{message}.");
        return false;
    }
}
