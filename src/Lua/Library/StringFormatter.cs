using System.Globalization;

using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>The work of string.format, which stops where a __tostring has to be called.</summary>
internal sealed class StringFormatter(LuaState state, LuaString format, LuaValue[] values)
{
    /// <summary>A longer text without a precision ignores the width (lstrlib.c).</summary>
    private const int LongText = 100;

    private const int MostFlags = 5;

    private readonly RoutineArguments _arguments = new(state, values);
    private readonly StringBuffer _buffer = new(state);
    private NumberFormat _directive;
    private bool _hasModifiers;
    private int _at;
    private int _argument = 1;
    private LuaString? _result;

    /// <summary>The call of __tostring that is due.</summary>
    public NativeStep Call { get; private set; }

    public LuaString Result => _result!;

    /// <summary>Goes on to the end (true) or to the next <see cref="Call"/>.</summary>
    public bool Advance()
    {
        while (_at < format.Length)
        {
            var c = format[_at++];
            if (c != '%')
            {
                _buffer.Add(c);
            }
            else if (_at < format.Length && format[_at] == '%')
            {
                _buffer.Add(c);
                _at++;
            }
            else if (!Directive())
            {
                return false;
            }
        }

        _result = _buffer.ToLuaString();
        return true;
    }

    /// <summary>Gives the result of <see cref="Call"/>.</summary>
    public void Supply(in LuaValue text) => AddText(
        text.AsString ?? (text.IsNumber
            ? state.NumberToString(text)
            : throw state.ErrorHere("'__tostring' must return a string")));

    private bool Directive()
    {
        if (++_argument > _arguments.Count) throw state.ArgumentError(_argument, "no value");
        ReadModifiers();
        var conversion = _at < format.Length ? (char)format[_at] : '\0';
        _at++;
        _directive = _directive with { Conversion = conversion };
        switch (conversion)
        {
            case 'c':
                AddPadded([(byte)_arguments.Integer(_argument)]);
                return true;
            case 'd' or 'i' or 'o' or 'u' or 'x' or 'X':
                AddInteger();
                return true;
            case 'a' or 'A' or 'e' or 'E' or 'f' or 'g' or 'G':
                AddFloat(_arguments.Number(_argument));
                return true;
            case 'q':
                AddLiteral(_arguments[_argument]);
                return true;
            case 's':
                return Text(_arguments[_argument]);
            default:
                throw state.ErrorHere($"invalid option '%{Shown(conversion)}' to 'format'");
        }
    }

