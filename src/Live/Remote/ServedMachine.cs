using System.Collections.Concurrent;
using AirHil.Modem;
using AirHil.Rig.Time;

namespace AirHil.Live.Remote;

/// <summary>
/// Drives one machine on a thread of its own at the wall clock's pace, as a run does: a deadline at t sees the clock at
/// t exactly, however late the host is, and what comes from outside sees the clock at the time it is taken.
/// </summary>
/// <typeparam name="TInput">What can happen to the machine.</typeparam>
/// <typeparam name="TOutput">What it does.</typeparam>
internal sealed class ServedMachine<TInput, TOutput> : ILiveRun, IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private const int MostActs = 65_536;
    private const int MostWakesAtOnce = 100_000;
    private readonly string _name;
    private readonly Func<ISansIoMachine<TInput, TOutput>> _create;
    private readonly Func<TOutput, TimeSpan, bool> _emit;
    private readonly Action<Exception> _failed;
    private readonly WallClock _clock;
    private readonly TimeSpan _base;
    private readonly ConcurrentQueue<(TimeSpan At, Action<ISansIoMachine<TInput, TOutput>, TimeSpan> Do)> _acts = new();
    private readonly SemaphoreSlim _rung = new(0);
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _now;
    private int _waiting;
    private volatile bool _stop;

    /// <param name="name">What it is: "modem", "network".</param>
    /// <param name="create">Makes the machine; called on the machine's own thread.</param>
    /// <param name="clock">The session's clock.</param>
    /// <param name="now">The machine's time now.</param>
    /// <param name="emit">Takes an output with the machine's time; it may block, and then the machine waits. False:
    /// nobody takes any more.</param>
    /// <param name="failed">The machine threw; it does nothing more.</param>
    public ServedMachine(
        string name, Func<ISansIoMachine<TInput, TOutput>> create, WallClock clock, TimeSpan now,
        Func<TOutput, TimeSpan, bool> emit, Action<Exception> failed)
    {
        _name = name;
        _create = create;
        _emit = emit;
        _failed = failed;
        _clock = clock;
        _base = clock.Now - now;
        _now = now;
        _thread = new Thread(Run) { IsBackground = true, Name = "served " + name };
    }

    /// <summary>From now on the functions that were given are called.</summary>
    public void Start() => _thread.Start();

    /// <summary>The machine's time.</summary>
    public TimeSpan Now => _clock.Now - _base;

    public double Speed => _clock.Speed;

    /// <summary>A time of the machine as the session's.</summary>
    public TimeSpan ToSession(TimeSpan time) => time + _base;

    public void Ring()
    {
        if (!_stop) _rung.Release();
    }

    /// <summary>Something happens to the machine. Any thread may call it.</summary>
    /// <param name="at">Not before this time of the machine.</param>
    /// <param name="act">Gives the machine its input, with the time.</param>
    /// <exception cref="MalformedMessageException">More waits than a machine ever needs.</exception>
    public void Post(TimeSpan at, Action<ISansIoMachine<TInput, TOutput>, TimeSpan> act)
    {
        if (Interlocked.Increment(ref _waiting) > MostActs)
        {
            throw new MalformedMessageException(
                $"more than {MostActs} inputs wait for the {_name}, whose outputs are not taken",
                RefusalReason.Overflow);
        }

        _acts.Enqueue((at, act));
        Ring();
    }

    /// <summary>Ends the machine; done when what it held is given back.</summary>
    public async ValueTask DisposeAsync()
    {
        _stop = true;
        _rung.Release();
        await _ended.Task.ConfigureAwait(false);
    }

    private void Run()
    {
        ISansIoMachine<TInput, TOutput>? machine = null;
        try
        {
            machine = _create();
            if (machine is ILiveMachine live) live.Attach(this);
            Drive(machine);
        }
        catch (Exception problem)
        {
            // Whatever a machine throws must reach the client, and must not end the bench.
            if (!_stop) _failed(problem);
        }

        try
        {
            if (machine is IAsyncDisposable held) held.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (Exception problem)
        {
            if (!_stop) _failed(problem);
        }

        _ended.SetResult();
    }

    private void Drive(ISansIoMachine<TInput, TOutput> machine)
    {
        if (!Take(machine)) return;
        while (!_stop)
        {
            TimeSpan? waiting = null;
            while (!_stop && _acts.TryPeek(out var act))
            {
                if (act.At > Now)
                {
                    waiting = act.At;
                    break;
                }

                _acts.TryDequeue(out _);
                Interlocked.Decrement(ref _waiting);
                // However late this thread is, it sees its time, as a deadline does.
                if (!Advance(machine, act.At > _now ? act.At : _now)) return;
                act.Do(machine, _now);
                if (!Take(machine)) return;
            }

            if (!Advance(machine, Now)) return;
            var due = machine.NextTimeout;
            if (waiting < due || due is null) due = waiting;
            var wait = due is { } at ? _clock.Until(ToSession(at)) : Timeout.InfiniteTimeSpan;
            if (wait > LongestWait) wait = LongestWait;
            if (wait != TimeSpan.Zero && _rung.Wait(wait) && !_stop)
            {
                while (_rung.Wait(0))
                {
                }

                if (machine is not ILiveMachine) continue;
                if (!Advance(machine, _acts.TryPeek(out var next) && next.At < Now ? next.At : Now)) return;
                machine.HandleTimeout(_now);
                if (!Take(machine)) return;
            }
        }
    }

    /// <summary>Performs what is due up to now, each at its own time.</summary>
    private bool Advance(ISansIoMachine<TInput, TOutput> machine, TimeSpan now)
    {
        var wakes = 0;
        while (!_stop && machine.NextTimeout is { } due && due <= now)
        {
            wakes = due > _now ? 0 : wakes + 1;
            if (due > _now) _now = due;
            if (wakes > MostWakesAtOnce)
            {
                throw new InvalidOperationException($"the {_name} asks to be woken at {_now} without end");
            }

            machine.HandleTimeout(_now);
            if (!Take(machine)) return false;
        }

        if (now > _now) _now = now;
        return !_stop;
    }

    private bool Take(ISansIoMachine<TInput, TOutput> machine)
    {
        while (machine.TryTake(out var output))
        {
            if (!_emit(output, _now)) return false;
        }

        return true;
    }
}
