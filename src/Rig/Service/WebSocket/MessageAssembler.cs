using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace AirHil.Rig.Service.WebSocket;

/// <summary>Joins data frames to messages (RFC 6455 §5.4) and checks that a text is UTF-8 (§8.1).</summary>
/// <param name="limit">The largest message, in bytes.</param>
internal sealed class MessageAssembler(int limit)
{
    private static readonly WebSocketViolation NotText = new(1007, "a text that is not UTF-8");
    private readonly List<byte> _parts = [];
    private WebSocketOpcode? _opcode;
    private int _checked;

    /// <summary>The largest message, in bytes.</summary>
    public int Limit { get; set; } = limit;

    /// <summary>Bytes of a message that is not complete.</summary>
    public int HeldBytes => _parts.Count;

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

        if (_parts.Count + frame.Payload.Length > Limit)
        {
            return new WebSocketViolation(1009, $"a message of more than {Limit} bytes");
        }

        var opcode = _opcode ?? frame.Opcode;
        if (!frame.Final)
        {
            _opcode = opcode;
            _parts.AddRange(frame.Payload.Span);
            return opcode == WebSocketOpcode.Text && !IsTextSoFar() ? NotText : null;
        }

        var bytes = frame.Payload;
        if (_opcode is not null)
        {
            _parts.AddRange(frame.Payload.Span);
            bytes = _parts.ToArray();
            _parts.Clear();
            (_opcode, _checked) = (null, 0);
        }

        var isText = opcode == WebSocketOpcode.Text;
        if (isText && !Utf8.IsValid(bytes.Span)) return NotText;
        message = new ServiceMessage(bytes, isText);
        return null;
    }

    /// <summary>Whether the parts can be the beginning of a text; each byte is looked at once.</summary>
    private bool IsTextSoFar()
    {
        var held = CollectionsMarshal.AsSpan(_parts);
        while (_checked < held.Length)
        {
            switch (Rune.DecodeFromUtf8(held[_checked..], out _, out var used))
            {
                case OperationStatus.Done:
                    _checked += used;
                    break;
                case OperationStatus.NeedMoreData:
                    return true;
                default:
                    return false;
            }
        }

        return true;
    }
}
