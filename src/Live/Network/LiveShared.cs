using System.Net.Sockets;
using AirHil.Modem;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Time;

namespace AirHil.Live.Network;

/// <summary>
/// What the parts of a live network share. All state belongs to the world's thread. What other threads have to say is
/// posted to the world.
/// </summary>
internal sealed class LiveShared(LiveNetworkOptions options, NetworkState net) : IAsyncDisposable
{
    /// <summary>How long the end of a run waits for connections to be released.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly Unclaimed<Socket> _unclaimed = new(socket => socket.Dispose());
    private readonly DueQueue<Action> _due = new();
    private readonly List<Task> _running = [];
    private readonly CancellationTokenSource _ended = new();
    private ILiveRun? _run;
    private int _nextLink = 1;

    public LiveNetworkOptions Options { get; } = options;

    public NetworkState Net { get; } = net;

    /// <summary>Cancelled at the end of the run.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>When something is due; null: nothing is.</summary>
    public TimeSpan? NextDue => _due.Next;

    /// <summary>The run's time; any thread may ask.</summary>
    private TimeSpan RunNow => _run?.Now ?? Net.Now;

    public void Attach(ILiveRun run) => _run = run;

    /// <summary>A number for a connection.</summary>
    public int NextLink() => _nextLink++;

    /// <summary>Does what is due by now.</summary>
    public void Advance(TimeSpan now)
    {
        Net.MoveTo(now);
        while (_due.TryTakeDue(Net.Now, out var act)) act();
    }

    /// <summary>From any thread: this shall happen on the world's, where the run has not ended.</summary>
    public void Post(Action happened) => _run?.Post(now =>
    {
        Net.MoveTo(now);
        happened();
    });

    /// <summary>The same with a socket, which is closed if nobody takes it any more.</summary>
    public void Post(Socket socket, Action happened)
    {
        _unclaimed.Add(socket);
        Post(() =>
        {
            _unclaimed.Claim(socket);
            happened();
        });
    }

    /// <summary>Runs beside the world; what it throws is a defect and ends the run.</summary>
    public void Beside(Func<Task> work)
    {
        _running.RemoveAll(t => t.IsCompletedSuccessfully);
        _running.Add(Task.Run(async () =>
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException)
            {
                // The run has ended, or nobody waits for it any more.
            }
            catch (Exception defect)
            {
                Post(() => throw new InvalidOperationException($"The live network failed: {defect.Message}", defect));
            }
        }));
    }

    /// <summary>The end of the run waits for the connection's.</summary>
    public void Track(LiveConnection connection)
    {
        var completion = connection.Completion;
        Beside(() => completion);
    }

    public void After(TimeSpan delay, Action act) => _due.Add(Net.Now + delay, act);

    public LivePath NewPath(bool isBlocked, SlowWays slow)
    {
        var path = new LivePath(() => RunNow, _run?.Speed ?? 1, Options.GiveUpAfter);
        path.Set(isBlocked, slow);
        return path;
    }

    /// <summary>
    /// Nothing passes between a client of the edge and the host. A board that obeys the order to leave the network
    /// would need no help; one that is slow to obey is cut off here meanwhile.
    /// </summary>
    public bool IsBlocked(string client, string host) =>
        Net.Faults.Has<BlackHole>(client) || Net.Faults.Has<DropCoverage>(client)
            || Net.Faults.Has<SilentHost>(client, host);

    /// <summary>What is slow at a socket that stands for the module.</summary>
    public SlowWays SlowAtModule(string modem, string host) => new(
        Slow(modem, host, toModule: true), Slow(modem, host, toModule: false));

    /// <summary>What is slow at a socket of the edge, where the module is at the other end.</summary>
    public SlowWays SlowAtEdge(string modem, string host) =>
        new(Slow(modem, host, toModule: false), Slow(modem, host, toModule: true));

    /// <summary>What a slow link takes for the way there and back.</summary>
    public TimeSpan RoundTrip(string modem, string host = "") =>
        HalfTrip(Slow(modem, host, toModule: false)) + HalfTrip(Slow(modem, host, toModule: true));

    private static TimeSpan HalfTrip(SlowLink? slow) => slow is null ? TimeSpan.Zero : slow.RoundTrip / 2;

    private SlowLink? Slow(string modem, string host, bool toModule) =>
        Net.Faults.Find<SlowLink>(modem, host, toModule);

    /// <summary>Says something that is worth a sentence in the session.</summary>
    public void Notice(string modem, string text) => Net.Record(modem, new NetworkNoticed(Net.Now, text));

    /// <summary>The run has ended: what was accepted or connected and not yet taken is closed.</summary>
    /// <returns>False: it had ended before.</returns>
    public async Task<bool> EndAsync()
    {
        if (_ended.IsCancellationRequested) return false;
        await _ended.CancelAsync();
        _unclaimed.End();
        return true;
    }

    /// <summary>Waits until nothing runs beside the world any more.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(_running).WaitAsync(EndPatience);
        }
        catch (TimeoutException)
        {
            // A connect of the operating system may take its time; nobody listens to it any more.
        }

        _ended.Dispose();
    }
}
