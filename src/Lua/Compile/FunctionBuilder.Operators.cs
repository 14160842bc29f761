using AirHil.Lua.Syntax;

namespace AirHil.Lua.Compile;

/// <summary>Operators.</summary>
internal sealed partial class FunctionBuilder
{
    /// <summary>Goes on where the value is true; its WhenFalse jumps leave.</summary>
    public void GoIfTrue(ref Operand e)
    {
        Discharge(ref e);
        var jump = JumpList.Empty;
        switch (e.Kind)
        {
            case OperandKind.Jump:
                Negate(e.Info);
                jump = e.Info;
                break;
            case OperandKind.Constant or OperandKind.Float or OperandKind.Integer or OperandKind.True:
                break;
            default:
                jump = JumpIf(ref e, 0);
                break;
        }

        Prepend(ref e.WhenFalse, jump);
        PatchToHere(e.WhenTrue);
        e.WhenTrue = JumpList.Empty;
    }

    /// <summary>Goes on where the value is false; its WhenTrue jumps leave.</summary>
    public void GoIfFalse(ref Operand e)
    {
        Discharge(ref e);
        var jump = e.Kind switch
        {
            OperandKind.Jump => e.Info,
            OperandKind.Nil or OperandKind.False => JumpList.Empty,
            _ => JumpIf(ref e, 1),
        };
        Prepend(ref e.WhenTrue, jump);
        PatchToHere(e.WhenFalse);
        e.WhenFalse = JumpList.Empty;
    }

    public void Unary(UnaryOperator op, ref Operand e, int line)
    {
        switch (op)
        {
            case UnaryOperator.Not:
                Not(ref e);
                return;
            case UnaryOperator.Length:
                EmitUnary(OpCode.Len, ref e, line);
                return;
            default:
                var code = op == UnaryOperator.Negate ? OpCode.Unm : OpCode.BNot;
                if (!Folding.TryFold(code, ref e, Operand.Integer(0), _cursor.Model)) EmitUnary(code, ref e, line);
                return;
        }
    }

    /// <summary>What is to be done with the left operand before the code of the right one.</summary>
    public void BeginBinary(BinaryOperator op, ref Operand left)
    {
        switch (op)
        {
            case BinaryOperator.And:
                GoIfTrue(ref left);
                break;
            case BinaryOperator.Or:
                GoIfFalse(ref left);
                break;
            case BinaryOperator.Concat:
                ToNextRegister(ref left);
                break;
            case < BinaryOperator.Concat when left.IsNumeral:
                break;
            default:
                ToRegisterOrConstant(ref left);
                break;
        }
    }

    /// <summary>The operation itself; the result is in <paramref name="left"/>.</summary>
    public void EndBinary(BinaryOperator op, ref Operand left, ref Operand right, int line)
    {
        switch (op)
        {
            case BinaryOperator.And:
                Discharge(ref right);
                Join(ref right.WhenFalse, left.WhenFalse);
                left = right;
                break;
            case BinaryOperator.Or:
                Discharge(ref right);
                Join(ref right.WhenTrue, left.WhenTrue);
                left = right;
                break;
            case BinaryOperator.Concat:
                Concat(ref left, ref right, line);
                break;
            case < BinaryOperator.Concat:
                var code = (OpCode)((int)OpCode.Add + (int)op);
                if (!Folding.TryFold(code, ref left, right, _cursor.Model)) EmitBinary(code, ref left, ref right, line);
                break;
            default:
                Compare(op, ref left, ref right);
                break;
        }
    }

    private void Concat(ref Operand left, ref Operand right, int line)
    {
        ToValue(ref right);
        if (right.Kind == OperandKind.Relocatable && Instruction.Op(_code[right.Info]) == OpCode.Concat)
        {
            // a .. (b .. c) is one instruction over neighbouring registers.
            Free(left);
            SetB(right.Info, left.Info);
            left.Become(OperandKind.Relocatable, right.Info);
            return;
        }

        ToNextRegister(ref right);
        EmitBinary(OpCode.Concat, ref left, ref right, line);
    }

    private void EmitUnary(OpCode op, ref Operand e, int line)
    {
        var register = ToAnyRegister(ref e);
        Free(e);
        e.Become(OperandKind.Relocatable, Emit(op, 0, register, 0));
        FixLine(line);
    }

    private void EmitBinary(OpCode op, ref Operand left, ref Operand right, int line)
    {
        // The right one first: a left numeral that was kept for folding gets its constant only now.
        var c = ToRegisterOrConstant(ref right);
        var b = ToRegisterOrConstant(ref left);
        Free(left, right);
        left.Become(OperandKind.Relocatable, Emit(op, 0, b, c));
        FixLine(line);
    }

    private void Compare(BinaryOperator op, ref Operand left, ref Operand right)
    {
        var b = left.Kind == OperandKind.Constant ? left.Info | Instruction.ConstantBit : left.Info;
        var c = ToRegisterOrConstant(ref right);
        Free(left, right);

        // a > b is b < a, and a ~= b a negated equality.
        var jump = op switch
        {
            BinaryOperator.NotEqual => ConditionalJump(OpCode.Eq, 0, b, c),
            BinaryOperator.Greater => ConditionalJump(OpCode.Lt, 1, c, b),
            BinaryOperator.GreaterEqual => ConditionalJump(OpCode.Le, 1, c, b),
            _ => ConditionalJump((OpCode)((int)OpCode.Eq + (op - BinaryOperator.Equal)), 1, b, c),
        };
        left.Become(OperandKind.Jump, jump);
    }

    private void Not(ref Operand e)
    {
        Discharge(ref e);
        switch (e.Kind)
        {
            case OperandKind.Nil or OperandKind.False:
                e.Kind = OperandKind.True;
                break;
            case OperandKind.Constant or OperandKind.Float or OperandKind.Integer or OperandKind.True:
                e.Kind = OperandKind.False;
                break;
            case OperandKind.Jump:
                Negate(e.Info);
                break;
            default:
                ToAnyNewRegister(ref e);
                Free(e);
                e.Become(OperandKind.Relocatable, Emit(OpCode.Not, 0, e.Info, 0));
                break;
        }

        (e.WhenTrue, e.WhenFalse) = (e.WhenFalse, e.WhenTrue);
        DropValues(e.WhenFalse);
        DropValues(e.WhenTrue);
    }

    private void Negate(int jump)
    {
        var pc = ControlOf(jump);
        SetA(pc, Instruction.A(_code[pc]) == 0 ? 1 : 0);
    }

    private int JumpIf(ref Operand e, int condition)
    {
        if (e.Kind == OperandKind.Relocatable && Instruction.Op(_code[e.Info]) == OpCode.Not)
        {
            var tested = Instruction.B(_code[e.Info]);
            _pc--;
            return ConditionalJump(OpCode.Test, tested, 0, 1 - condition);
        }

        ToAnyNewRegister(ref e);
        Free(e);
        return ConditionalJump(OpCode.TestSet, NoRegister, e.Info, condition);
    }
}
