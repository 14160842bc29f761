using System.Globalization;
using System.Text;

namespace AirHil.Rig.Service.Json;

/// <summary>
/// Writes JSON as AirTun does (reference §9): a new line and three spaces a level for each name, one space after its
/// colon, arrays on one line, nulls kept.
/// </summary>
internal static class PrettyJsonWriter
{
    private const string Step = "   ";

    public static string Write(JsonValue value)
    {
        var text = new StringBuilder(128);
        Write(text, value, 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonValue value, int level)
    {
        switch (value)
        {
            case JsonValue.Literal literal:
                text.Append(literal.Value);
                break;
            case JsonValue.Text quoted:
                WriteQuoted(text, quoted.Value);
                break;
            case JsonValue.Array array:
                WriteArray(text, array, level);
                break;
            case JsonValue.Map map:
                WriteMap(text, map, level);
                break;
            default:
                throw new InvalidOperationException($"A JSON value of kind {value.GetType().Name} cannot be written");
        }
    }

    private static void WriteArray(StringBuilder text, JsonValue.Array array, int level)
    {
        text.Append('[');
        for (var i = 0; i < array.Items.Count; i++)
        {
            if (i > 0) text.Append(", ");
            Write(text, array.Items[i], level);
        }

        text.Append(']');
    }

    private static void WriteMap(StringBuilder text, JsonValue.Map map, int level)
    {
        text.Append('{');
        for (var i = 0; i < map.Items.Count; i++)
        {
            if (i > 0) text.Append(',');
            NewLine(text, level + 1);
            WriteQuoted(text, map.Items[i].Key);
            text.Append(": ");
            Write(text, map.Items[i].Value, level + 1);
        }

        NewLine(text, level);
        text.Append('}');
    }

    private static void NewLine(StringBuilder text, int level)
    {
        text.Append('\n');
        for (var i = 0; i < level; i++) text.Append(Step);
    }

    private static void WriteQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case '\t' or '\v':
                    text.Append("\\t");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case < ' ' or (>= '\u0080' and < '\u00A0') or (>= '\u2000' and < '\u2100'):
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        text.Append('"');
    }
}
