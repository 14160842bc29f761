using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

/// <summary>Values to registers and constants.</summary>
internal sealed partial class FunctionBuilder
{
    public Operand StringConstant(LuaString text) => new(OperandKind.Constant, _constants.String(text));
    public int IntegerConstant(long value) => _constants.Integer(value);

    public void CheckStack(int count)
    {
        var size = FreeRegister + count;
        if (size <= _maxStack) return;
        if (size >= MaxRegisters) throw _cursor.Error("function or expression needs too many registers");
        _maxStack = size;
    }

    public void Reserve(int count)
    {
        CheckStack(count);
        FreeRegister += count;
    }

    public void Release(int count) => FreeRegister -= count;

    /// <summary>Releases all but the local variables.</summary>
    public void ReleaseTemporaries() => FreeRegister = ActiveCount;

    /// <summary>Releases what lies above a register, which is kept.</summary>
    public void ReleaseAbove(int register) => FreeRegister = register + 1;

    /// <summary>How many values a call or vararg gives; -1 for all.</summary>
    public void SetResults(ref Operand e, int count)
    {
        if (e.Kind == OperandKind.Call)
        {
            SetC(e.Info, count + 1);
        }
        else if (e.Kind == OperandKind.Vararg)
        {
            SetB(e.Info, count + 1);
            SetA(e.Info, FreeRegister);
            Reserve(1);
        }
    }

    public void SetOneResult(ref Operand e)
    {
        if (e.Kind == OperandKind.Call)
        {
            e.Become(OperandKind.Register, Instruction.A(_code[e.Info]));
        }
        else if (e.Kind == OperandKind.Vararg)
        {
            SetB(e.Info, 2);
            e.Kind = OperandKind.Relocatable;
        }
    }

    /// <summary>Reads variables: afterwards the operand is a value.</summary>
    public void Discharge(ref Operand e)
    {
        switch (e.Kind)
        {
            case OperandKind.Local:
                e.Kind = OperandKind.Register;
                break;
            case OperandKind.Upvalue:
                e.Become(OperandKind.Relocatable, Emit(OpCode.GetUpval, 0, e.Info, 0));
                break;
            case OperandKind.Indexed:
                FreeIfTemporary(e.Key);
                if (!e.TableIsUpvalue) FreeIfTemporary(e.Info);
                var op = e.TableIsUpvalue ? OpCode.GetTabUp : OpCode.GetTable;
                e.Become(OperandKind.Relocatable, Emit(op, 0, e.Info, e.Key));
                break;
            case OperandKind.Call or OperandKind.Vararg:
                SetOneResult(ref e);
                break;
        }
    }

    public void ToNextRegister(ref Operand e)
    {
        Discharge(ref e);
        Free(e);
        Reserve(1);
        ToRegister(ref e, FreeRegister - 1);
    }

    public int ToAnyRegister(ref Operand e)
    {
        Discharge(ref e);
        if (e.Kind == OperandKind.Register)
        {
            if (!e.HasJumps) return e.Info;
            if (e.Info >= ActiveCount)
            {
                ToRegister(ref e, e.Info);
                return e.Info;
            }
        }

        ToNextRegister(ref e);
        return e.Info;
    }

    public void ToAnyRegisterOrUpvalue(ref Operand e)
    {
        if (e.Kind != OperandKind.Upvalue || e.HasJumps) ToAnyRegister(ref e);
    }

    public void ToValue(ref Operand e)
    {
        if (e.HasJumps) ToAnyRegister(ref e);
        else Discharge(ref e);
    }

    /// <summary>The operand as a B or C argument: a register, or a constant whose number is small enough.</summary>
    public int ToRegisterOrConstant(ref Operand e)
    {
        ToValue(ref e);
        var constant = e.Kind switch
        {
            OperandKind.Nil => _constants.Nil(),
            OperandKind.True => _constants.Boolean(true),
            OperandKind.False => _constants.Boolean(false),
            OperandKind.Integer => _constants.Integer(e.Number),
            OperandKind.Float => _constants.Float(BitConverter.Int64BitsToDouble(e.Number)),
            OperandKind.Constant => e.Info,
            _ => -1,
        };
        if (constant < 0) return ToAnyRegister(ref e);
        e.Become(OperandKind.Constant, constant);
        return constant <= Instruction.MaxConstantIndex ? constant | Instruction.ConstantBit : ToAnyRegister(ref e);
    }

