using System.Globalization;
using System.Reflection;
using System.Text.Json;
using AirHil.Modem.Units;

namespace AirHil.Rig.Sessions;

/// <summary>
/// Records of parameters as JSON: only what differs from the standard values, by the properties' names in camel case.
/// Durations are written as people do ("4448 ms"), dates in ISO 8601. Numbers and durations are 0 or more unless
/// <see cref="WithinAttribute"/> says otherwise.
/// </summary>
internal static class ParameterJson
{
    public static void Write(Utf8JsonWriter json, object value, object standard)
    {
        json.WriteStartObject();
        foreach (var property in Properties(value.GetType()))
        {
            var actual = property.GetValue(value);
            var usual = property.GetValue(standard);
            if (Equals(actual, usual)) continue;
            json.WritePropertyName(NameOf(property));
            switch (actual)
            {
                case TimeSpan time: json.WriteStringValue(DurationText.Format(time)); break;
                case DateTimeOffset date:
                    json.WriteStringValue(date.ToString("O", CultureInfo.InvariantCulture));
                    break;
                case bool yes: json.WriteBooleanValue(yes); break;
                case int number: json.WriteNumberValue(number); break;
                case long number: json.WriteNumberValue(number); break;
                case double number: json.WriteNumberValue(number); break;
                case string text: json.WriteStringValue(text); break;
                case Enum word: json.WriteStringValue(word.ToString()); break;
                default: Write(json, actual!, usual!); break;
            }
        }

        json.WriteEndObject();
    }

    /// <summary>The standard values with what the object says in their place.</summary>
    /// <param name="unknown">Called with names that the record does not have; it may throw.</param>
    /// <exception cref="FormatException">A value is not of its parameter's kind; the message names it.</exception>
    public static T Read<T>(JsonElement json, T standard, Action<string> unknown)
        where T : class => (T)Read(json, (object)standard, unknown);

    private static object Read(JsonElement json, object standard, Action<string> unknown)
    {
        var type = standard.GetType();
        if (json.ValueKind != JsonValueKind.Object) throw new FormatException($"{type.Name}: an object is expected");
        var copy = type.GetMethod("<Clone>$")!.Invoke(standard, null)!;
        var properties = Properties(type).ToDictionary(NameOf, StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (!properties.TryGetValue(member.Name, out var property))
            {
                unknown(member.Name);
                continue;
            }

            try
            {
                var value = ValueOf(member.Value, property.PropertyType, property.GetValue(standard), unknown);
                CheckRange(property, value);
                property.SetValue(copy, value);
            }
            catch (Exception problem) when (problem is FormatException or InvalidOperationException
                or ArgumentException)
            {
                throw new FormatException($"{member.Name}: {problem.Message}", problem);
            }
        }

        return copy;
    }

    private static object ValueOf(JsonElement json, Type type, object? standard, Action<string> unknown)
    {
        if (type == typeof(TimeSpan)) return DurationText.Parse(json.GetString() ?? "");
        if (type == typeof(int)) return json.GetInt32();
        if (type == typeof(long)) return json.GetInt64();
        if (type == typeof(double)) return json.GetDouble();
        if (type == typeof(bool)) return json.GetBoolean();
        if (type == typeof(string)) return json.GetString() ?? "";
        if (type.IsEnum) return Named(type, json.GetString() ?? "");
        return type == typeof(DateTimeOffset)
            ? DateTimeOffset.Parse(json.GetString() ?? "", CultureInfo.InvariantCulture)
            : Read(json, standard!, unknown);
    }

    /// <summary>Enum.Parse takes any number for a name.</summary>
    private static object Named(Type type, string name) => Enum.GetNames(type)
        .FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known
            ? Enum.Parse(type, known)
            : throw new FormatException($"'{name}' is not one of {string.Join(", ", Enum.GetNames(type))}");

    private static void CheckRange(PropertyInfo property, object value)
    {
        var number = value switch
        {
            int whole => whole,
            long whole => whole,
            double real => real,
            TimeSpan time => time.TotalSeconds,
            _ => 0.0,
        };
        var range = property.GetCustomAttribute<WithinAttribute>() ?? new WithinAttribute(0, int.MaxValue);
        if (range.Allows(number)) return;
        throw new FormatException(
            $"{value} is out of range; it must be {range}{(value is TimeSpan ? " seconds" : "")}");
    }

    private static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && p.GetIndexParameters().Length == 0)
            .OrderBy(p => p.MetadataToken);

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
