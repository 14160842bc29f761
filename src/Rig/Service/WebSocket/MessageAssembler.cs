using System.Text.Unicode;

namespace AirHil.Rig.Service.WebSocket;

/// <summary>Joins data frames to messages (RFC 6455 §5.4) and checks that a text is UTF-8 (§8.1).</summary>
/// <param name="limit">The largest message, in bytes.</param>
internal sealed class MessageAssembler(int limit)
{
    private readonly List<byte> _parts = [];
    private WebSocketOpcode? _opcode;

    /// <summary>Takes one data frame.</summary>
    /// <param name="message">The message that it completes, if it does.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public WebSocketViolation? Take(WebSocketFrame frame, out ServiceMessage? message)
    {
        message = null;
        if (frame.Opcode == WebSocketOpcode.Continuation)
        {
            if (_opcode is null) return new WebSocketViolation(1002, "a continuation without a beginning");
        }
        else if (_opcode is not null)
        {
            return new WebSocketViolation(1002, "a new message inside a fragmented one");
        }

        if (_parts.Count + frame.Payload.Length > limit)
        {
            return new WebSocketViolation(1009, $"a message of more than {limit} bytes");
        }

        var opcode = _opcode ?? frame.Opcode;
        if (!frame.Final)
        {
            _opcode = opcode;
            _parts.AddRange(frame.Payload.Span);
            return null;
        }

        var bytes = frame.Payload;
        if (_opcode is not null)
        {
            _parts.AddRange(frame.Payload.Span);
            bytes = _parts.ToArray();
            _parts.Clear();
            _opcode = null;
        }

        var isText = opcode == WebSocketOpcode.Text;
        if (isText && !Utf8.IsValid(bytes.Span)) return new WebSocketViolation(1007, "a text that is not UTF-8");
        message = new ServiceMessage(bytes, isText);
        return null;
    }
}
