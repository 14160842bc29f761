using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AirHil.Lua.Arithmetic;
using AirHil.Lua.Compile;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>Arithmetic, comparison and concatenation where the loop leaves them, as in the slow parts.</summary>
internal sealed partial class Machine<TNumber>
{
    // ---- arithmetic ----

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Arithmetic(LuaThread thread, CallInfo frame, uint i)
    {
        var op = Instruction.Op(i);
        ref var r = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(thread.Stack), frame.Base);
        ref var k = ref MemoryMarshal.GetArrayDataReference(frame.Closure!.Code.Constants);
        var b = Instruction.B(i);
        var c = op is OpCode.Unm or OpCode.BNot ? b : Instruction.C(i);
        ref var left = ref Rk(ref r, ref k, (uint)b);
        ref var right = ref Rk(ref r, ref k, (uint)c);
        if (TryArithmetic(op, left, right, out var result))
        {
            Unsafe.Add(ref r, Instruction.A(i)) = result;
            return false;
        }

        var method = op switch
        {
            OpCode.Unm => Metamethod.Unm,
            OpCode.BNot => Metamethod.BNot,
            _ => Metamethod.Add + (op - OpCode.Add),
        };
        var handler = Meta(left, method);
        if (handler.IsNil) handler = Meta(right, method);
        if (handler.IsNil) throw ArithmeticError(op, left, right, b, c);
        CallMeta(thread, frame, handler, left, right);
        return true;
    }

    private LuaException ArithmeticError(OpCode op, in LuaValue left, in LuaValue right, int b, int c)
    {
        var leftIsNumber = TryToNumber(left, out _);
        var bitwise = op is >= OpCode.BAnd and <= OpCode.Shr or OpCode.BNot;
        if (bitwise && leftIsNumber && TryToNumber(right, out _))
        {
            var culprit = TryToInteger(left, out _) ? c : b;
            var name = Instruction.IsConstant(culprit) ? "" : VariableInfo(Current.Frame, culprit);
            return RuntimeError($"number{name} has no integer representation");
        }

        var operand = leftIsNumber ? c : b;
        return TypeError(
            leftIsNumber ? right : left,
            bitwise ? "perform bitwise operation on" : "perform arithmetic on",
            Instruction.IsConstant(operand) ? NoVariable : operand);
    }

    /// <summary>
    /// An operation on numbers and on strings that read as numbers; false where an operand is neither.
    /// </summary>
    internal bool TryArithmetic(OpCode op, in LuaValue left, in LuaValue right, out LuaValue result)
    {
        result = default;
        switch (op)
        {
            case OpCode.BAnd or OpCode.BOr or OpCode.BXor or OpCode.Shl or OpCode.Shr or OpCode.BNot:
                if (!TryToInteger(left, out var m) || !TryToInteger(right, out var n)) return false;
                result = LuaValue.Integer(op switch
                {
                    OpCode.BAnd => m & n,
                    OpCode.BOr => m | n,
                    OpCode.BXor => m ^ n,
                    OpCode.Shl => ShiftLeft(m, n),
                    OpCode.Shr => n == long.MinValue ? 0 : ShiftLeft(m, -n),
                    _ => ~m,
                });
                return true;
            case OpCode.Div or OpCode.Pow:
                break;
            default:
                if (!left.IsInteger || !right.IsInteger) break;
                var a = left.N;
                var b = right.N;
                result = LuaValue.Integer(TNumber.Wrap(op switch
                {
                    OpCode.Add => a + b,
                    OpCode.Sub => a - b,
                    OpCode.Mul => a * b,
                    OpCode.Mod => Modulo(a, b),
                    OpCode.IDiv => FloorDivide(a, b),
                    _ => -a,
                }));
                return true;
        }

        if (!TryToNumber(left, out var leftNumber) || !TryToNumber(right, out var rightNumber)) return false;
        var x = ToFloat(ref leftNumber);
        var y = ToFloat(ref rightNumber);
        result = LuaValue.Float(TNumber.Round(op switch
        {
            OpCode.Add => x + y,
            OpCode.Sub => x - y,
            OpCode.Mul => x * y,
            OpCode.Div => x / y,
            OpCode.Pow => Exponentials.Pow(x, y),
            OpCode.IDiv => Math.Floor(TNumber.Round(x / y)),
            OpCode.Mod => Modulo(x, y),
            _ => -x,
        }));
        return true;
    }

    private static double Modulo(double x, double y)
    {
        var m = x % y;
        return TNumber.Round(m * y) < 0 ? m + y : m;
    }

    private long Modulo(long a, long b)
    {
        if (b == 0) throw RuntimeError("attempt to perform 'n%0'");
        if (b == -1) return 0;
        var m = a % b;
        return m != 0 && (m ^ b) < 0 ? m + b : m;
    }

    private long FloorDivide(long a, long b)
    {
        if (b == 0) throw RuntimeError("attempt to divide by zero");
        if (b == -1) return -a;
        var q = a / b;
        return (a ^ b) < 0 && q * b != a ? q - 1 : q;
    }

    private static long ShiftLeft(long value, long count)
    {
        var bits = TNumber.Bits;
        if (count <= -bits || count >= bits) return 0;
        if (count >= 0) return TNumber.Wrap(value << (int)count);
        return bits == 32 ? (int)((uint)value >> (int)-count) : (long)((ulong)value >> (int)-count);
    }

    // ---- comparison ----

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool EqualByMeta(LuaThread thread, CallInfo frame, in LuaValue left, in LuaValue right)
    {
        LuaTable? first;
        LuaTable? second;
        if (left.O is LuaTable a && right.O is LuaTable b) (first, second) = (a.Metatable, b.Metatable);
        else if (left.O is LuaUserdata u && right.O is LuaUserdata v) (first, second) = (u.Metatable, v.Metatable);
        else return false;
        var handler = Meta(first, Metamethod.Eq);
        if (handler.IsNil) handler = Meta(second, Metamethod.Eq);
        if (handler.IsNil) return false;
        CallMeta(thread, frame, handler, left, right);
        return true;
    }

    /// <summary>1 or 0, or -1 where a metamethod was called.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Compare(LuaThread thread, CallInfo frame, in LuaValue left, in LuaValue right, bool orEqual)
    {
        if (left.IsNumber && right.IsNumber)
        {
            bool result;
            if (left.IsInteger)
            {
                result = orEqual
                    ? NumberCompare.LessOrEqual(left.N, right.AsFloat)
                    : NumberCompare.Less(left.N, right.AsFloat);
            }
            else
            {
                result = orEqual
                    ? NumberCompare.LessOrEqual(left.AsFloat, right.N)
                    : NumberCompare.Less(left.AsFloat, right.N);
            }

            return result ? 1 : 0;
        }

        if (left.O is LuaString a && right.O is LuaString b)
        {
            var order = a.CompareTo(b);
            return order < 0 || (orEqual && order == 0) ? 1 : 0;
        }

        var method = orEqual ? Metamethod.Le : Metamethod.Lt;
        var handler = Meta(left, method);
        if (handler.IsNil) handler = Meta(right, method);
        if (!handler.IsNil)
        {
            CallMeta(thread, frame, handler, left, right);
            return -1;
        }

        if (orEqual)
        {
            handler = Meta(right, Metamethod.Lt);
            if (handler.IsNil) handler = Meta(left, Metamethod.Lt);
            if (!handler.IsNil)
            {
                CallMeta(thread, frame, handler, right, left, FrameFlags.Meta | FrameFlags.Negate);
                return -1;
            }
        }

        throw CompareError(left, right);
    }

    // ---- concatenation ----

    /// <summary>Joins what is left of the operands from the right, as luaV_concat does in place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Concat(LuaThread thread, CallInfo frame, uint i)
    {
        var first = frame.Base + Instruction.B(i);
        while (frame.ConcatLeft > 1)
        {
            var stack = thread.Stack;
            var last = first + frame.ConcatLeft - 1;
            if (!IsText(stack[last - 1]) || !IsText(stack[last]))
            {
                ref var left = ref stack[last - 1];
                ref var right = ref stack[last];
                var handler = Meta(left, Metamethod.Concat);
                if (handler.IsNil) handler = Meta(right, Metamethod.Concat);
                if (handler.IsNil)
                {
                    var culprit = IsText(left) ? last : last - 1;
                    throw TypeError(stack[culprit], "concatenate", culprit - frame.Base);
                }

                CallMeta(thread, frame, handler, left, right);
                return true;
            }

            // What lies above the operands is dead where a collection makes room (L:lua/src/lvm.c, OP_CONCAT).
            thread.Top = last + 1;
            var start = last;
            long length = TextAt(stack, last).Length;
            while (start > first && IsText(stack[start - 1]))
            {
                start--;
                length += TextAt(stack, start).Length;
            }

            stack[start] = Join(stack, start, last, length);
            thread.Top = frame.Top;
            frame.ConcatLeft = start - first + 1;
        }

        thread.Stack[frame.Base + Instruction.A(i)] = thread.Stack[first];
        return false;
    }

    private static bool IsText(in LuaValue value) => value.O is LuaString || value.IsNumber;

    private LuaString TextAt(LuaValue[] stack, int index)
    {
        if (stack[index].O is LuaString text) return text;
        text = NumberToString(stack[index]);
        stack[index] = text;
        return text;
    }

    private LuaString Join(LuaValue[] stack, int start, int last, long length)
    {
        if (start + 1 == last)
        {
            var left = (LuaString)stack[start].O!;
            var right = (LuaString)stack[last].O!;
            if (left.Length == 0) return right;
            if (right.Length == 0) return left;
        }

        // What cannot be had is refused before the host is asked for it.
        if (length > Heap.Limit) Heap.Refuse(Heap.Sizes.Text(length));
        Budget -= length / LibraryWork.CopiedBytesPerInstruction;
        var bytes = GC.AllocateUninitializedArray<byte>((int)length);
        var at = 0;
        for (var index = start; index <= last; index++)
        {
            var part = ((LuaString)stack[index].O!).Span;
            part.CopyTo(bytes.AsSpan(at));
            at += part.Length;
        }

        return Keep(bytes);
    }
}
