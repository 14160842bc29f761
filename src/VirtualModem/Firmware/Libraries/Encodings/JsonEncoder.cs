using System.Buffers;
using System.Text;

using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Encodings;

/// <summary>
/// A Lua value as JSON text: tables in their own order, floats through the small printf (reference §8).
/// </summary>
internal sealed class JsonEncoder(LuaState state, string floatFormat)
{
    private const int DeepestNesting = 1000;

    /// <summary>A table with a largest index beyond this, and less than half filled, is no array.</summary>
    private const int SparseLimit = 10;

    private readonly ArrayBufferWriter<byte> _text = new();

    public byte[] ToArray() => _text.WrittenSpan.ToArray();

    public void Append(in LuaValue value, int depth)
    {
        switch (value.Type)
        {
            case LuaType.String:
                AppendString(value.AsString!.Span);
                break;
            case LuaType.Number:
                AppendNumber(value);
                break;
            case LuaType.Boolean:
                Write(value.IsTruthy ? "true"u8 : "false"u8);
                break;
            case LuaType.Table:
                AppendTable(value.AsTable!, depth + 1);
                break;
            case LuaType.Nil:
            case LuaType.LightUserdata when value == LightUserdata.Null:
                Write("null"u8);
                break;
            default:
                throw Refused(value, "type not supported");
        }
    }

    private void AppendTable(LuaTable table, int depth)
    {
        if (depth > DeepestNesting) throw new JsonException($"Cannot serialise, excessive nesting ({depth})");
        var length = ArrayLength(table);
        if (length > 0)
        {
            AppendArray(table, length, depth);
            return;
        }

        Write("{"u8);
        var first = true;
        for (LuaValue key = default; table.Next(key, out key, out var value);)
        {
            if (!first) Write(","u8);
            first = false;
            if (key.IsNumber)
            {
                Write("\""u8);
                AppendNumber(key);
                Write("\":"u8);
            }
            else if (key.AsString is { } name)
            {
                AppendString(name.Span);
                Write(":"u8);
            }
            else
            {
                throw Refused(key, "table key must be a number or string");
            }

            Append(value, depth);
        }

        Write("}"u8);
    }

    private void AppendArray(LuaTable table, long length, int depth)
    {
        Write("["u8);
        for (long i = 1; i <= length; i++)
        {
            if (i > 1) Write(","u8);
            Append(table[i], depth);
        }

        Write("]"u8);
    }

    /// <summary>
    /// The largest index of a table whose keys are all positive whole numbers; 0 for the empty one, else -1.
    /// </summary>
    private static long ArrayLength(LuaTable table)
    {
        long largest = 0;
        long items = 0;
        for (LuaValue key = default; table.Next(key, out key, out _); items++)
        {
            if (!key.IsNumber) return -1;
            var index = key.AsNumber;
            if (index < 1 || Math.Floor(index) != index) return -1;
            largest = Math.Max(largest, (long)index);
        }

        if (largest > items * 2 && largest > SparseLimit)
        {
            throw new JsonException("Cannot serialise table: excessively sparse array");
        }

        return largest;
    }

    /// <summary>Bytes of room for a number, with the final zero (L:components/lua-cjson/fpconv.h:7).</summary>
    private const int NumberBuffer = 32;

    private void AppendNumber(in LuaValue number)
    {
        if (!double.IsFinite(number.AsNumber)) throw Refused(number, "must not be NaN or Inf");
        if (number.IsInteger)
        {
            Write(state.NumberToString(number).Span);
            return;
        }

        var value = number.AsFloat;
        // What is no larger than the type's epsilon is written as an integer zero.
        var epsilon = state.Numbers.Bits == 32 ? 1.1920928955078125e-07 : 2.220446049250313e-16;
        if (Math.Abs(value) <= epsilon)
        {
            Write("0"u8);
            return;
        }

        var text = Encoding.ASCII.GetBytes(Format(value));
        // snprintf cuts the text and ends it with a zero, but tells the whole length (lua_cjson.c:620).
        if (text.Length >= NumberBuffer) text.AsSpan(NumberBuffer - 1).Clear();
        Write(text);
    }

    /// <summary>One float under the format; characters after the directive stand for themselves.</summary>
    private string Format(double value)
    {
        var at = 1;
        var flags = NumberFormatFlags.None;
        for (; at < floatFormat.Length && FlagOf(floatFormat[at]) is { } flag; at++) flags |= flag;
        var width = Digits(ref at);
        var precision = -1;
        if (at < floatFormat.Length && floatFormat[at] == '.')
        {
            at++;
            precision = Digits(ref at);
        }

        // A length, once or twice, changes nothing for a float.
        for (var i = 0; i < 2 && at < floatFormat.Length - 1 && floatFormat[at] is 'h' or 'l'; i++) at++;
        var number = ModulePrintf.FormatFloat(new NumberFormat(floatFormat[at], flags, width, precision), value);
        return number + floatFormat[(at + 1)..];
    }

    private int Digits(ref int at)
    {
        var value = 0;
        for (; at < floatFormat.Length - 1 && char.IsAsciiDigit(floatFormat[at]); at++)
        {
            value = (value * 10) + floatFormat[at] - '0';
        }

        return value;
    }

    private static NumberFormatFlags? FlagOf(char c) => c switch
    {
        '-' => NumberFormatFlags.LeftAlign,
        '+' => NumberFormatFlags.Plus,
        ' ' => NumberFormatFlags.Space,
        '#' => NumberFormatFlags.Alternate,
        '0' => NumberFormatFlags.Zero,
        _ => null,
    };

    private void AppendString(ReadOnlySpan<byte> bytes)
    {
        Write("\""u8);
        foreach (var c in bytes)
        {
            switch (c)
            {
                case (byte)'"': Write("\\\""u8); break;
                case (byte)'\\': Write("\\\\"u8); break;
                case (byte)'/': Write("\\/"u8); break;
                case (byte)'\b': Write("\\b"u8); break;
                case (byte)'\t': Write("\\t"u8); break;
                case (byte)'\n': Write("\\n"u8); break;
                case (byte)'\f': Write("\\f"u8); break;
                case (byte)'\r': Write("\\r"u8); break;
                case < 0x20 or 0x7F:
                    Write("\\u00"u8);
                    Write([HexDigit(c >> 4), HexDigit(c & 15)]);
                    break;
                default: Write([c]); break;
            }
        }

        Write("\""u8);
    }

    private static byte HexDigit(int digit) => (byte)"0123456789abcdef"[digit];

    private void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_text.GetSpan(bytes.Length));
        _text.Advance(bytes.Length);
    }

    private static JsonException Refused(in LuaValue value, string reason) =>
        new($"Cannot serialise {value.TypeName}: {reason}");
}
