using AirHil.Lua.Run;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Power;
using AirHil.VirtualModem.Rtos;
using AirHil.VirtualModem.Watchdog;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// The processor as the Lua task sees it: the engine runs in slices of 1 ms of CPU time, each instruction has its time,
/// and while it waits for a message the idle task feeds the watchdog.
/// </summary>
internal sealed class Cpu : IProcessor
{
    private readonly Board _board;
    private readonly HardwareWatchdog _watchdog;
    private readonly ChipSleep _sleep;
    private readonly Action<RunStatus> _ended;
    private readonly Alarm _slice;
    private readonly Alarm _receiveTimeout;
    private readonly Func<TimeSpan> _spent;
    private LuaState? _lua;
    private Alarm? _polled;
    private long _sliceStart;
    private TimeSpan _busyUntil;
    private TimeSpan _used;
    private Mode _mode;
    private bool _stalls;
    private bool _sleeps;

    public Cpu(Board board, HardwareWatchdog watchdog, ChipSleep sleep, Action<RunStatus> ended)
    {
        _sleep = sleep;
        _board = board;
        _watchdog = watchdog;
        _ended = ended;
        _slice = board.NewAlarm(OnSlice);
        _receiveTimeout = board.NewAlarm(OnReceiveTimeout);
        _spent = Spent;
        board.MessagePosted = OnMessagePosted;
        board.Timers.IsFree = IsFree;
    }

    private enum Mode
    {
        /// <summary>No Lua yet, or none any more.</summary>
        Halted,

        /// <summary>A slice runs or the next one is set.</summary>
        Busy,

        /// <summary>In rtos.receive with an empty mailbox.</summary>
        Waiting,

        /// <summary>A driver polls its hardware, and no other message is looked at.</summary>
        Stalled,
    }

    /// <summary>Whether the last wait of rtos.receive ended by its timeout.</summary>
    public bool TimedOut { get; private set; }

    /// <summary>Whether Lua waits for a message and none is there.</summary>
    public bool IsIdle => _mode == Mode.Waiting && !_slice.IsSet;

    /// <summary>The time that Lua has run since the module's start, up to <paramref name="now"/>.</summary>
    public TimeSpan UsedUntil(TimeSpan now) => _busyUntil > now ? _used - (_busyUntil - now) : _used;

    public void Start(LuaState lua)
    {
        _lua = lua;
        _mode = Mode.Busy;
        _slice.Set(_board.Now);
    }

    /// <summary>Nothing of Lua runs any more: the VM has ended or the chip resets.</summary>
    public void Halt()
    {
        _mode = Mode.Halted;
        _slice.Cancel();
        _polled?.Cancel();
        _receiveTimeout.Cancel();
    }

    /// <inheritdoc/>
    public void Take(TimeSpan time) =>
        _lua?.Charge((long)(time.TotalSeconds * _board.Parameters.InstructionsPerSecond));

    /// <summary>Takes the time, and gives the run's time behind it.</summary>
    public TimeSpan TakeUntil(TimeSpan time)
    {
        Take(time);
        return _board.Now;
    }

    /// <summary>rtos.receive is about to wait; negative: for ever.</summary>
    public void ReceiveWithin(long timeoutMs)
    {
        TimedOut = false;
        if (timeoutMs >= 0) _receiveTimeout.Set(_board.LastTick + TimeSpan.FromMilliseconds(timeoutMs));
    }

    public void Received() => _receiveTimeout.Cancel();

    /// <inheritdoc/>
    public void Stall() => _stalls = true;

    /// <summary>The routine that calls this polls for so long; it yields what comes back.</summary>
    public NativeStep Poll(TimeSpan time)
    {
        _polled ??= _board.NewAlarm(GoOn);
        _polled.Set(_board.Now + time);
        Stall();
        return NativeStep.Suspend;
    }

    /// <summary>vTaskDelay: the routine that calls this sleeps for so many ticks, and other tasks run.</summary>
    public NativeStep Sleep(long ticks)
    {
        _polled ??= _board.NewAlarm(GoOn);
        _polled.Set(_board.LastTick + TimeSpan.FromMilliseconds(ticks));
        _sleeps = true;
        Stall();
        return NativeStep.Suspend;
    }

    /// <inheritdoc/>
    public void GoOn()
    {
        if (_mode == Mode.Stalled) Wake();
    }

    /// <summary>
    /// Whether the Lua task leaves the processor to tasks of a lower priority. What wakes it at this tick comes first.
    /// </summary>
    private bool IsFree()
    {
        if (_mode == Mode.Halted) return true;
        var now = _board.Now;
        if (_mode == Mode.Busy || _slice.IsSet || now < _busyUntil) return false;
        return _mode == Mode.Stalled
            ? _sleeps && _polled!.Due > now
            : !_receiveTimeout.IsSet || _receiveTimeout.Due > now;
    }

    private void OnMessagePosted()
    {
        if (_mode == Mode.Waiting) Wake();
    }

    private void OnReceiveTimeout()
    {
        if (_mode != Mode.Waiting) return;
        TimedOut = true;
        Wake();
    }

    private void Wake()
    {
        if (_slice.IsSet) return;
        var awake = _sleep.Wake();
        _slice.Set(awake > _busyUntil ? awake : _busyUntil);
    }

    private TimeSpan Spent() => TimeSpan.FromTicks(
        (long)((_lua!.InstructionCount - _sliceStart) * (double)TimeSpan.TicksPerSecond
            / _board.Parameters.InstructionsPerSecond));

    private void OnSlice()
    {
        var lua = _lua!;
        var start = _board.Now;
        _watchdog.CpuTaken(start);
        _sliceStart = lua.InstructionCount;
        _board.Clock.Spent = _spent;
        if (_mode is Mode.Waiting or Mode.Stalled)
        {
            _mode = Mode.Busy;
            _sleeps = false;
            lua.Resume();
        }

        RunStatus status;
        try
        {
            status = lua.Run(Math.Max(1, _board.Parameters.InstructionsPerSecond / 1000));
        }
        finally
        {
            _board.Clock.Spent = null;
        }

        var spent = Spent();
        _used += spent;
        _busyUntil = start + spent;
        if (_mode == Mode.Halted) return; // The slice ended in a reboot.
        switch (status)
        {
            case RunStatus.Preempted:
                _watchdog.CpuKept();
                // A slice always moves time on, even where the engine spent nothing.
                _slice.Set(_busyUntil > start ? _busyUntil : start + TimeSpan.FromTicks(1));
                break;
            case RunStatus.Suspended when _stalls:
                Stalled();
                break;
            case RunStatus.Suspended:
                _mode = Mode.Waiting;
                _watchdog.CpuReleased();
                if (_board.Mailbox.Count > 0)
                {
                    Wake();
                    break;
                }

                _sleep.Consider();
                _board.Timers.Go(_busyUntil);
                break;
            case RunStatus.Finished or RunStatus.Failed:
                Halt();
                _watchdog.CpuReleased();
                _board.Clock.MoveTo(_busyUntil);
                _ended(status);
                _board.Timers.Go(_busyUntil);
                break;
            default:
                throw new InvalidOperationException($"The engine ended a slice with {status}.");
        }
    }

    private void Stalled()
    {
        (_mode, _stalls) = (Mode.Stalled, false);
        if (!_sleeps)
        {
            _watchdog.CpuKept();
            return;
        }

        _watchdog.CpuReleased();
        _board.Timers.Go(_busyUntil);
    }
}
