using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service.Http;

namespace AirHil.Rig.Service.WebSocket;

/// <summary>HTTP and RFC 6455: what comes in, and what it leads to.</summary>
internal sealed partial class WebSocketService
{
    private void Receive(ServiceConnection connection, ReadOnlyMemory<byte> bytes)
    {
        switch (connection.State)
        {
            case ServiceConnectionState.Connecting:
                ReceiveHead(connection, bytes.Span);
                break;
            case ServiceConnectionState.Raw:
                Record(connection, new RawIn(_now, connection.Label, bytes));
                React(connection, new ServiceMessage(bytes, false));
                break;
            case ServiceConnectionState.Upgrading or ServiceConnectionState.Open or ServiceConnectionState.Closing:
                ReceiveFrames(connection, bytes.Span);
                break;
            case ServiceConnectionState.Closed:
                break;
            default:
                throw new InvalidOperationException($"Unknown state {connection.State}");
        }
    }

    private void ReceiveHead(ServiceConnection connection, ReadOnlySpan<byte> bytes)
    {
        var head = connection.Head;
        var from = Math.Max(0, head.Count - 3);
        var added = Math.Min(bytes.Length, ServiceConnection.HeadLimit + 4 - head.Count);
        head.AddRange(bytes[..added]);
        var held = CollectionsMarshal.AsSpan(head);
        var end = held[from..].IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            if (head.Count < ServiceConnection.HeadLimit) return;
            Record(connection, new UpgradeLimited(_now, connection.Label, "the request's head is too long"));
            Refuse(connection, 431);
            return;
        }

        var size = from + end + 4;
        var raw = held[..size].ToArray();
        var rest = bytes[(added - (head.Count - size))..];
        head.Clear();
        Upgrade(connection, raw);
        if (rest.Length > 0 && connection.State == ServiceConnectionState.Upgrading) ReceiveFrames(connection, rest);
    }

    private void Upgrade(ServiceConnection connection, byte[] raw)
    {
        var head = HttpRequestHead.Parse(raw);
        Record(connection, new UpgradeAsked(_now, connection.Label, raw));
        var status = UpgradeAnswer.Judge(head);
        var endpoint = head is null
            ? null
            : _endpoints.Find(e => e.Url.IsWebSocket && e.Url.Host == connection.Host
            && e.Url.Port == connection.Port && (e.Url.Path == head.Target || e.Url.Path == head.Path));
        if (endpoint is not null) connection.Serve(endpoint);
        if (status != 400 && endpoint is null) status = 404;
        connection.State = ServiceConnectionState.Upgrading;
        if (IsActing<StallUpgrade>() || IsActing<FallSilent>())
        {
            Record(connection, new Withheld(_now, connection.Label, "the answer to the upgrade"));
            return;
        }

        if (Acting<RefuseUpgrade>() is { } refuse) status = refuse.Status;
        if (status != 101)
        {
            Refuse(connection, status);
            return;
        }

        var glued = Acting<GlueFrameTo101>() is { } glue ? ServiceMessage.Of(glue.Text) : null;
        Plan(connection, Promptly,
            new ServiceAction.AnswerUpgrade(connection, 101, head!["Sec-WebSocket-Key"]!, glued));
    }

    private void Refuse(ServiceConnection connection, int status)
    {
        connection.State = ServiceConnectionState.Upgrading;
        Plan(connection, Promptly, new ServiceAction.AnswerUpgrade(connection, status, "", null));
    }

    private void ReceiveFrames(ServiceConnection connection, ReadOnlySpan<byte> bytes)
    {
        var before = connection.HeldBytes;
        connection.Reader.Append(bytes);
        while (connection.State is ServiceConnectionState.Upgrading or ServiceConnectionState.Open
            or ServiceConnectionState.Closing
            && connection.Reader.TryRead(out var frame))
        {
            Take(connection, frame);
        }

        _held += connection.HeldBytes - before;
        if (connection.Reader.Violation is { } violation) Fail(connection, violation);
        else if (_held > HeldLimit)
        {
            Fail(connection, new WebSocketViolation(1013, $"the service holds more than {HeldLimit} unfinished bytes"));
        }
    }

    private void Take(ServiceConnection connection, WebSocketFrame frame)
    {
        switch (frame.Opcode)
        {
            case WebSocketOpcode.Ping:
                Record(connection, new FrameIn(_now, connection.Label, FrameKind.Ping, frame.Payload));
                Plan(connection, Promptly,
                    new ServiceAction.SendControl(connection, frame with { Opcode = WebSocketOpcode.Pong }));
                break;
            case WebSocketOpcode.Pong:
                Record(connection, new FrameIn(_now, connection.Label, FrameKind.Pong, frame.Payload));
                break;
            case WebSocketOpcode.Close:
                TakeClose(connection, frame.Payload);
                break;
            default:
                if (connection.Assembler.Take(frame, out var message) is { } violation)
                {
                    Fail(connection, violation);
                }
                else if (message is not null)
                {
                    Record(connection, new FrameIn(_now, connection.Label, message.Frame, message.Bytes));
                    if (connection.State != ServiceConnectionState.Closing) React(connection, message);
                }

                break;
        }
    }

    private void TakeClose(ServiceConnection connection, ReadOnlyMemory<byte> payload)
    {
        var code = payload.Length < 2 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(payload.Span);
        Record(connection, new FrameIn(_now, connection.Label, FrameKind.Close, payload));
        if (connection.State != ServiceConnectionState.Closing)
        {
            var answer = payload.Length == 0 ? new WebSocketFrame(WebSocketOpcode.Close, default)
                : !IsLegal(code) ? WebSocketFrame.Close(1002)
                : !Utf8.IsValid(payload.Span[2..]) ? WebSocketFrame.Close(1007)
                : WebSocketFrame.Close(code);
            Plan(connection, Promptly, new ServiceAction.SendControl(connection, answer));
        }

        connection.State = ServiceConnectionState.Closing;
        Plan(connection, TimeSpan.Zero, new ServiceAction.Hangup(connection));
    }

    /// <summary>
    /// Codes that a close frame may carry: RFC 6455 §7.4.1 and IANA's registry up to 1014, then those of libraries and
    /// applications.
    /// </summary>
    private static bool IsLegal(int code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014)
        or (>= 3000 and <= 4999);

    /// <summary>RFC 6455 §7.1.7: sends what was due before, says why and hangs up.</summary>
    private void Fail(ServiceConnection connection, WebSocketViolation violation)
    {
        if (connection.State is ServiceConnectionState.Closing or ServiceConnectionState.Closed) return;
        Record(connection, new FrameViolated(_now, connection.Label, violation.Reason));
        Plan(connection, Promptly, new ServiceAction.SendControl(connection, WebSocketFrame.Close(violation.Code)));
        Plan(connection, TimeSpan.Zero, new ServiceAction.Hangup(connection));
        connection.State = ServiceConnectionState.Closing;
    }

    private void React(ServiceConnection connection, ServiceMessage message)
    {
        var behavior = connection.Endpoint?.Behavior;
        if (behavior is null) return;
        _answers.Clear();
        behavior.React(message, _answers);
        foreach (var answer in _answers)
        {
            Plan(connection, behavior.AnswerDelay, new ServiceAction.SendMessage(connection, answer));
        }
    }
}
