using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Rtos;

/// <summary>
/// The timers behind rtos.timer_start (reference §2.2, §2.3; S:project/luatos/src/luat_timer_ec618.c): a table of 64
/// places. Each expiry is a message that has the number of the timer alone. Whoever looks a number up gets the first
/// place that has it, so that of two timers with one number the message of either counts for the first, and a message
/// that waits counts for a timer that was started again.
/// </summary>
internal sealed class RtosTimers
{
    /// <summary>rtos.MSG_TIMER.</summary>
    public const int MessageType = 1;

    private readonly Board _board;
    private readonly RtosTimer?[] _places;
    private readonly Stack<RtosTimer> _spare = [];

    public RtosTimers(Board board)
    {
        _board = board;
        _places = new RtosTimer?[board.Parameters.TimerLimit];
    }

    /// <summary>Starts a timer in the first free place; false, and a line of the log: there is none.</summary>
    public bool Start(long id, long timeoutMs, long repeat)
    {
        var place = Array.IndexOf(_places, null);
        if (place < 0)
        {
            _board.Log.Write(LogLevel.Error, "timer", "too many timers");
            return false;
        }

        if (!_spare.TryPop(out var timer)) timer = new RtosTimer(this, _board);
        timer.Begin(id, timeoutMs, repeat);
        _places[place] = timer;
        return true;
    }

    public void Stop(long id)
    {
        var place = Find(id);
        if (place < 0) return;
        var timer = _places[place]!;
        _places[place] = null;
        timer.End();
    }

    private int Find(long id)
    {
        for (var i = 0; i < _places.Length; i++)
        {
            if (_places[i] is { } timer && timer.Id == id) return i;
        }

        return -1;
    }

    /// <summary>
    /// Lua took an expiry: the repeats that the timer of this number had left before it; null: there is none now.
    /// </summary>
    private long? Take(long id)
    {
        var place = Find(id);
        if (place < 0) return null;
        var timer = _places[place]!;
        var left = timer.Repeat;
        if (left == 0) Stop(id);
        else if (left > 0) timer.Repeat--;
        return left;
    }

    private void OnDeleted(RtosTimer timer)
    {
        if (!timer.HasMessage) _spare.Push(timer);
    }

    private sealed class RtosTimer : IMailboxMessage
    {
        private readonly RtosTimers _owner;
        private readonly Board _board;
        private readonly SoftTimer _timer;
        private int _posted;
        private bool _isPlaced;

        public RtosTimer(RtosTimers owner, Board board)
        {
            _owner = owner;
            _board = board;
            _timer = new SoftTimer(board, OnExpired, () => owner.OnDeleted(this));
        }

        public long Id { get; private set; }
        public long Repeat { get; set; }
        public bool HasMessage => _posted > 0;

        public void Begin(long id, long timeoutMs, long repeat)
        {
            (Id, Repeat, _isPlaced) = (id, repeat, true);
            _timer.Start(TimeSpan.FromMilliseconds(timeoutMs), repeats: repeat != 0);
        }

        public void End()
        {
            _isPlaced = false;
            _timer.Delete();
        }

        /// <summary>Nothing comes back for a timer that was stopped meanwhile.</summary>
        public IEnumerator<NativeStep> Deliver(NativeFrame frame)
        {
            _posted--;
            var id = Id;
            if (_owner.Take(id) is { } left)
            {
                frame.Return(LuaValue.Integer(MessageType), LuaValue.Integer(id), LuaValue.Integer(left));
            }

            return NoSteps.Instance;
        }

        public override string ToString() =>
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"timer {Id}");

        private void OnExpired()
        {
            if ((_isPlaced || _owner.Find(Id) >= 0) && _board.Post(this)) _posted++;
        }
    }
}