    /// <summary>Assigns to a variable.</summary>
    public void Store(in Operand variable, ref Operand value)
    {
        switch (variable.Kind)
        {
            case OperandKind.Local:
                Free(value);
                ToRegister(ref value, variable.Info);
                return;
            case OperandKind.Upvalue:
                Emit(OpCode.SetUpval, ToAnyRegister(ref value), variable.Info, 0);
                break;
            default:
                var op = variable.TableIsUpvalue ? OpCode.SetTabUp : OpCode.SetTable;
                var rk = ToRegisterOrConstant(ref value);
                Emit(op, variable.Info, variable.Key, rk);
                break;
        }

        Free(value);
    }

    /// <summary>Makes "table[key]" of a table in a register or upvalue.</summary>
    public void Index(ref Operand table, ref Operand key)
    {
        table.Key = ToRegisterOrConstant(ref key);
        table.TableIsUpvalue = table.Kind == OperandKind.Upvalue;
        table.Kind = OperandKind.Indexed;
    }

    /// <summary>Function and receiver of a method call to two new registers.</summary>
    public void Self(ref Operand receiver, ref Operand name)
    {
        var register = ToAnyRegister(ref receiver);
        Free(receiver);
        receiver.Become(OperandKind.Register, FreeRegister);
        Reserve(2);
        var rk = ToRegisterOrConstant(ref name);
        Emit(OpCode.Self, receiver.Info, register, rk);
        Free(name);
    }

    private void FreeIfTemporary(int registerOrConstant)
    {
        if (!Instruction.IsConstant(registerOrConstant) && registerOrConstant >= ActiveCount) FreeRegister--;
    }

    private void Free(in Operand e)
    {
        if (e.Kind == OperandKind.Register) FreeIfTemporary(e.Info);
    }

    private void Free(in Operand a, in Operand b)
    {
        Free(a);
        Free(b);
    }

    private void ToAnyNewRegister(ref Operand e)
    {
        if (e.Kind == OperandKind.Register) return;
        Reserve(1);
        LoadTo(ref e, FreeRegister - 1);
    }

    /// <summary>Everything but the expression's own jumps; a comparison stays one.</summary>
    private void LoadTo(ref Operand e, int register)
    {
        Discharge(ref e);
        switch (e.Kind)
        {
            case OperandKind.Nil:
                LoadNil(register, 1);
                break;
            case OperandKind.True or OperandKind.False:
                Emit(OpCode.LoadBool, register, e.Kind == OperandKind.True ? 1 : 0, 0);
                break;
            case OperandKind.Constant:
                LoadConstant(register, e.Info);
                break;
            case OperandKind.Integer:
                LoadConstant(register, _constants.Integer(e.Number));
                break;
            case OperandKind.Float:
                LoadConstant(register, _constants.Float(BitConverter.Int64BitsToDouble(e.Number)));
                break;
            case OperandKind.Relocatable:
                SetA(e.Info, register);
                break;
            case OperandKind.Register:
                if (register != e.Info) Emit(OpCode.Move, register, e.Info, 0);
                break;
            default:
                return;
        }

        e.Become(OperandKind.Register, register);
    }

    private void ToRegister(ref Operand e, int register)
    {
        LoadTo(ref e, register);
        if (e.Kind == OperandKind.Jump) Prepend(ref e.WhenTrue, e.Info);
        if (e.HasJumps)
        {
            var loadFalse = JumpList.Empty;
            var loadTrue = JumpList.Empty;
            if (NeedsValue(e.WhenTrue) || NeedsValue(e.WhenFalse))
            {
                var over = e.Kind == OperandKind.Jump ? JumpList.Empty : Jump();
                loadFalse = LoadBoolean(register, 0, 1);
                loadTrue = LoadBoolean(register, 1, 0);
                PatchToHere(over);
            }

            var end = MarkTarget();
            Patch(e.WhenFalse, end, register, loadFalse);
            Patch(e.WhenTrue, end, register, loadTrue);
        }

        e.WhenTrue = e.WhenFalse = JumpList.Empty;
        e.Become(OperandKind.Register, register);
    }

    private int LoadBoolean(int register, int value, int skip)
    {
        MarkTarget();
        return Emit(OpCode.LoadBool, register, value, skip);
    }
}
