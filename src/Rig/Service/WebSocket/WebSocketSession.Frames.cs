using System.Runtime.InteropServices;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service.Http;

namespace AirHil.Rig.Service.WebSocket;

/// <summary>HTTP and RFC 6455: what comes in, and what it leads to.</summary>
internal sealed partial class WebSocketSession
{
    private void ReceiveHead(ReadOnlySpan<byte> bytes)
    {
        var head = _head;
        var from = Math.Max(0, head.Count - 3);
        var added = Math.Min(bytes.Length, HeadLimit + 4 - head.Count);
        head.AddRange(bytes[..added]);
        var held = CollectionsMarshal.AsSpan(head);
        var end = held[from..].IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            if (head.Count < HeadLimit) return;
            Record(new UpgradeLimited(Side.Now, Connection.Label, "the request's head is too long"));
            Refuse(431);
            return;
        }

        var size = from + end + 4;
        var raw = held[..size].ToArray();
        var rest = bytes[(added - (head.Count - size))..];
        head.Clear();
        Upgrade(raw);
        if (rest.Length > 0 && _state == WebSocketState.Upgrading) ReceiveFrames(rest);
    }

    private void Upgrade(byte[] raw)
    {
        var head = HttpRequestHead.Parse(raw);
        Record(new UpgradeAsked(Side.Now, Connection.Label, raw));
        var status = UpgradeAnswer.Judge(head);
        var endpoint = head is null
            ? null
            : site.Endpoints.FirstOrDefault(e => e.Url.Port == Connection.Port
                && (e.Url.Path == head.Target || e.Url.Path == head.Path));
        if (endpoint is not null) Serve(endpoint);
        if (status != 400 && endpoint is null) status = 404;
        _state = WebSocketState.Upgrading;
        if (IsActing<FallSilent>() || Strike<StallUpgrade>() is not null)
        {
            Record(new Withheld(Side.Now, Connection.Label, "the answer to the upgrade"));
            return;
        }

        if (Strike<RefuseUpgrade>() is { } refuse) status = refuse.Status;
        if (status != 101)
        {
            Refuse(status);
            return;
        }

        var glued = Strike<GlueFrameTo101>() is { } glue ? ServiceMessage.Of(glue.Text) : null;
        Plan(Promptly, () => AcceptUpgrade(head!["Sec-WebSocket-Key"]!, glued));
    }

    private void Refuse(int status)
    {
        _state = WebSocketState.Upgrading;
        Plan(Promptly, () => RefuseUpgrade(status));
    }

    private void ReceiveFrames(ReadOnlySpan<byte> bytes)
    {
        _reader.Append(bytes);
        while (!Connection.IsGone && _reader.TryRead(out var frame)) Take(frame);
        if (_reader.Violation is { } violation) Fail(violation);
    }

    private void Take(WebSocketFrame frame)
    {
        switch (frame.Opcode)
        {
            case WebSocketOpcode.Ping:
                Record(new FrameIn(Side.Now, Connection.Label, FrameKind.Ping, frame.Payload));
                Plan(Promptly, () => SendControl(frame with { Opcode = WebSocketOpcode.Pong }));
                break;
            case WebSocketOpcode.Pong:
                Record(new FrameIn(Side.Now, Connection.Label, FrameKind.Pong, frame.Payload));
                break;
            case WebSocketOpcode.Close:
                TakeClose(frame);
                break;
            default:
                if (_assembler.Take(frame, out var message) is { } violation)
                {
                    Fail(violation);
                }
                else if (message is not null)
                {
                    Side.Pass(Connection, toModule: false, message.Bytes, () => Take(message));
                }

                break;
        }
    }

    private void Take(ServiceMessage message)
    {
        if (Connection.IsGone) return;
        Record(new FrameIn(Side.Now, Connection.Label, message.Frame, message.Bytes));
        if (_state != WebSocketState.Closing) React(message);
    }

    private void TakeClose(WebSocketFrame frame)
    {
        Record(new FrameIn(Side.Now, Connection.Label, FrameKind.Close, frame.Payload));
        if (_state != WebSocketState.Closing)
        {
            var answer = frame.Payload.Length == 0 ? frame
                : WebSocketFrame.Close(frame.CloseViolation?.Code ?? frame.CloseCode);
            Plan(Promptly, () => SendControl(answer));
        }

        _state = WebSocketState.Closing;
        Plan(TimeSpan.Zero, Hangup);
    }

    /// <summary>RFC 6455 §7.1.7: sends what was due before, says why and hangs up.</summary>
    private void Fail(WebSocketViolation violation)
    {
        if (_state == WebSocketState.Closing || Connection.IsGone) return;
        Record(new FrameViolated(Side.Now, Connection.Label, violation.Reason));
        Plan(Promptly, () => SendControl(WebSocketFrame.Close(violation.Code)));
        Plan(TimeSpan.Zero, Hangup);
        _state = WebSocketState.Closing;
    }

    private void React(ServiceMessage message)
    {
        site.ScriptOf(Endpoint)?.Received(Connection, message);
        if (Endpoint?.Behavior is not MessageBehavior behavior) return;
        var answers = new List<ServiceMessage>();
        behavior.React(message, answers);
        foreach (var answer in answers) Plan(behavior.AnswerDelay, () => SendMessage(answer));
    }
}
