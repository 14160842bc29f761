namespace AirHil.Lua.Compile;

/// <summary>Instructions and jumps.</summary>
internal sealed partial class FunctionBuilder
{
    /// <summary>How many values of a table constructor are stored at a time.</summary>
    public const int FieldsPerFlush = 50;

    public int Emit(OpCode op, int a, int b, int c) => Emit(Instruction.Abc(op, a, b, c));
    public int EmitABx(OpCode op, int a, int bx) => Emit(Instruction.ABx(op, a, bx));
    public int EmitAsBx(OpCode op, int a, int sbx) => Emit(Instruction.AsBx(op, a, sbx));

    /// <summary>Gives the last instruction another line than that of the last token.</summary>
    public void FixLine(int line) => _lines[_pc - 1] = line;

    public void SetB(int pc, int b) => _code[pc] = (_code[pc] & 0x007F_FFFF) | ((uint)b << 23);
    public void SetC(int pc, int c) => _code[pc] = (_code[pc] & 0xFF80_3FFF) | ((uint)c << 14);

    /// <summary>Turns a call into a tail call.</summary>
    public void MakeTailCall(int pc) => _code[pc] = (_code[pc] & ~0x3Fu) | (uint)OpCode.TailCall;

    public void Return(int first, int count) => Emit(OpCode.Return, first, count + 1, 0);

    /// <summary>Nil to registers; joins a LOADNIL just before where the ranges touch.</summary>
    public void LoadNil(int from, int count)
    {
        var last = from + count - 1;
        if (_pc > _lastTarget && _pc > 0 && Instruction.Op(_code[_pc - 1]) == OpCode.LoadNil)
        {
            var before = Instruction.A(_code[_pc - 1]);
            var beforeLast = before + Instruction.B(_code[_pc - 1]);
            if ((before <= from && from <= beforeLast + 1) || (from <= before && before <= last + 1))
            {
                from = Math.Min(from, before);
                SetA(_pc - 1, from);
                SetB(_pc - 1, Math.Max(last, beforeLast) - from);
                return;
            }
        }

        Emit(OpCode.LoadNil, from, count - 1, 0);
    }

    public int LoadConstant(int register, int constant)
    {
        if (constant <= Instruction.MaxBx) return EmitABx(OpCode.LoadK, register, constant);
        var pc = EmitABx(OpCode.LoadKx, register, 0);
        Emit(Instruction.Ax(OpCode.ExtraArg, constant));
        return pc;
    }

    /// <summary>Stores the values above a table's register; count -1 means up to the top of the stack.</summary>
    public void SetList(int table, int total, int count)
    {
        var batch = ((total - 1) / FieldsPerFlush) + 1;
        var b = count < 0 ? 0 : count;
        if (batch <= Instruction.MaxC)
        {
            Emit(OpCode.SetList, table, b, batch);
        }
        else
        {
            if (batch > Instruction.MaxAx) throw _cursor.Error("constructor too long");
            Emit(OpCode.SetList, table, b, 0);
            Emit(Instruction.Ax(OpCode.ExtraArg, batch));
        }

        FreeRegister = table + 1;
    }

    /// <summary>The place of the next instruction, as the target of a jump.</summary>
    public int MarkTarget() => _lastTarget = _pc;

    /// <summary>A jump to where <see cref="PatchList"/> will say; takes the pending jumps along.</summary>
    public int Jump()
    {
        var pending = _pending;
        _pending = JumpList.Empty;
        var jump = EmitAsBx(OpCode.Jmp, 0, JumpList.Empty);
        Join(ref jump, pending);
        return jump;
    }

    public void JumpTo(int target) => PatchList(Jump(), target);

    /// <summary>Appends a list to another. The first is walked, so the shorter one should be first.</summary>
    public void Join(ref int list, int other)
    {
        if (other == JumpList.Empty) return;
        if (list == JumpList.Empty)
        {
            list = other;
            return;
        }

        var last = list;
        for (var next = NextJump(last); next != JumpList.Empty; next = NextJump(last)) last = next;
        FixJump(last, other);
    }

    /// <summary>Adds a new jump to a list that may be long.</summary>
    public void Prepend(ref int list, int jump)
    {
        Join(ref jump, list);
        if (jump != JumpList.Empty) list = jump;
    }

    public void PatchList(int list, int target)
    {
        if (target == _pc) PatchToHere(list);
        else Patch(list, target, NoRegister, target);
    }

    public void PatchToHere(int list)
    {
        MarkTarget();
        Prepend(ref _pending, list);
    }

    /// <summary>Makes the jumps of a list close upvalues from a register upwards.</summary>
    public void PatchClose(int list, int level)
    {
        for (; list != JumpList.Empty; list = NextJump(list)) SetA(list, level + 1);
    }

    private int Emit(uint instruction)
    {
        ResolvePending();
        if (_pc == _code.Length)
        {
            Array.Resize(ref _code, _pc * 2);
            Array.Resize(ref _lines, _pc * 2);
        }

        _code[_pc] = instruction;
        _lines[_pc] = _cursor.LastLine;
        return _pc++;
    }

    private void SetA(int pc, int a) => _code[pc] = (_code[pc] & 0xFFFF_C03F) | ((uint)a << 6);

    private int ConditionalJump(OpCode op, int a, int b, int c)
    {
        Emit(op, a, b, c);
        return Jump();
    }

    private int NextJump(int pc)
    {
        var offset = Instruction.SBx(_code[pc]);
        return offset == JumpList.Empty ? JumpList.Empty : pc + 1 + offset;
    }

    private void FixJump(int pc, int target)
    {
        var offset = target - (pc + 1);
        if (Math.Abs(offset) > Instruction.MaxSBx) throw _cursor.Error("control structure too long");
        _code[pc] = (_code[pc] & 0x3FFF) | ((uint)(offset + Instruction.MaxSBx) << 14);
    }

    /// <summary>The instruction that decides a jump: the test before it, or the jump itself.</summary>
    private int ControlOf(int pc) =>
        pc >= 1 && Instruction.Op(_code[pc - 1]) is >= OpCode.Eq and <= OpCode.TestSet ? pc - 1 : pc;

    /// <summary>Sets a TESTSET's register, or makes it a TEST without a value; false for other jumps.</summary>
    private bool PatchTest(int jump, int register)
    {
        var pc = ControlOf(jump);
        var test = _code[pc];
        if (Instruction.Op(test) != OpCode.TestSet) return false;
        var tested = Instruction.B(test);
        if (register != NoRegister && register != tested) SetA(pc, register);
        else _code[pc] = Instruction.Abc(OpCode.Test, tested, 0, Instruction.C(test));
        return true;
    }

    /// <summary>Jumps that carry their value to the register go to one target, the others to another.</summary>
    private void Patch(int list, int valueTarget, int register, int otherTarget)
    {
        while (list != JumpList.Empty)
        {
            var next = NextJump(list);
            FixJump(list, PatchTest(list, register) ? valueTarget : otherTarget);
            list = next;
        }
    }

    private void ResolvePending()
    {
        var pending = _pending;
        _pending = JumpList.Empty;
        Patch(pending, _pc, NoRegister, _pc);
    }

    private bool NeedsValue(int list)
    {
        for (; list != JumpList.Empty; list = NextJump(list))
        {
            if (Instruction.Op(_code[ControlOf(list)]) != OpCode.TestSet) return true;
        }

        return false;
    }

    private void DropValues(int list)
    {
        for (; list != JumpList.Empty; list = NextJump(list)) PatchTest(list, NoRegister);
    }
}
