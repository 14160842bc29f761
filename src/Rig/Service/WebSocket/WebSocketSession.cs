using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service.WebSocket;

/// <summary>The state of a connection to a WebSocket server.</summary>
internal enum WebSocketState
{
    /// <summary>The head of the HTTP request is not complete.</summary>
    Connecting,

    /// <summary>The request is there, the answer is on its way or withheld.</summary>
    Upgrading,

    Open,

    /// <summary>A close frame went out; the peer's is awaited.</summary>
    Closing,
}

/// <summary>
/// One connection to a WebSocket server (RFC 6455). It owns its frames, so it can misbehave on purpose
/// (<see cref="ServiceFault"/>).
/// </summary>
internal sealed partial class WebSocketSession(WebSocketSite site, ServiceSide side, ServiceConnection connection)
    : ServiceSession(side, connection)
{
    /// <summary>A request's head, Jetty's default.</summary>
    private const int HeadLimit = 8192;

    /// <summary>How long a close frame may stay unanswered before the service hangs up.</summary>
    private static readonly TimeSpan ClosePatience = TimeSpan.FromSeconds(2);

    private readonly List<byte> _head = [];
    private WebSocketFrameReader _reader = new(Endpoint.LeastMessageLimit);
    private MessageAssembler _assembler = new(Endpoint.LeastMessageLimit);
    private WebSocketState _state;

    /// <summary>A close frame went out; no message follows it (RFC 6455 §5.5.1).</summary>
    private bool _hasSentClose;

    /// <summary>Half a frame went out: anything after it would be read as its rest.</summary>
    private bool _isStalled;

    /// <summary>Bytes of an unfinished frame and of an unfinished message.</summary>
    public override int HeldBytes => _reader.HeldBytes + _assembler.HeldBytes;

    public override void Receive(ReadOnlyMemory<byte> bytes)
    {
        if (_state == WebSocketState.Connecting) ReceiveHead(bytes.Span);
        else ReceiveFrames(bytes.Span);
    }

    public override void PeerGone(bool reset) =>
        Record(new ClientGone(Side.Now, Connection.Label, ClientOf.WebSocket, reset));

    public override void Overflow(string reason) => Fail(new WebSocketViolation(1013, reason));

    public override bool Push(ServiceMessage message)
    {
        if (_state != WebSocketState.Open) return false;
        Plan(TimeSpan.Zero, () => SendMessage(message));
        return true;
    }

    public override void Close() => Suffer(new CloseWithFrame(1000));

    public override bool Ping(ReadOnlyMemory<byte> payload)
    {
        if (_state != WebSocketState.Open) return false;
        SendControl(new WebSocketFrame(WebSocketOpcode.Ping, payload));
        return true;
    }

    public override void Suffer(ServiceFault fault)
    {
        switch (fault)
        {
            case CloseWithFrame close when _state == WebSocketState.Open:
                SendControl(WebSocketFrame.Close(close.Code));
                _state = WebSocketState.Closing;
                Side.After(ClosePatience, Hangup);
                break;
            case OversizeFrame oversize when _state == WebSocketState.Open:
                SendMessage(ServiceMessage.Of(new string('x', oversize.Bytes)));
                break;
            case HalfFrame when _state == WebSocketState.Open && !_isStalled:
                var whole = WebSocketFrame.Text("half of a frame that nobody will ever complete").Encode();
                var half = whole.AsMemory(0, whole.Length / 2);
                Record(new HalfFrameOut(Side.Now, Connection.Label, half));
                Send(half);
                _isStalled = true;
                break;
            default:
                base.Suffer(fault);
                break;
        }
    }

    /// <summary>Begins to read frames for an endpoint.</summary>
    private void Serve(Endpoint endpoint)
    {
        Endpoint = endpoint;
        _reader = new WebSocketFrameReader(endpoint.MessageLimit);
        _assembler = new MessageAssembler(endpoint.MessageLimit);
    }

    private void Hangup() => Side.Hangup(Connection);
}
