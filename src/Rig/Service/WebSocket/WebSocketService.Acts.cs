using System.Buffers.Binary;
using System.Globalization;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service.WebSocket;

/// <summary>What the service does when its time has come, and how it misbehaves.</summary>
internal sealed partial class WebSocketService
{
    private void Perform(ServiceAction action)
    {
        switch (action)
        {
            case ServiceAction.SendMessage send:
                SendMessage(send.Connection, send.Message);
                break;
            case ServiceAction.SendControl control:
                SendControl(control.Connection, control.Frame);
                break;
            case ServiceAction.AnswerUpgrade answer:
                AnswerUpgrade(answer);
                break;
            case ServiceAction.Hangup hangup:
                Hangup(hangup.Connection);
                break;
            case ServiceAction.SendDatagram datagram:
                var (asked, message) = datagram;
                Record(asked.Client, new DatagramOut(_now, asked.Label, message.Bytes));
                _outputs.Enqueue(new ServiceOutput.SendDatagram(asked.Flow, asked.Host, asked.Port, message.Bytes));
                break;
            default:
                throw new InvalidOperationException($"The service cannot do {action.GetType().Name}");
        }
    }

    private void AnswerUpgrade(ServiceAction.AnswerUpgrade answer)
    {
        var connection = answer.Connection;
        if (connection.State == ServiceConnectionState.Closed) return;
        if (answer.Status != 101)
        {
            Record(connection, new UpgradeRefused(_now, connection.Label, answer.Status));
            Send(connection, UpgradeAnswer.Refuse(answer.Status));
            Hangup(connection);
            return;
        }

        if (connection.State == ServiceConnectionState.Upgrading) connection.State = ServiceConnectionState.Open;
        var bytes = UpgradeAnswer.Accept(answer.Key);
        Record(connection, new UpgradeAccepted(_now, connection.Label, connection.Endpoint!.Url.ToString()));
        if (answer.Glued is { } glued)
        {
            bytes = [.. bytes, .. new WebSocketFrame(WebSocketOpcode.Text, glued.Bytes).Encode()];
            Record(connection, new FrameOut(_now, connection.Label, FrameKind.Text, glued.Bytes));
        }

        Send(connection, bytes);
    }

    private void SendMessage(ServiceConnection connection, ServiceMessage message)
    {
        var isClosing = connection is { State: ServiceConnectionState.Closing, HasSentClose: false };
        if (!isClosing && connection.State is not (ServiceConnectionState.Open or ServiceConnectionState.Raw)) return;
        if (IsWithheld(connection))
        {
            Record(connection, new Withheld(
                _now, connection.Label, message.IsText ? message.Text : "", message.Bytes));
            return;
        }

        if (connection.State == ServiceConnectionState.Raw)
        {
            Record(connection, new RawOut(_now, connection.Label, message.IsText, message.Bytes));
            Send(connection, message.Bytes);
            return;
        }

        Record(connection, new FrameOut(_now, connection.Label, message.Frame, message.Bytes));
        var opcode = message.IsText ? WebSocketOpcode.Text : WebSocketOpcode.Binary;
        if (!IsActing<Fragment>())
        {
            Send(connection, new WebSocketFrame(opcode, message.Bytes).Encode());
            return;
        }

        var half = (message.Bytes.Length + 1) / 2;
        Send(connection, new WebSocketFrame(opcode, message.Bytes[..half], false).Encode());
        Send(connection, new WebSocketFrame(WebSocketOpcode.Continuation, message.Bytes[half..]).Encode());
    }

    private void SendControl(ServiceConnection connection, WebSocketFrame frame)
    {
        if (connection.State == ServiceConnectionState.Closed || connection.HasSentClose) return;
        connection.HasSentClose = frame.Opcode == WebSocketOpcode.Close;
        var (kind, word) = frame.Opcode switch
        {
            WebSocketOpcode.Close => (FrameKind.Close, "close"),
            WebSocketOpcode.Ping => (FrameKind.Ping, "ping"),
            _ => (FrameKind.Pong, "pong"),
        };
        if (IsWithheld(connection))
        {
            var what = kind == FrameKind.Close && frame.Payload.Length >= 2
                ? string.Create(
                    CultureInfo.InvariantCulture, $"{word} {BinaryPrimitives.ReadUInt16BigEndian(frame.Payload.Span)}")
                : word;
            Record(connection, new Withheld(_now, connection.Label, what, frame.Payload));
            return;
        }

        Record(connection, new FrameOut(_now, connection.Label, kind, frame.Payload));
        Send(connection, frame.Encode());
    }

    private void Ping(ServiceInput.SendPing ping)
    {
        foreach (var connection in _connections.Values.ToArray())
        {
            if (connection.State != ServiceConnectionState.Open) continue;
            if (ping.Url is not null && connection.Endpoint?.Url.ToString() != ServiceUrl.Parse(ping.Url).ToString())
            {
                continue;
            }

            SendControl(connection, new WebSocketFrame(WebSocketOpcode.Ping, ping.Bytes));
        }
    }

    private bool IsWithheld(ServiceConnection connection) => connection.IsStalled || IsActing<FallSilent>();

    private void Send(ServiceConnection connection, ReadOnlyMemory<byte> bytes) =>
        _outputs.Enqueue(new ServiceOutput.Send(connection.Id, bytes));

    private void Hangup(ServiceConnection connection)
    {
        if (connection.State == ServiceConnectionState.Closed) return;
        connection.State = ServiceConnectionState.Closed;
        Drop(connection);
        Record(connection, new ServiceFinished(_now, connection.Label));
        _outputs.Enqueue(new ServiceOutput.Close(connection.Id, false));
    }

    private void Drop(ServiceConnection connection)
    {
        if (_connections.Remove(connection.Id)) _held -= connection.HeldBytes;
    }

    private void Begin(ServiceFault fault)
    {
        if (!fault.IsMoment)
        {
            _faults.Add(fault);
            return;
        }

        foreach (var connection in _connections.Values.ToArray())
        {
            switch (fault)
            {
                case CloseWithFrame close when connection.State == ServiceConnectionState.Open:
                    SendControl(connection, WebSocketFrame.Close(close.Code));
                    connection.State = ServiceConnectionState.Closing;
                    _due.Add(_now + ClosePatience, new ServiceAction.Hangup(connection));
                    break;
                case CloseWithoutFrame:
                    Hangup(connection);
                    break;
                case ForgetConnections:
                    connection.State = ServiceConnectionState.Closed;
                    Drop(connection);
                    Record(connection, new ServiceForgot(_now, connection.Label));
                    _outputs.Enqueue(new ServiceOutput.Forget(connection.Id));
                    break;
                case OversizeFrame oversize when connection.State == ServiceConnectionState.Open:
                    SendMessage(connection, ServiceMessage.Of(new string('x', oversize.Bytes)));
                    break;
                case HalfFrame when connection.State == ServiceConnectionState.Open && !connection.IsStalled:
                    var whole = WebSocketFrame.Text("half of a frame that nobody will ever complete").Encode();
                    var half = whole.AsMemory(0, whole.Length / 2);
                    Record(connection, new HalfFrameOut(_now, connection.Label, half));
                    Send(connection, half);
                    connection.IsStalled = true;
                    break;
                default:
                    break;
            }
        }
    }
}
