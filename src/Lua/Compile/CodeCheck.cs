namespace AirHil.Lua.Compile;

/// <summary>
/// Decides whether code that did not come from the compiler is safe to run: the machine reads registers, constants,
/// upvalues and jump targets without checks of its own. What the code computes is its author's affair.
/// </summary>
internal sealed class CodeCheck
{
    private const long LargestTableHint = 1 << 26;

    /// <summary>SETLIST counts in blocks of 50 fields.</summary>
    private const int MostListBlocks = (1 << 26) / 50;

    private readonly Prototype _function;
    private readonly int _registers;

    /// <summary>Instructions that a jump or a skip may reach.</summary>
    private readonly bool[] _reached;

    private CodeCheck(Prototype function)
    {
        _function = function;
        _registers = function.MaxStackSize;
        _reached = new bool[function.Code.Length];
    }

    public static bool IsSound(Prototype function)
    {
        if (!new CodeCheck(function).IsSound()) return false;
        foreach (var child in function.Children)
        {
            foreach (ref readonly var upvalue in child.Upvalues.AsSpan())
            {
                if (upvalue.Index >= (upvalue.InStack ? function.MaxStackSize : function.Upvalues.Length)) return false;
            }

            if (!IsSound(child)) return false;
        }

        return true;
    }

