using System.Text.Json;
using System.Text.Json.Serialization;

namespace AirHil.Modem.Sessions;

/// <summary>Events within other JSON, as in a line of a session file.</summary>
public sealed class SessionEventConverter : JsonConverter<SessionEvent>
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(SessionEvent));

    public override SessionEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            return FromJson(document.RootElement);
        }
        catch (FormatException problem)
        {
            throw new JsonException(problem.Message, problem);
        }
    }

    public override void Write(Utf8JsonWriter writer, SessionEvent value, JsonSerializerOptions options) =>
        Write(writer, value);

    /// <summary>The event that an object tells of.</summary>
    /// <exception cref="FormatException">It tells of none; the message says why.</exception>
    public static SessionEvent FromJson(JsonElement json)
    {
        var members = new EventMembers();
        members.Parse(JsonSerializer.SerializeToUtf8Bytes(json));
        return members.Lane < 0
            ? throw new FormatException("the object names no lane, such as \"net\"")
            : EventCatalogue.Read(members);
    }

    /// <summary>Writes the event as one object.</summary>
    public static void Write(Utf8JsonWriter writer, SessionEvent value)
    {
        var line = new LineBuffer(256);
        new EventLines().Write(line, value);
        writer.WriteRawValue(line.Written[..^1], skipInputValidation: true);
    }
}
