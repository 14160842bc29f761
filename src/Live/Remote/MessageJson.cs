using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AirHil.Modem.Buses;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Modem.Units;
using AirHil.Rig.Network;
using AirHil.Rig.Service;

namespace AirHil.Live.Remote;

/// <summary>
/// How records become messages: a type's cases and fields are the records' own names, times are whole microseconds,
/// ranges are the records' annotations.
/// </summary>
internal static class MessageJson
{
    /// <summary>The most objects and lists within each other.</summary>
    public const int MaxDepth = 9;

    /// <summary>
    /// Cases that concern one end alone: a network neither hears nor says them, a remote bus has no devices, and a
    /// remote module has its own numbers.
    /// </summary>
    private static readonly Type[] Unsent =
    [
        typeof(ServiceOutput.Recorded), typeof(ServiceInput.AddEndpoint), typeof(ServiceInput.SendText),
        typeof(ServiceInput.SendBinary), typeof(ServiceInput.SendPing), typeof(ServiceInput.Begin),
        typeof(ServiceInput.End), typeof(ModemCommand.TellDevice), typeof(BusRequest.I2c), typeof(BusRequest.Spi),
        typeof(BusAnswer.I2c), typeof(BusAnswer.Spi), typeof(ModemCommand.LabelModule),
    ];

    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        AllowOutOfOrderMetadataProperties = true,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = MaxDepth,
        Converters =
        {
            new Microseconds(), new Phrase(), new Text(isCut: true),
            new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false),
        },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { Cases, Fields, Ranges } },
    };

    /// <summary>The cases of a type that have a form on the wire.</summary>
    public static IEnumerable<Type> CasesOf(Type type) => type.Assembly.GetTypes()
        .Where(t => t is { IsAbstract: false } && t.IsSubclassOf(type) && !Unsent.Contains(t));

    /// <summary>What a message or a case is called on the wire.</summary>
    public static string NameOf(object message) => NameOf(message.GetType());

    private static string NameOf(Type type) => JsonNamingPolicy.KebabCaseLower.ConvertName(type.Name);

    private static void Cases(JsonTypeInfo info)
    {
        if (!info.Type.IsAbstract || info.Kind != JsonTypeInfoKind.Object) return;
        info.PolymorphismOptions = new JsonPolymorphismOptions
        {
            TypeDiscriminatorPropertyName =
                info.Type == typeof(LinkMessage) || info.Type == typeof(BenchMessage) ? "type" : "kind",
        };
        foreach (var one in CasesOf(info.Type))
        {
            info.PolymorphismOptions.DerivedTypes.Add(
                new JsonDerivedType(one, NameOf(one)));
        }
    }

    private static void Fields(JsonTypeInfo info)
    {
        for (var i = info.Properties.Count - 1; i >= 0; i--)
        {
            var field = info.Properties[i];
            var isComputed = field.Set is null && field.AssociatedParameter is null;
            var isOfEnvelope = field.Name == "happenedAt";
            if (isComputed || isOfEnvelope)
            {
                info.Properties.RemoveAt(i);
                continue;
            }

            var valueType = Nullable.GetUnderlyingType(field.PropertyType);
            if (valueType is not null || field.AssociatedParameter is { IsNullable: true }) field.IsRequired = false;
            if ((valueType ?? field.PropertyType) == typeof(TimeSpan)) field.Name += "Us";
            if (field.PropertyType == typeof(string) && IsWhole(info.Type)) field.CustomConverter = new Text(false);
        }
    }

    /// <summary>
    /// Names of services and modems are nobody's without their end. Other texts are for people, or a script chose them.
    /// </summary>
    private static bool IsWhole(Type type) =>
        type.Assembly == typeof(NetworkInput).Assembly && type != typeof(NetworkOutput.UnknownHost);

    private static void Ranges(JsonTypeInfo info)
    {
        if (info.Kind != JsonTypeInfoKind.Object) return;
        var ranges = info.Properties
            .Select(field => (Field: field, Range: RangeOf(field)))
            .Where(pair => pair.Range is not null)
            .ToArray();
        if (ranges.Length == 0) return;
        info.OnDeserialized = read =>
        {
            foreach (var (field, range) in ranges)
            {
                if (field.Get!(read) is not { } value) continue;
                var number = value is ICollection list
                    ? list.Count
                    : Convert.ToDouble(value, CultureInfo.InvariantCulture);
                if (range!.Allows(number)) continue;
                var what = value is ICollection ? "the count of " : "";
                throw new JsonException(FormattableString.Invariant(
                    $"{what}'{field.Name}' is {number}, and must be {range}"));
            }
        };
    }

    private static WithinAttribute? RangeOf(JsonPropertyInfo field) =>
        field.AttributeProvider?.GetCustomAttributes(typeof(WithinAttribute), false).Cast<WithinAttribute>()
            .SingleOrDefault();

    private sealed class Microseconds : JsonConverter<TimeSpan>
    {
        // 18,000 years; keeps every sum of times within a TimeSpan.
        private const long Most = 1L << 59;

        public override TimeSpan Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.GetInt64() is var time and >= -Most and <= Most
                ? TimeSpan.FromMicroseconds(time)
                : throw new JsonException($"a time is from {-Most} to {Most} microseconds");

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Ticks / TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>A text of bounded length.</summary>
    /// <param name="isCut">A longer one is sent without its end; else it is refused.</param>
    private sealed class Text(bool isCut) : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.GetString() is { Length: <= RemoteProtocol.MaxTextLength } text
                ? text
                : throw new JsonException($"a text has {RemoteProtocol.MaxTextLength} characters at most");

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
        {
            if (value.Length > RemoteProtocol.MaxTextLength)
            {
                value = isCut
                    ? value[..(RemoteProtocol.MaxTextLength - 1)] + "…"
                    : throw new NoFormException(
                        $"'{Printable.Of(value, 40)}' has {value.Length} characters, and a remote bench takes " +
                        $"{RemoteProtocol.MaxTextLength}");
            }

            writer.WriteStringValue(value);
        }
    }

    /// <summary>A fault of a network is its phrase, without a duration.</summary>
    private sealed class Phrase : JsonConverter<NetworkFault>
    {
        public override NetworkFault Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var phrase = reader.GetString() ?? "";
            try
            {
                return FaultPhrase.Parse(phrase) is (NetworkFault fault, null)
                    ? fault
                    : throw new JsonException($"'{phrase}' is no fault of a network");
            }
            catch (FormatException e)
            {
                throw new JsonException(e.Message, e);
            }
        }

        public override void Write(Utf8JsonWriter writer, NetworkFault value, JsonSerializerOptions options)
        {
            if (!IsReadBack(value))
            {
                throw new NoFormException($"the remote protocol has no word for the fault '{value.Phrase}'");
            }

            writer.WriteStringValue(value.Phrase);
        }

        /// <summary>No phrase tells a host with a blank in its name.</summary>
        private static bool IsReadBack(NetworkFault fault)
        {
            try
            {
                return FaultPhrase.Parse(fault.Phrase) is (var read, null) && read == fault;
            }
            catch (FormatException)
            {
                return false;
            }
        }
    }

    /// <summary>A value that the protocol has no form for; the message is for people.</summary>
    internal sealed class NoFormException(string message) : NotSupportedException(message);
}