    private bool IsSound()
    {
        var code = _function.Code;
        if (code.Length == 0 || Instruction.Op(code[^1]) != OpCode.Return) return false;
        if (_registers < 2 || _function.ParameterCount > _registers) return false;
        if (_function.Lines.Length != 0 && _function.Lines.Length != code.Length) return false;
        for (var pc = 0; pc < code.Length; pc++)
        {
            if (!IsSound(pc)) return false;
        }

        for (var pc = 0; pc < code.Length; pc++)
        {
            if (_reached[pc] && (Instruction.Op(code[pc]) == OpCode.ExtraArg || TakesOpenValues(code[pc])))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsSound(int pc)
    {
        var i = _function.Code[pc];
        var a = Instruction.A(i);
        var b = Instruction.B(i);
        var c = Instruction.C(i);
        var op = Instruction.Op(i);
        if (TakesOpenValues(i) && !FollowsOpenValues(pc, a)) return false;
        switch (op)
        {
            case OpCode.Move or OpCode.Unm or OpCode.BNot or OpCode.Not or OpCode.Len:
                return Registers(a, 1) && Registers(b, 1);
            case OpCode.LoadK:
                return Registers(a, 1) && Instruction.Bx(i) < _function.Constants.Length;
            case OpCode.LoadKx:
                return Registers(a, 1) && Extra(pc) is { } constant && constant < _function.Constants.Length;
            case OpCode.LoadBool:
                return Registers(a, 1) && (c == 0 || Reach(pc + 2));
            case OpCode.LoadNil:
                return Registers(a, b + 1);
            case OpCode.GetUpval or OpCode.SetUpval:
                return Registers(a, 1) && b < _function.Upvalues.Length;
            case OpCode.GetTabUp:
                return Registers(a, 1) && b < _function.Upvalues.Length && RegisterOrConstant(c);
            case OpCode.GetTable:
                return Registers(a, 1) && Registers(b, 1) && RegisterOrConstant(c);
            case OpCode.SetTabUp:
                return a < _function.Upvalues.Length && RegisterOrConstant(b) && RegisterOrConstant(c);
            case OpCode.NewTable:
                return Registers(a, 1) && IsTableHint(b) && IsTableHint(c);
            case OpCode.Self:
                return Registers(a, 2) && Registers(b, 1) && RegisterOrConstant(c);
            case OpCode.SetTable or (>= OpCode.Add and <= OpCode.Shr):
                return Registers(a, 1) && RegisterOrConstant(b) && RegisterOrConstant(c);
            case OpCode.Concat:
                return Registers(a, 1) && b < c && Registers(c, 1);
            case OpCode.Jmp:
                return Reach(pc + 1 + Instruction.SBx(i));
            case OpCode.Eq or OpCode.Lt or OpCode.Le:
                return RegisterOrConstant(b) && RegisterOrConstant(c) && IsFollowedByJump(pc);
            case OpCode.Test:
                return Registers(a, 1) && IsFollowedByJump(pc);
            case OpCode.TestSet:
                return Registers(a, 1) && Registers(b, 1) && IsFollowedByJump(pc);
            case OpCode.Call:
                return Registers(a, Math.Max(b, 1)) && (c == 0 ? IsFollowedByTaker(pc) : Registers(a, c - 1));
            case OpCode.TailCall:
                return Registers(a, Math.Max(b, 1)) && IsFollowedByTaker(pc);
            case OpCode.Return:
                return b == 0 || Registers(a, b - 1);
            case OpCode.ForLoop or OpCode.ForPrep:
                return Registers(a, 4) && Reach(pc + 1 + Instruction.SBx(i));
            case OpCode.TForCall:
                return Registers(a, Math.Max(6, c + 3));
            case OpCode.TForLoop:
                return Registers(a, 2) && Reach(pc + 1 + Instruction.SBx(i));
            case OpCode.SetList:
                return Registers(a, b + 1) && (c != 0 || Extra(pc) is > 0 and <= MostListBlocks);
            case OpCode.Closure:
                return Registers(a, 1) && Instruction.Bx(i) < _function.Children.Length;
            case OpCode.Vararg:
                return b == 0 ? Registers(a, 1) && IsFollowedByTaker(pc) : Registers(a, b - 1);
            case OpCode.ExtraArg:
                return pc > 0 && TakesExtra(_function.Code[pc - 1]);
            default:
                return false;
        }
    }

    private bool Registers(int first, int count) => first + count <= _registers;

    private bool RegisterOrConstant(int operand) => Instruction.IsConstant(operand)
        ? Instruction.ConstantIndex(operand) < _function.Constants.Length
        : operand < _registers;

    private bool Reach(int pc)
    {
        if ((uint)pc >= (uint)_reached.Length) return false;
        _reached[pc] = true;
        return true;
    }

    /// <summary>A comparison runs the jump after it or skips it.</summary>
    private bool IsFollowedByJump(int pc) =>
        pc + 2 < _function.Code.Length && Instruction.Op(_function.Code[pc + 1]) == OpCode.Jmp && Reach(pc + 2);

    private static bool TakesExtra(uint i) =>
        Instruction.Op(i) == OpCode.LoadKx || (Instruction.Op(i) == OpCode.SetList && Instruction.C(i) == 0);

    private int? Extra(int pc) =>
        pc + 1 < _function.Code.Length && Instruction.Op(_function.Code[pc + 1]) == OpCode.ExtraArg
            ? Instruction.Ax(_function.Code[pc + 1])
            : null;

    private static bool IsTableHint(int hint) =>
        hint < 8 || (hint <= 255 && (long)((hint & 7) + 8) << ((hint >> 3) - 1) <= LargestTableHint);

    // ---- values up to the top of the stack: they are used at once ----

    private static bool TakesOpenValues(uint i) =>
        Instruction.B(i) == 0
        && Instruction.Op(i) is OpCode.Call or OpCode.TailCall or OpCode.Return or OpCode.SetList;

    private bool IsFollowedByTaker(int pc) => pc + 1 < _function.Code.Length && TakesOpenValues(_function.Code[pc + 1]);

    private bool FollowsOpenValues(int pc, int a)
    {
        if (pc == 0) return false;
        var before = _function.Code[pc - 1];
        var leaves = Instruction.Op(before) switch
        {
            OpCode.Call => Instruction.C(before) == 0,
            OpCode.TailCall => true,
            OpCode.Vararg => Instruction.B(before) == 0,
            _ => false,
        };
        if (!leaves) return false;
        var first = Instruction.A(before);
        return Instruction.Op(_function.Code[pc]) == OpCode.Return ? a <= first : a < first;
    }
}
