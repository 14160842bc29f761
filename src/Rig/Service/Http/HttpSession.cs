using System.Text;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service.Http;

/// <summary>One connection to an HTTP/1.1 server: requests are answered in their order, one at a time.</summary>
internal sealed class HttpSession(HttpSite site, ServiceSide side, ServiceConnection connection)
    : ServiceSession(side, connection)
{
    /// <summary>How long a connection may be idle, as with nginx.</summary>
    private static readonly TimeSpan IdleLimit = TimeSpan.FromSeconds(75);

    /// <summary>A body that goes out slowly does so in pieces so far apart.</summary>
    private static readonly TimeSpan PieceTime = TimeSpan.FromMilliseconds(100);

    private readonly HttpRequestReader _reader = new();
    private bool _isAnswering;
    private bool _hasAskedForBody;
    private long _turn;

    public override int HeldBytes => _reader.HeldBytes;

    public override void Begin() => WaitForRequest();

    public override void Receive(ReadOnlyMemory<byte> bytes)
    {
        _turn++;
        _reader.Append(bytes.Span);
        Pump();
        if (_isAnswering || Connection.IsGone) return;
        WaitForRequest();
        if (!_reader.IsContinueExpected || _hasAskedForBody || IsActing<FallSilent>()) return;
        _hasAskedForBody = true;
        Plan(Promptly, () => SendOpen("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray()));
    }

    public override void PeerGone(bool reset) =>
        Record(new ClientGone(Side.Now, Connection.Label, ClientOf.Other, reset));

    public override void Overflow(string reason)
    {
        Record(new HttpViolated(Side.Now, Connection.Label, reason));
        Side.Hangup(Connection);
    }

    private void Pump()
    {
        while (!_isAnswering && !Connection.IsGone && _reader.TryRead(out var request)) Take(request);
        if (_isAnswering || Connection.IsGone || _reader.Violation is not { } violation) return;
        Record(new HttpViolated(Side.Now, Connection.Label, violation.Rule));
        _isAnswering = true;
        var head = new HttpRequestHead("GET", "/", "HTTP/1.1", [new("Connection", "close")]);
        Answer(new HttpRequest(head, "", default), new HttpAnswer(violation.Status));
    }

    private void Take(HttpRequest request)
    {
        Record(new HttpRequested(Side.Now, Connection.Label, request.RawHead, request.Body));
        (_isAnswering, _hasAskedForBody) = (true, false);
        var (endpoint, answer) = site.Find(Connection.Port, request);
        if (endpoint is not null) Endpoint = endpoint;
        // What silence swallows is no time of another fault.
        if (!IsActing<FallSilent>() && Strike<AnswerStatus>() is { } fault) answer = new HttpAnswer(fault.Status);
        Answer(request, answer);
    }

    private void Answer(HttpRequest request, HttpAnswer answer)
    {
        if (answer.Status == 0)
        {
            Withhold(request);
            return;
        }

        Plan(answer.Delay, () => Say(request, answer));
    }

    /// <summary>The connection stays as it is: nothing is answered, and nothing behind it.</summary>
    private void Withhold(HttpRequest request) => Record(new ServiceWithheld(
        Side.Now, Connection.Label, $"the answer to {request.Head.Method} {request.Head.Target}"));

    private void Say(HttpRequest request, HttpAnswer answer)
    {
        if (Connection.IsGone) return;
        if (IsActing<FallSilent>())
        {
            Withhold(request);
            return;
        }

        var wire = HttpWire.Of(request, answer, Side.Date, () => Strike<CutBodies>() is not null);
        Record(new HttpAnswered(Side.Now, Connection.Label, wire.Head, wire.Content));
        var head = Encoding.Latin1.GetBytes(wire.Head + "\r\n\r\n");
        if (answer.BytesPerSecond is not { } rate)
        {
            Send(wire.Body.Length == 0 ? head : [.. head, .. wire.Body]);
            End(wire, answer);
            return;
        }

        Send(head);
        SendPiece(wire, answer, 0, Math.Max(1, (int)(rate * PieceTime.TotalSeconds)), rate);
    }

    /// <summary>Sends one piece of a slow body, and plans the next.</summary>
    private void SendPiece(HttpWire wire, HttpAnswer answer, int at, int size, int rate)
    {
        if (Connection.IsGone) return;
        if (at >= wire.Body.Length)
        {
            End(wire, answer);
            return;
        }

        size = Math.Min(size, wire.Body.Length - at);
        Send(wire.Body.AsMemory(at, size));
        Plan(TimeSpan.FromSeconds((double)size / rate), () => SendPiece(wire, answer, at + size, size, rate));
    }

    private void End(HttpWire wire, HttpAnswer answer)
    {
        if (wire.Cut is { } cut)
        {
            Record(new HttpCut(Side.Now, Connection.Label, cut));
            if (answer.IsCutByReset) Side.Reset(Connection);
            else Side.Hangup(Connection);
            return;
        }

        if (!wire.KeepsAlive)
        {
            Side.Hangup(Connection);
            return;
        }

        _isAnswering = false;
        _turn++;
        Pump();
        if (!_isAnswering) WaitForRequest();
    }

    private void WaitForRequest()
    {
        var turn = _turn;
        Side.After(IdleLimit, () =>
        {
            if (turn == _turn && !_isAnswering) Side.Hangup(Connection);
        });
    }

    private void SendOpen(byte[] bytes)
    {
        if (!Connection.IsGone) Send(bytes);
    }
}
