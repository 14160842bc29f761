using AirHil.Lua.Compile;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>Names of values, found by symbolic execution of the bytecode as ldebug.c does it.</summary>
internal static class VariableNames
{
    /// <summary>
    /// The name of the local variable number <paramref name="number"/> (from 1) that is live at an instruction.
    /// </summary>
    public static LuaString? Local(Prototype prototype, int number, int pc)
    {
        foreach (ref readonly var local in prototype.Locals.AsSpan())
        {
            if (local.StartPc > pc) break;
            if (pc < local.EndPc && --number == 0) return local.Name;
        }

        return null;
    }

    public static string Upvalue(Prototype prototype, int index) =>
        index < prototype.Upvalues.Length ? prototype.Upvalues[index].Name?.ToMessage() ?? "?" : "?";

    /// <summary>
    /// What a register holds at an instruction: "local", "global", "field", … and its name; null where unknown.
    /// </summary>
    public static (string Kind, string Name)? OfRegister(Prototype prototype, int lastPc, int register)
    {
        while (true)
        {
            if (Local(prototype, register + 1, lastPc) is { } local) return ("local", local.ToMessage());
            var pc = FindSetter(prototype, lastPc, register);
            if (pc < 0) return null;
            var i = prototype.Code[pc];
            switch (Instruction.Op(i))
            {
                case OpCode.Move:
                    if (Instruction.B(i) >= Instruction.A(i)) return null;
                    lastPc = pc;
                    register = Instruction.B(i);
                    continue;
                case OpCode.GetTabUp:
                case OpCode.GetTable:
                    var table = Instruction.B(i);
                    var tableName = Instruction.Op(i) == OpCode.GetTable
                        ? Local(prototype, table + 1, pc)?.ToMessage()
                        : Upvalue(prototype, table);
                    var key = Constant(prototype, pc, Instruction.C(i));
                    return (tableName == "_ENV" ? "global" : "field", key);
                case OpCode.GetUpval:
                    return ("upvalue", Upvalue(prototype, Instruction.B(i)));
                case OpCode.LoadK:
                case OpCode.LoadKx:
                    var index = Instruction.Op(i) == OpCode.LoadK
                        ? Instruction.Bx(i)
                        : Instruction.Ax(prototype.Code[pc + 1]);
                    return prototype.Constants[index].AsString is { } text ? ("constant", text.ToMessage()) : null;
                case OpCode.Self:
                    return ("method", Constant(prototype, pc, Instruction.C(i)));
                default:
                    return null;
            }
        }
    }

    /// <summary>How the function called by the instruction at <paramref name="pc"/> is named there.</summary>
    public static (string Kind, string Name)? OfCall(Prototype prototype, int pc)
    {
        var i = prototype.Code[pc];
        switch (Instruction.Op(i))
        {
            case OpCode.Call:
            case OpCode.TailCall:
                return OfRegister(prototype, pc, Instruction.A(i));
            case OpCode.TForCall:
                return ("for iterator", "for iterator");
            case OpCode.Self:
            case OpCode.GetTabUp:
            case OpCode.GetTable:
                return ("metamethod", "__index");
            case OpCode.SetTabUp:
            case OpCode.SetTable:
                return ("metamethod", "__newindex");
            case >= OpCode.Add and <= OpCode.Shr:
                var method = Metamethod.Add + (Instruction.Op(i) - OpCode.Add);
                return ("metamethod", MetamethodNames.TextOf(method));
            case OpCode.Unm:
                return ("metamethod", "__unm");
            case OpCode.BNot:
                return ("metamethod", "__bnot");
            case OpCode.Len:
                return ("metamethod", "__len");
            case OpCode.Concat:
                return ("metamethod", "__concat");
            case OpCode.Eq:
                return ("metamethod", "__eq");
            case OpCode.Lt:
                return ("metamethod", "__lt");
            case OpCode.Le:
                return ("metamethod", "__le");
            default:
                return null;
        }
    }

    private static string Constant(Prototype prototype, int pc, int rk)
    {
        if (Instruction.IsConstant(rk))
        {
            return prototype.Constants[Instruction.ConstantIndex(rk)].AsString?.ToMessage() ?? "?";
        }

        return OfRegister(prototype, pc, rk) is ("constant", var name) ? name : "?";
    }

    /// <summary>
    /// The last instruction before <paramref name="lastPc"/> that set a register; -1 where it is not certain.
    /// </summary>
    private static int FindSetter(Prototype prototype, int lastPc, int register)
    {
        var setter = -1;
        var jumpTarget = 0;
        for (var pc = 0; pc < lastPc; pc++)
        {
            var i = prototype.Code[pc];
            var a = Instruction.A(i);
            bool sets;
            switch (Instruction.Op(i))
            {
                case OpCode.LoadNil:
                    sets = a <= register && register <= a + Instruction.B(i);
                    break;
                case OpCode.TForCall:
                    sets = register >= a + 2;
                    break;
                case OpCode.Call:
                case OpCode.TailCall:
                    sets = register >= a;
                    break;
                case OpCode.Jmp:
                    var target = pc + 1 + Instruction.SBx(i);
                    if (pc < target && target <= lastPc && target > jumpTarget) jumpTarget = target;
                    sets = false;
                    break;
                default:
                    sets = SetsA(Instruction.Op(i)) && register == a;
                    break;
            }

            if (sets) setter = pc < jumpTarget ? -1 : pc;
        }

        return setter;
    }

    private static bool SetsA(OpCode op) => op switch
    {
        OpCode.SetTabUp or OpCode.SetUpval or OpCode.SetTable or OpCode.Jmp or OpCode.Eq or OpCode.Lt or OpCode.Le
            or OpCode.Test or OpCode.Return or OpCode.TForCall or OpCode.SetList or OpCode.ExtraArg => false,
        _ => true,
    };
}
