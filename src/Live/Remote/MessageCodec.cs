using System.Buffers;
using System.Text.Json;

namespace AirHil.Live.Remote;

/// <summary>
/// Messages of the remote protocol as JSON texts. Their form follows from the records (<see cref="MessageJson"/>).
/// </summary>
internal static class MessageCodec
{
    /// <exception cref="NotSupportedException">The protocol has no form for a part of the message.</exception>
    /// <exception cref="InvalidOperationException">The message is longer than the other end takes.</exception>
    public static byte[] Write(LinkMessage message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            try
            {
                JsonSerializer.Serialize(json, message, MessageJson.Options);
            }
            catch (NotSupportedException e)
            {
                throw new NotSupportedException(
                    e.InnerException is MessageJson.NoFormException own
                        ? own.Message
                        : $"the remote protocol has no form for a part of '{MessageJson.NameOf(message)}': " +
                            JsonReason.Plain(e.Message),
                    e);
            }
        }

        return buffer.WrittenCount <= RemoteProtocol.MaxMessageBytes
            ? buffer.WrittenSpan.ToArray()
            : throw new InvalidOperationException(
                $"a message of {buffer.WrittenCount} bytes is more than a remote bench takes at once " +
                $"({RemoteProtocol.MaxMessageBytes}); write less at a time");
    }

    /// <summary>
    /// Reads one message. A greeting of another version of the protocol is read for its version alone, since its other
    /// fields are that version's.
    /// </summary>
    /// <exception cref="MalformedMessageException">The bytes are no message; the text says where and why.</exception>
    public static LinkMessage Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > RemoteProtocol.MaxMessageBytes)
        {
            throw new MalformedMessageException(
                $"a message of {bytes.Length} bytes is longer than the limit of {RemoteProtocol.MaxMessageBytes}");
        }

        try
        {
            return OtherVersion(bytes.Span)
                ?? JsonSerializer.Deserialize<LinkMessage>(bytes.Span, MessageJson.Options)
                ?? throw new MalformedMessageException("a message is a JSON object, not null");
        }
        catch (JsonException e)
        {
            throw Malformed(e.Path, e.Message);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException or FormatException
            or ArgumentException or OverflowException)
        {
            // An object without its kind; half a surrogate pair; a session event that is not valid.
            throw Malformed(null, e.Message);
        }
    }

    private static MalformedMessageException Malformed(string? path, string message)
    {
        var place = string.IsNullOrEmpty(path) ? "" : $" at {Printable.Of(path, 80)}";
        return new MalformedMessageException(
            $"this is no message of the protocol{place}: {Printable.Of(JsonReason.Plain(WithoutPath(message)))}");
    }

    private static string WithoutPath(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }

    private static LinkMessage? OtherVersion(ReadOnlySpan<byte> bytes)
    {
        var json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MessageJson.MaxDepth });
        var (type, version, protocol) = ("", "unknown", RemoteProtocol.Version);
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString();
            json.Read();
            if (json.TokenType == JsonTokenType.String && name == "type") type = json.GetString()!;
            if (json.TokenType == JsonTokenType.String && name == "airHil") version = json.GetString()!;
            if (json.TokenType == JsonTokenType.String && name == "airhil") version = json.GetString()!; // version 1
            if (json.TokenType == JsonTokenType.Number && name == "protocol" && !json.TryGetInt32(out protocol))
            {
                return null;
            }

            json.Skip();
        }

        return (protocol == RemoteProtocol.Version, type) switch
        {
            (false, "hello") => new LinkMessage.Hello(protocol, version),
            (false, "welcome") => new LinkMessage.Welcome(
                protocol, version, [], null, null, 0, TimeSpan.Zero, TimeSpan.Zero),
            _ => null,
        };
    }
}
