using System.Globalization;
using System.Text;

using AirHil.Lua.Compile;

namespace AirHil.Lua.Tests.Compile;

/// <summary>Bytecode as text: "line:OP A B C" with "; " between; inner functions in brackets after.</summary>
internal static class Listing
{
    public static string Of(Prototype function)
    {
        var text = new StringBuilder();
        for (var i = 0; i < function.Code.Length; i++)
        {
            if (i > 0) text.Append("; ");
            var code = function.Code[i];
            var op = Instruction.Op(code);
            var operands = op switch
            {
                OpCode.LoadK or OpCode.Closure => Join(Instruction.A(code), Instruction.Bx(code)),
                OpCode.Jmp or OpCode.ForLoop or OpCode.ForPrep or OpCode.TForLoop =>
                    Join(Instruction.A(code), Instruction.SBx(code)),
                OpCode.ExtraArg => Join(Instruction.Ax(code)),
                OpCode.Move or OpCode.GetUpval or OpCode.SetUpval or OpCode.LoadNil or OpCode.Return or OpCode.Vararg or
                    OpCode.Unm or OpCode.Not or OpCode.Len or OpCode.BNot =>
                    Join(Instruction.A(code), Instruction.B(code)),
                OpCode.Test or OpCode.TForCall => Join(Instruction.A(code), Instruction.C(code)),
                _ => Join(Instruction.A(code), Rk(Instruction.B(code)), Rk(Instruction.C(code))),
            };
            text.Append(CultureInfo.InvariantCulture, $"{function.Lines[i]}:{op} {operands}");
        }

        foreach (var child in function.Children) text.Append(" [").Append(Of(child)).Append(']');
        return text.ToString();
    }

    public static string Locals(Prototype function) => string.Join(
        "; ",
        function.Locals.Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Name} {l.StartPc}-{l.EndPc}")));

    /// <summary>A constant's number as a negative one, from -1.</summary>
    private static int Rk(int operand) =>
        Instruction.IsConstant(operand) ? -1 - Instruction.ConstantIndex(operand) : operand;

    private static string Join(params int[] operands) =>
        string.Join(' ', operands.Select(o => o.ToString(CultureInfo.InvariantCulture)));
}
