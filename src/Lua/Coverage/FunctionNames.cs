using System.Globalization;

using AirHil.Lua.Compile;
using AirHil.Lua.Values;

namespace AirHil.Lua.Coverage;

/// <summary>
/// What a report calls a function: the variable or field that it is first stored in, as its bytecode shows, and its
/// line, so that names are unique.
/// </summary>
internal static class FunctionNames
{
    public static string Of(Prototype parent, int child)
    {
        var line = parent.Children[child].LineDefined;
        return string.Create(CultureInfo.InvariantCulture, $"{Target(parent, child) ?? "anonymous"}:{line}");
    }

    private static string? Target(Prototype parent, int child)
    {
        for (var pc = 0; pc + 1 < parent.Code.Length; pc++)
        {
            var made = parent.Code[pc];
            if (Instruction.Op(made) != OpCode.Closure || Instruction.Bx(made) != child) continue;
            var next = parent.Code[pc + 1];
            var stores = Instruction.C(next) == Instruction.A(made);
            return Instruction.Op(next) switch
            {
                OpCode.SetTabUp or OpCode.SetTable when stores => Constant(parent, Instruction.B(next)),
                OpCode.SetUpval when Instruction.A(next) == Instruction.A(made) =>
                    Name(parent.Upvalues[Instruction.B(next)].Name),
                _ => Local(parent, pc + 1),
            };
        }

        return null;
    }

    private static string? Local(Prototype parent, int pc)
    {
        foreach (var local in parent.Locals)
        {
            if (local.StartPc == pc) return Name(local.Name);
        }

        return null;
    }

    private static string? Constant(Prototype parent, int operand) => Instruction.IsConstant(operand)
        ? Name(parent.Constants[Instruction.ConstantIndex(operand)].AsString)
        : null;

    /// <summary>Lines end the records of a report, so a name must be plain text.</summary>
    private static string? Name(LuaString? name)
    {
        var text = name?.ToString();
        return string.IsNullOrEmpty(text) || text.Any(char.IsControl) ? null : text;
    }
}