    /// <summary>A byte in a message as luaO_pushfstring shows it.</summary>
    internal static string Shown(char c) =>
        c is >= ' ' and < (char)127 ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"<\\{(int)c}>");

    private void ReadModifiers()
    {
        var flags = NumberFormatFlags.None;
        var start = _at;
        for (; _at < format.Length && FlagOf(format[_at]) is var flag and not NumberFormatFlags.None; _at++)
        {
            flags |= flag;
        }

        if (_at - start > MostFlags) throw state.ErrorHere("invalid format (repeated flags)");
        var width = Digits() is >= 0 and var given ? given : 0;
        var precision = -1;
        if (_at < format.Length && format[_at] == '.')
        {
            _at++;
            precision = Math.Max(0, Digits());
        }

        if (_at < format.Length && char.IsAsciiDigit((char)format[_at]))
        {
            throw state.ErrorHere("invalid format (width or precision too long)");
        }

        _hasModifiers = _at > start;
        _directive = new NumberFormat(' ', flags, width, precision);
    }

    private static NumberFormatFlags FlagOf(byte c) => c switch
    {
        (byte)'-' => NumberFormatFlags.LeftAlign,
        (byte)'+' => NumberFormatFlags.Plus,
        (byte)' ' => NumberFormatFlags.Space,
        (byte)'#' => NumberFormatFlags.Alternate,
        (byte)'0' => NumberFormatFlags.Zero,
        _ => NumberFormatFlags.None,
    };

    /// <summary>At most two digits; -1 where there are none.</summary>
    private int Digits()
    {
        var value = -1;
        for (var i = 0; i < 2 && _at < format.Length && char.IsAsciiDigit((char)format[_at]); i++, _at++)
        {
            value = (Math.Max(0, value) * 10) + format[_at] - '0';
        }

        return value;
    }

    private bool IsModule => state.Numbers.Style == NumberStyle.Module;

    private void AddInteger()
    {
        var value = _arguments.Integer(_argument);
        _buffer.AddAscii(IsModule
            ? ModulePrintf.FormatInteger(_directive, value, state.Numbers.Bits)
            : NumberPrintf.FormatInteger(_directive, value, state.Numbers.Bits));
    }

    private void AddFloat(double value) => _buffer.AddAscii(IsModule
        ? ModulePrintf.FormatFloat(_directive, value)
        : NumberPrintf.FormatFloat(_directive, value));

    /// <summary>%s; false where __tostring has to be called first.</summary>
    private bool Text(in LuaValue value)
    {
        if (value.AsString is null && state.MetaField(value, MetamethodNames.ToStringName) is { IsNil: false } handler)
        {
            Call = NativeStep.Call(handler, value);
            return false;
        }

        AddText(ToText(value));
        return true;
    }

    private LuaString ToText(in LuaValue value)
    {
        if (value.O is LuaObject and not LuaString &&
            state.MetaField(value, MetamethodNames.Name).AsString is { } name)
        {
            var plain = state.ToText(value).ToString();
            return LuaString.FromText(name.ToMessage() + plain[plain.IndexOf(':', StringComparison.Ordinal)..]);
        }

        return state.ToText(value);
    }

    private void AddText(LuaString text)
    {
        if (!_hasModifiers)
        {
            _buffer.Add(text.Span);
            return;
        }

        if (text.Span.Contains((byte)0)) throw state.ArgumentError(_argument, "string contains zeros");
        if (_directive.Precision < 0 && text.Length >= LongText) _buffer.Add(text.Span);
        else
        {
            AddPadded(
                _directive.Precision >= 0 && _directive.Precision < text.Length
                    ? text.Span[.._directive.Precision]
                    : text.Span);
        }
    }

    private void AddPadded(ReadOnlySpan<byte> bytes)
    {
        var padding = Math.Max(0, _directive.Width - bytes.Length);
        var left = _directive.Has(NumberFormatFlags.LeftAlign);
        if (!left) _buffer.Add((byte)' ', padding);
        _buffer.Add(bytes);
        if (left) _buffer.Add((byte)' ', padding);
    }

    /// <summary>%q: a text that the compiler reads back.</summary>
    private void AddLiteral(in LuaValue value)
    {
        if (value.AsString is { } text)
        {
            AddQuoted(text.Span);
        }
        else if (value.IsFloat)
        {
            _directive = new NumberFormat('a');
            AddFloat(value.AsFloat);
        }
        else if (value.IsInteger)
        {
            var lowest = value.AsInteger == state.Numbers.MinInteger;
            _buffer.AddAscii(lowest
                ? "0x" + NumberPrintf.FormatInteger(new NumberFormat('x'), value.AsInteger, state.Numbers.Bits)
                : value.AsInteger.ToString(CultureInfo.InvariantCulture));
        }
        else if (value.IsNil || value.IsBoolean)
        {
            _buffer.Add(state.ToText(value).Span);
        }
        else
        {
            throw state.ArgumentError(_argument, "value has no literal form");
        }
    }

    private void AddQuoted(ReadOnlySpan<byte> text)
    {
        _buffer.Add((byte)'"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is (byte)'"' or (byte)'\\' or (byte)'\n')
            {
                _buffer.Add((byte)'\\');
                _buffer.Add(c);
            }
            else if (c is < 32 or 127)
            {
                var digitFollows = i + 1 < text.Length && char.IsAsciiDigit((char)text[i + 1]);
                _buffer.AddAscii("\\" + c.ToString(digitFollows ? "D3" : "D", CultureInfo.InvariantCulture));
            }
            else
            {
                _buffer.Add(c);
            }
        }

        _buffer.Add((byte)'"');
    }
}
