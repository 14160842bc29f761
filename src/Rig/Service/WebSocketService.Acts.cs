using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using AirHil.Modem.Faults;

namespace AirHil.Rig.Service;

/// <summary>What the service does when its time has come, and how it misbehaves.</summary>
public sealed partial class WebSocketService
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
                Hangup(hangup.Connection, "service.fin");
                break;
            case ServiceAction.SendDatagram datagram:
                var (asked, message) = datagram;
                Record(asked.Client, "udp.out", "", message.Bytes);
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
            Record(connection, "ws.refused", answer.Status.ToString(CultureInfo.InvariantCulture));
            Send(connection, UpgradeAnswer.Refuse(answer.Status));
            Hangup(connection, "service.fin");
            return;
        }

        if (connection.State == ServiceConnectionState.Upgrading) connection.State = ServiceConnectionState.Open;
        var bytes = UpgradeAnswer.Accept(answer.Key);
        Record(connection, "ws.open", connection.Endpoint!.Url.ToString());
        if (answer.Glued is { } glued)
        {
            bytes = [.. bytes, .. new WebSocketFrame(WebSocketOpcode.Text, glued.Bytes).Encode()];
            Record(connection, "ws.text.out", glued.Text, glued.Bytes);
        }

        Send(connection, bytes);
    }

    private void SendMessage(ServiceConnection connection, ServiceMessage message)
    {
        if (connection.State is not (ServiceConnectionState.Open or ServiceConnectionState.Raw)) return;
        var text = message.IsText ? message.Text : "";
        if (IsWithheld(connection))
        {
            Record(connection, "ws.withheld", text, message.Bytes);
            return;
        }

        if (connection.State == ServiceConnectionState.Raw)
        {
            Record(connection, "tcp.out", text, message.Bytes);
            Send(connection, message.Bytes);
            return;
        }

        Record(connection, message.IsText ? "ws.text.out" : "ws.binary.out", text, message.Bytes);
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
        if (connection.State == ServiceConnectionState.Closed) return;
        var isClose = frame.Opcode == WebSocketOpcode.Close;
        var kind = isClose ? "close" : frame.Opcode == WebSocketOpcode.Ping ? "ping" : "pong";
        var text = isClose && frame.Payload.Length >= 2
            ? BinaryPrimitives.ReadUInt16BigEndian(frame.Payload.Span).ToString(CultureInfo.InvariantCulture)
            : "";
        if (IsWithheld(connection))
        {
            Record(connection, "ws.withheld", text.Length > 0 ? $"{kind} {text}" : kind, frame.Payload);
            return;
        }

        Record(connection, $"ws.{kind}.out", text, frame.Payload);
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

    private void Hangup(ServiceConnection connection, string kind)
    {
        if (connection.State == ServiceConnectionState.Closed) return;
        connection.State = ServiceConnectionState.Closed;
        _connections.Remove(connection.Id);
        Record(connection, kind, "");
        _outputs.Enqueue(new ServiceOutput.Close(connection.Id, false));
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
                    Hangup(connection, "service.fin");
                    break;
                case ForgetConnections:
                    connection.State = ServiceConnectionState.Closed;
                    _connections.Remove(connection.Id);
                    Record(connection, "service.forget", "");
                    _outputs.Enqueue(new ServiceOutput.Forget(connection.Id));
                    break;
                case OversizeFrame oversize when connection.State == ServiceConnectionState.Open:
                    SendMessage(connection, ServiceMessage.Of(new string('x', oversize.Bytes)));
                    break;
                case HalfFrame when connection.State == ServiceConnectionState.Open && !connection.IsStalled:
                    var whole = WebSocketFrame.Text("half of a frame that nobody will ever complete").Encode();
                    var half = whole.AsMemory(0, whole.Length / 2);
                    Record(connection, "ws.half.out", Encoding.UTF8.GetString(half.Span[2..]), half);
                    Send(connection, half);
                    connection.IsStalled = true;
                    break;
                default:
                    break;
            }
        }
    }
}
