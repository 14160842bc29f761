using System.Buffers.Binary;
using System.Globalization;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Encodings;

/// <summary>
/// <c>bit64</c>: integers and floats of 64 bits in strings of 9 bytes (L:luat/modules/luat_lib_bit64.c).
/// </summary>
internal static class Bit64Library
{
    private const int Hexadecimal = 16;

    private enum Operation
    {
        Plus,
        Minus,
        Times,
        Over,
    }

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("bit64")
        .Add("to32", ToNumber)
        .Add("to64", ToText)
        .Add("plus", static (in LuaCall call) => Calculate(call, Operation.Plus))
        .Add("minus", static (in LuaCall call) => Calculate(call, Operation.Minus))
        .Add("multi", static (in LuaCall call) => Calculate(call, Operation.Times))
        .Add("pide", static (in LuaCall call) => Calculate(call, Operation.Over))
        .Add("shift", Shift)
        .Add("show", Show)
        .Add("strtoll", Parse);

    /// <summary>Nothing is refused: of a longer text 9 bytes count, and behind a shorter one lies memory.</summary>
    private static int ToNumber(in LuaCall call)
    {
        var text = call.String(1);
        if (text.Length < Wide.Bytes - 1)
        {
            call.Host<IFirmwareHost>().Notice(string.Create(CultureInfo.InvariantCulture,
                $"bit64.to32 reads {Wide.Bytes} bytes of a text of {text.Length}: a module reads what lies " +
                    $"behind it."));
        }

        Span<byte> bytes = stackalloc byte[Wide.Bytes];
        text.Span[..Math.Min(text.Length, Wide.Bytes)].CopyTo(bytes);
        var number = Wide.Read(bytes);
        var numbers = call.State.Numbers;
        return call.Return(number.IsFloat ? numbers.Float(number.Float) : numbers.Integer(number.Integer));
    }

    /// <summary>An integer as lua_Unsigned, so that negative ones of 32 bits become positive; else a float.</summary>
    private static int ToText(in LuaCall call)
    {
        if (call[1].IsInteger)
        {
            var integer = call[1].AsInteger;
            return Give(call, Wide.Of(call.State.Options.Bits == 32 ? unchecked((uint)integer) : integer));
        }

        return Give(call, call.State.TryToNumber(call[1], out var number)
            ? Wide.Of(call.State.Numbers.Round(number.AsNumber))
            : default);
    }

    /// <summary>The second operand may be a number, or a text that reads as one. Other operands make 0.</summary>
    private static int Calculate(in LuaCall call, Operation operation)
    {
        if (call.String(1) is not { Length: Wide.Bytes } first) return Give(call, default);
        Wide other;
        if (call[2].IsInteger) other = Wide.Of(call[2].AsInteger);
        else if (call.State.TryToNumber(call[2], out var number))
        {
            other = Wide.Of(call.State.Numbers.Round(number.AsNumber));
        }
        else if (call.String(2) is { Length: Wide.Bytes } second) other = Wide.Read(second.Span);
        else return Give(call, default);
        var one = Wide.Read(first.Span);
        if (!one.IsFloat && !other.IsFloat)
        {
            if (operation == Operation.Over && other.Integer == 0)
            {
                throw call.Error("bit64.pide: an integer is divided by zero; what a module gives is not defined");
            }

            return Give(call, Wide.Of(OfIntegers(operation, one.Integer, other.Integer, isUnsigned: Flag(call, 3))));
        }

        var result = OfFloats(operation, one.AsFloat, other.AsFloat);
        return Give(call, Flag(call, 4) ? Wide.Of(Wide.Truncate(result)) : Wide.Of(result));
    }

    private static bool Flag(in LuaCall call, int index) => call[index].IsBoolean && call.Truthy(index);

    private static long OfIntegers(Operation operation, long a, long b, bool isUnsigned) => unchecked(operation switch
    {
        Operation.Plus => a + b,
        Operation.Minus => a - b,
        Operation.Times => a * b,
        _ when isUnsigned => (long)((ulong)a / (ulong)b),
        _ => b == -1 ? -a : a / b,
    });

    private static double OfFloats(Operation operation, double a, double b) => operation switch
    {
        Operation.Plus => a + b,
        Operation.Minus => a - b,
        Operation.Times => a * b,
        _ => a / b,
    };

    /// <summary>To the right without a sign, and floats as their bits; 64 places and more leave nothing.</summary>
    private static int Shift(in LuaCall call)
    {
        const int places = 64;
        var text = call.String(1);
        if (text.Length != Wide.Bytes || !call[2].IsInteger || unchecked((uint)call[2].AsInteger) == 0)
        {
            return call.Return(text);
        }

        var count = unchecked((uint)call[2].AsInteger);
        var bits = BinaryPrimitives.ReadUInt64LittleEndian(text.Span);
        var moved = count >= places ? 0 : Flag(call, 3) ? bits << (int)count : bits >> (int)count;
        var bytes = text.Span.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, moved);
        return call.Return(call.State.NewString(bytes));
    }

    private static int Show(in LuaCall call)
    {
        if (call.String(1) is not { Length: Wide.Bytes } text) return call.Return(default(LuaValue));
        var number = Wide.Read(text.Span);
        if ((byte)call.IntOr(2, 10) == Hexadecimal)
        {
            return call.Return($"0x{BinaryPrimitives.ReadUInt64LittleEndian(text.Span):x}");
        }

        return call.Return(number.IsFloat ? ModulePrintf.FormatFloat('f', 6, number.Float)
            : Flag(call, 3) ? unchecked((ulong)number.Integer).ToString(CultureInfo.InvariantCulture)
            : number.Integer.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>strtoll of the C library; the end of the number is not told.</summary>
    private static int Parse(in LuaCall call)
    {
        var text = call.String(1);
        var numberBase = call.IntOr(2, 10);
        return text.Length == 0 ? call.Return() : Give(call, Wide.Of(IntegerText.Parse(text.Span, numberBase)));
    }

    private static int Give(in LuaCall call, Wide number) => call.Return(call.State.NewString(number.ToBytes()));
}
