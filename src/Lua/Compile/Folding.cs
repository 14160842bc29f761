using AirHil.Lua.Arithmetic;
using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

/// <summary>Arithmetic on numerals at compile time (constfolding in lcode.c), in the chunk's numbers.</summary>
internal static class Folding
{
    /// <summary>
    /// Replaces <paramref name="left"/> by the result. Not where that would be an error, a NaN or a float zero.
    /// A unary operator takes the integer 0 as its right operand.
    /// </summary>
    public static bool TryFold(OpCode op, ref Operand left, in Operand right, NumberModel model)
    {
        if (!left.IsNumeral || !right.IsNumeral) return false;
        return op is >= OpCode.BAnd and <= OpCode.Shr or OpCode.BNot
            ? TryFoldBits(op, ref left, right, model)
            : TryFoldArithmetic(op, ref left, right, model);
    }

    private static bool TryFoldBits(OpCode op, ref Operand left, in Operand right, NumberModel model)
    {
        if (!TryInteger(left, model, out var a) || !TryInteger(right, model, out var b)) return false;
        SetInteger(ref left, model.Wrap(op switch
        {
            OpCode.BAnd => a & b,
            OpCode.BOr => a | b,
            OpCode.BXor => a ^ b,
            OpCode.BNot => ~a,
            OpCode.Shl => ShiftLeft(a, b, model.Bits),
            _ => ShiftLeft(a, model.Wrap(unchecked(-b)), model.Bits),
        }));
        return true;
    }

    private static bool TryFoldArithmetic(OpCode op, ref Operand left, in Operand right, NumberModel model)
    {
        var y = Number(right);
        if (op is OpCode.Div or OpCode.IDiv or OpCode.Mod && y == 0) return false;
        if (left.Kind == OperandKind.Integer && right.Kind == OperandKind.Integer &&
            op is not (OpCode.Div or OpCode.Pow))
        {
            SetInteger(ref left, model.Wrap(Integers(op, left.Number, right.Number)));
            return true;
        }

        var x = model.Round(Number(left));
        y = model.Round(y);
        var result = op switch
        {
            OpCode.Add => x + y,
            OpCode.Sub => x - y,
            OpCode.Mul => x * y,
            OpCode.Div => x / y,
            OpCode.Pow => Exponentials.Pow(x, y),
            OpCode.Mod => Modulo(x, y, model),
            OpCode.IDiv => Math.Floor(model.Round(x / y)),
            _ => -x,
        };
        result = model.Round(result);
        if (double.IsNaN(result) || result == 0) return false;
        left.Kind = OperandKind.Float;
        left.Number = BitConverter.DoubleToInt64Bits(result);
        return true;
    }

    private static long Integers(OpCode op, long a, long b)
    {
        unchecked
        {
            return op switch
            {
                OpCode.Add => a + b,
                OpCode.Sub => a - b,
                OpCode.Mul => a * b,
                OpCode.Unm => -a,
                OpCode.Mod => b == -1 ? 0 : FloorModulo(a, b),

                // The smallest integer over -1 is itself, not an overflow.
                _ => b == -1 ? -a : FloorDivide(a, b),
            };
        }
    }

    private static long FloorModulo(long a, long b)
    {
        var m = a % b;
        return m != 0 && (m ^ b) < 0 ? m + b : m;
    }

    private static long FloorDivide(long a, long b)
    {
        var q = a / b;
        return (a ^ b) < 0 && q * b != a ? q - 1 : q;
    }

    private static double Modulo(double x, double y, NumberModel model)
    {
        var m = x % y;
        return model.Round(m * y) < 0 ? m + y : m;
    }

    /// <summary>A negative count shifts right, without sign.</summary>
    private static long ShiftLeft(long value, long count, int bits)
    {
        if (count <= -bits || count >= bits) return 0;
        if (count >= 0) return value << (int)count;
        var unsigned = bits == 32 ? (uint)value : (ulong)value;
        return (long)(unsigned >> (int)-count);
    }

    private static bool TryInteger(in Operand operand, NumberModel model, out long value)
    {
        value = operand.Number;
        return operand.Kind == OperandKind.Integer ||
            model.TryToInteger(BitConverter.Int64BitsToDouble(operand.Number), out value);
    }

    private static double Number(in Operand operand) =>
        operand.Kind == OperandKind.Integer ? operand.Number : BitConverter.Int64BitsToDouble(operand.Number);

    private static void SetInteger(ref Operand operand, long value)
    {
        operand.Kind = OperandKind.Integer;
        operand.Number = value;
    }
}
