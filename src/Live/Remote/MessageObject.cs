using System.Globalization;
using System.Text.Json;
using AirHil.Modem.Sessions;

namespace AirHil.Live.Remote;

/// <summary>A JSON object of the protocol; every field is checked as it is read.</summary>
internal readonly struct MessageObject(JsonElement element)
{
    // 30,000 years; keeps every sum of times within a TimeSpan.
    private const long MostMicroseconds = 1L << 59;

    /// <exception cref="MalformedMessageException">The field is missing or no object.</exception>
    public MessageObject Object(string name) =>
        element.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Object
            ? new MessageObject(field)
            : throw Wrong(name, "an object");

    /// <summary>An event of a session, as in a line of its file.</summary>
    public SessionEvent SessionEvent(string name)
    {
        if (!element.TryGetProperty(name, out var field) || field.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(name, "an event of a session");
        }

        try
        {
            return SessionEventConverter.FromJson(field);
        }
        catch (Exception problem) when (problem is FormatException or OverflowException)
        {
            throw Wrong(name, $"an event of a session ({problem.Message})");
        }
    }

    public IEnumerable<MessageObject> Objects(string name, int most)
    {
        if (!element.TryGetProperty(name, out var field) || field.ValueKind != JsonValueKind.Array
            || field.GetArrayLength() > most)
        {
            throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"a list of {most} objects at most"));
        }

        if (field.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
        {
            throw Wrong(name, "a list of objects");
        }

        return field.EnumerateArray().Select(item => new MessageObject(item));
    }

    public IReadOnlyList<string>? OptionalTexts(string name, int most) =>
        element.TryGetProperty(name, out _) ? Texts(name, most) : null;

    public IReadOnlyList<string> Texts(string name, int most)
    {
        if (!element.TryGetProperty(name, out var field) || field.ValueKind != JsonValueKind.Array
            || field.GetArrayLength() > most
            || field.EnumerateArray().Any(t => t.ValueKind != JsonValueKind.String))
        {
            throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"a list of {most} texts at most"));
        }

        return [.. field.EnumerateArray().Select(t => t.GetString()!)];
    }

    public string Text(string name) => OptionalText(name) ?? throw Wrong(name, "a text");

    public string? OptionalText(string name)
    {
        if (!element.TryGetProperty(name, out var field) || field.ValueKind == JsonValueKind.Null) return null;
        if (field.ValueKind != JsonValueKind.String) throw Wrong(name, "a text");
        var text = field.GetString()!;
        return text.Length <= RemoteProtocol.MaxTextLength
            ? text
            : throw Wrong(name, string.Create(
                CultureInfo.InvariantCulture, $"a text of {RemoteProtocol.MaxTextLength} characters at most"));
    }

    public bool Flag(string name) =>
        element.TryGetProperty(name, out var field) && field.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? field.GetBoolean()
            : throw Wrong(name, "true or false");

    public bool OptionalFlag(string name) => element.TryGetProperty(name, out _) && Flag(name);

    /// <summary>One of the names of an enumeration.</summary>
    public T Word<T>(string name)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        var index = Array.IndexOf(names, Text(name));
        return index >= 0 ? Enum.Parse<T>(names[index]) : throw Wrong(name, "one of " + string.Join(", ", names));
    }

    public int? OptionalNumber(string name, int least) =>
        element.TryGetProperty(name, out _) ? Number(name, least) : null;

    public int Number(string name, int least = int.MinValue, int most = int.MaxValue) =>
        (int)Long(name, least, most);

    public long Long(string name, long least, long most) =>
        element.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Number
        && field.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"));

    public ulong UnsignedLong(string name) =>
        element.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Number
        && field.TryGetUInt64(out var number)
            ? number
            : throw Wrong(name, "a whole number of 64 bits");

    public double Positive(string name) =>
        element.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Number
        && field.TryGetDouble(out var number) && number > 0 && double.IsFinite(number)
            ? number
            : throw Wrong(name, "a number above 0");

    /// <summary>A time in whole microseconds; it may be negative.</summary>
    public TimeSpan Time(string name) =>
        TimeSpan.FromMicroseconds(Long(name, -MostMicroseconds, MostMicroseconds));

    /// <summary>One of two numbers, or nothing.</summary>
    public int? OptionalChoice(string name, int one, int other)
    {
        if (!element.TryGetProperty(name, out var field)) return null;
        return field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out var number)
            && (number == one || number == other)
            ? number
            : throw Wrong(name, string.Create(CultureInfo.InvariantCulture, $"{one} or {other}"));
    }

    public TimeSpan? OptionalTime(string name) => element.TryGetProperty(name, out _) ? Time(name) : null;

    public double Share(string name) =>
        element.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.Number
        && field.TryGetDouble(out var number) && number is >= 0 and <= 1
            ? number
            : throw Wrong(name, "a number from 0 to 1");

    public DateTimeOffset Date(string name) =>
        DateTimeOffset.TryParseExact(
            Text(name), "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var date)
            ? date
            : throw Wrong(name, "a date as 2024-10-12T13:29:47.0000000+00:00");

    public ReadOnlyMemory<byte> Bytes(string name) =>
        element.TryGetProperty(name, out var field) && field.ValueKind == JsonValueKind.String
        && field.TryGetBytesFromBase64(out var bytes)
            ? bytes
            : throw Wrong(name, "bytes in base64");

    private MalformedMessageException Wrong(string name, string expected)
    {
        var type = element.TryGetProperty("type", out var t) || element.TryGetProperty("kind", out t)
            ? t.ToString()
            : "?";
        return new MalformedMessageException($"field '{name}' of '{Printable.Of(type, 40)}' is not {expected}");
    }
}
