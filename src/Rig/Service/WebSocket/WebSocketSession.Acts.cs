using System.Buffers.Binary;
using System.Globalization;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service.WebSocket;

/// <summary>What a connection's end at the service says when the time for it has come.</summary>
internal sealed partial class WebSocketSession
{
    private void RefuseUpgrade(int status)
    {
        if (Connection.IsGone) return;
        Record(new UpgradeRefused(Side.Now, Connection.Label, status));
        Send(UpgradeAnswer.Refuse(status));
        Hangup();
    }

    /// <param name="glued">What follows in the same segment.</param>
    private void AcceptUpgrade(string key, ServiceMessage? glued)
    {
        if (Connection.IsGone) return;
        if (_state == WebSocketState.Upgrading) _state = WebSocketState.Open;
        var bytes = UpgradeAnswer.Accept(key);
        Record(new UpgradeAccepted(Side.Now, Connection.Label, Endpoint!.Url.ToString()));
        if (glued is not null)
        {
            bytes = [.. bytes, .. new WebSocketFrame(WebSocketOpcode.Text, glued.Bytes).Encode()];
            Record(new FrameOut(Side.Now, Connection.Label, FrameKind.Text, glued.Bytes));
        }

        Send(bytes);
        site.ScriptOf(Endpoint)?.Connected(this);
    }

    private void SendMessage(ServiceMessage message) =>
        Side.Pass(Connection, toModule: true, message.Bytes, () => SendNow(message));

    private void SendNow(ServiceMessage message)
    {
        var isClosing = _state == WebSocketState.Closing && !_hasSentClose;
        if (Connection.IsGone || (!isClosing && _state != WebSocketState.Open)) return;
        if (IsWithheld())
        {
            Record(new Withheld(
                Side.Now, Connection.Label, message.IsText ? message.Text : "", message.Bytes));
            return;
        }

        Record(new FrameOut(Side.Now, Connection.Label, message.Frame, message.Bytes));
        var opcode = message.IsText ? WebSocketOpcode.Text : WebSocketOpcode.Binary;
        if (Strike<Fragment>() is null)
        {
            Send(new WebSocketFrame(opcode, message.Bytes).Encode());
            return;
        }

        var half = (message.Bytes.Length + 1) / 2;
        Send(new WebSocketFrame(opcode, message.Bytes[..half], false).Encode());
        Send(new WebSocketFrame(WebSocketOpcode.Continuation, message.Bytes[half..]).Encode());
    }

    private void SendControl(WebSocketFrame frame)
    {
        if (Connection.IsGone || _hasSentClose) return;
        _hasSentClose = frame.Opcode == WebSocketOpcode.Close;
        var (kind, word) = frame.Opcode switch
        {
            WebSocketOpcode.Close => (FrameKind.Close, "close"),
            WebSocketOpcode.Ping => (FrameKind.Ping, "ping"),
            _ => (FrameKind.Pong, "pong"),
        };
        if (IsWithheld())
        {
            var what = kind == FrameKind.Close && frame.Payload.Length >= 2
                ? string.Create(
                    CultureInfo.InvariantCulture, $"{word} {BinaryPrimitives.ReadUInt16BigEndian(frame.Payload.Span)}")
                : word;
            Record(new Withheld(Side.Now, Connection.Label, what, frame.Payload));
            return;
        }

        Record(new FrameOut(Side.Now, Connection.Label, kind, frame.Payload));
        Send(frame.Encode());
    }

    private bool IsWithheld() => _isStalled || IsActing<FallSilent>();
}
