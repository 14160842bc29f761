using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Rtos;

/// <summary>
/// The timers behind rtos.timer_start (reference §2.2, §2.3): at most 64, each expiry a message; a periodic one posts
/// whether or not Lua keeps up; a message whose timer was stopped meanwhile is ignored.
/// </summary>
internal sealed class RtosTimers(Board board)
{
    /// <summary>rtos.MSG_TIMER.</summary>
    public const int MessageType = 1;

    private readonly Dictionary<long, RtosTimer> _timers = [];
    private readonly Stack<RtosTimer> _spare = [];

    /// <summary>Starts a timer; false: too many run. One with the same id is replaced.</summary>
    public bool Start(long id, long timeoutMs, long repeat)
    {
        Stop(id);
        if (_timers.Count >= board.Parameters.TimerLimit)
        {
            board.Log.Write(LogLevel.Error, "timer", "too many timers");
            return false;
        }

        if (!_spare.TryPop(out var timer)) timer = new RtosTimer(this, board);
        timer.Begin(id, timeoutMs, repeat);
        _timers[id] = timer;
        return true;
    }

    public void Stop(long id)
    {
        if (!_timers.Remove(id, out var timer)) return;
        timer.End();
        if (!timer.HasMessage) _spare.Push(timer);
    }

    /// <summary>Lua took an expiry: whether the timer still is the one that posted it, and its repeats left.</summary>
    private bool Take(RtosTimer timer, long generation, out long repeat)
    {
        repeat = 0;
        if (!_timers.TryGetValue(timer.Id, out var known) || known != timer || timer.Generation != generation)
        {
            return false;
        }

        if (timer.Repeat == 0) Stop(timer.Id);
        else if (timer.Repeat > 0) timer.Repeat--;
        repeat = timer.Repeat;
        return true;
    }

    private sealed class RtosTimer : IMailboxMessage
    {
        private readonly RtosTimers _owner;
        private readonly Board _board;
        private readonly Alarm _alarm;
        private readonly Queue<long> _posted = [];
        private TimeSpan _period;

        public RtosTimer(RtosTimers owner, Board board)
        {
            _owner = owner;
            _board = board;
            _alarm = board.NewAlarm(OnExpired);
        }

        public long Id { get; private set; }
        public long Repeat { get; set; }
        public long Generation { get; private set; }
        public bool HasMessage => _posted.Count > 0;

        public void Begin(long id, long timeoutMs, long repeat)
        {
            Generation++;
            Id = id;
            Repeat = repeat;
            _period = TimeSpan.FromMilliseconds(timeoutMs);
            _alarm.Set(_board.Now + _period);
        }

        public void End()
        {
            Generation++;
            _alarm.Cancel();
        }

        public IEnumerator<NativeStep> Deliver(NativeFrame frame)
        {
            var generation = _posted.Dequeue();
            var id = Id;
            if (_owner.Take(this, generation, out var repeat))
            {
                frame.Return(LuaValue.Integer(MessageType), LuaValue.Integer(id), LuaValue.Integer(repeat));
            }
            else
            {
                frame.Return(LuaValue.Integer(0));
            }

            return NoSteps.Instance;
        }

        public override string ToString() =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"timer {Id}");

        private void OnExpired()
        {
            if (Repeat != 0) _alarm.Set(_board.Now + _period);
            if (_board.Post(this)) _posted.Enqueue(Generation);
        }
    }
}
