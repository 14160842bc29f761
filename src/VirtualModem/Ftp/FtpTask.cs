using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Ftp;

/// <summary>What the task of the FTP client is asked for, or gets from its data connection.</summary>
internal enum FtpRequest
{
    Command = 2, // as the log counts them
    Pull,
    Push,
    Close,
    DataConnected,
    DataRefused,
    DataSent,
    DataClosed,
}

/// <summary>
/// The FTP client's own RTOS task, which waits in the middle of what it does: each step of the routine is a wait
/// (reference-net §5.1, L:components/network/libftp/luat_ftp_client.c, L:…/luat_network_adapter.c network_wait_rx).
/// </summary>
internal sealed class FtpTask : IControlUser
{
    private readonly Alarm _timeout;
    private readonly Action<FtpRequest> _meanwhile;
    private readonly Queue<FtpRequest> _requests = [];
    private readonly Board _board;
    private IEnumerator<FtpWait>? _routine;
    private NetworkControl? _control;
    private bool _isRunning;
    private bool? _online;
    private bool? _sent;
    private bool _lost;
    private bool _timedOut;

    /// <param name="board">The module.</param>
    /// <param name="meanwhile">Takes a request that comes while the routine waits for something else.</param>
    public FtpTask(Board board, Action<FtpRequest> meanwhile)
    {
        _board = board;
        _meanwhile = meanwhile;
        _timeout = board.NewAlarm(OnTimeout);
    }

    public bool IsStarted => _routine is not null;

    /// <summary>Whether the last wait ended because its time was over.</summary>
    public bool TimedOut { get; private set; }

    /// <summary>The request that ended the last wait; null: something else did.</summary>
    public FtpRequest? Request { get; private set; }

    /// <summary>Whether the last wait ended well.</summary>
    public bool Succeeded { get; private set; }

    public void Start(NetworkControl control, IEnumerator<FtpWait> routine)
    {
        _control = control;
        _routine = routine;
        (_online, _sent, _lost) = (null, null, false);
        _requests.Clear();
        Advance();
    }

    public void Stop()
    {
        _timeout.Cancel();
        _control = null;
        _routine = null;
    }

    public void Post(FtpRequest request)
    {
        _requests.Enqueue(request);
        Pump();
    }

    void IControlUser.Handle(ControlEvent what, bool failed)
    {
        switch (what)
        {
            case ControlEvent.Online:
                _online = !failed;
                break;
            case ControlEvent.Sent:
                _sent = !failed;
                break;
            case ControlEvent.Event:
                _lost |= failed;
                break;
        }

        Pump();
    }

    private void OnTimeout()
    {
        _timedOut = true;
        Pump();
    }

    /// <summary>Goes on with the routine for as long as what it waits for is there.</summary>
    private void Pump()
    {
        if (_isRunning) return; // Something that the routine does has told the task.
        while (_routine is not null && IsOver(_routine.Current)) Advance();
    }

    private void Advance()
    {
        _timeout.Cancel();
        TimedOut = _timedOut;
        _timedOut = false;
        _isRunning = true;
        var routine = _routine;
        if (routine is not null && routine.MoveNext())
        {
            if (routine.Current.Limit > TimeSpan.Zero) _timeout.Set(_board.Now + routine.Current.Limit);
            Begin(routine.Current.Kind);
        }
        else if (routine == _routine)
        {
            Stop();
        }

        _isRunning = false;
    }

    private void Begin(FtpWaitKind kind)
    {
        Request = null;
        if (kind == FtpWaitKind.Online) _online = null;
        else if (kind == FtpWaitKind.Sent) _sent = null;
    }

    private bool IsOver(FtpWait wait)
    {
        Succeeded = false;
        switch (wait.Kind)
        {
            case FtpWaitKind.Online when _online is { } online:
                Succeeded = online;
                return true;
            case FtpWaitKind.Sent when _sent is { } sent:
                Succeeded = sent;
                return true;
            case FtpWaitKind.Reply or FtpWaitKind.Anything:
                var state = _lost ? NetworkReply.Failed : _control!.WaitEvent();
                _lost = false;
                if (state == NetworkReply.Pending) break;
                Succeeded = state == NetworkReply.Done;
                return true;
        }

        while (_requests.TryDequeue(out var request))
        {
            if (wait.Kind is FtpWaitKind.Anything or FtpWaitKind.Request)
            {
                (Request, Succeeded) = (request, true);
                return true;
            }

            _meanwhile(request);
        }

        Succeeded = _timedOut && wait.Kind is FtpWaitKind.Reply or FtpWaitKind.Anything;
        return _timedOut;
    }
}
