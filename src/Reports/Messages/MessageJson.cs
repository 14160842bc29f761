using System.ComponentModel;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Io.Cucumber.Messages.Types;

namespace AirHil.Reports.Messages;

/// <summary>
/// Messages as JSON. It writes what Reqnroll's own serializer writes, which searches all types of the process at its
/// first message and takes half a second of processor time for it.
/// </summary>
[JsonSerializable(typeof(Envelope))]
internal sealed partial class MessageJson : JsonSerializerContext
{
    private static readonly MessageJson Lines = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters =
        {
            new Described<AttachmentContentEncoding>(), new Described<HookType>(), new Described<PickleStepType>(),
            new Described<SourceMediaType>(), new Described<StepDefinitionPatternType>(),
            new Described<StepKeywordType>(), new Described<TestStepResultStatus>(),
        },
    });

    /// <summary>One message on one line, without the end of the line.</summary>
    public static string Line(Envelope message) => JsonSerializer.Serialize(message, Lines.Envelope);

    /// <summary>A value of an enumeration by the name that its description gives.</summary>
    internal sealed class Described<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly Dictionary<T, string> Names = Enum.GetValues<T>().ToDictionary(
            value => value,
            value => typeof(T).GetField($"{value}")?.GetCustomAttribute<DescriptionAttribute>()?.Description
                ?? $"{value}");

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Messages are only written.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Names[value]);
    }
}
