using System.Text;

using AirHil.Lua.Compile;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Lua.Tests.Compile;

public sealed class BinaryChunkTests
{
    private const string Program =
        "local a, b = ... local t = {a, b, x = 1.5} for i = 1, 3 do t[i] = function() return t, i, 'text' end end\n" +
        "for k, v in pairs(t) do if k ~= v then goto done end end ::done:: return f(t, ...)";

    private static readonly LuaString Name = LuaString.FromText("=chunk");

    [Theory]
    [InlineData(32)]
    [InlineData(64)]
    public void A_function_written_and_read_is_the_same_function(int bits)
    {
        var model = new NumberModel(bits, NumberStyle.Standard);
        var written = BinaryChunkWriter.Write(Compiled(model), model, strips: false);
        var read = BinaryChunkReader.Read(written, Name, model);
        BinaryChunkWriter.Write(read, model, strips: false).ShouldBe(written);
        read.Code.ShouldBe(Compiled(model).Code);
    }

    [Fact]
    public void A_chunk_of_the_other_width_is_refused()
    {
        var chunk = BinaryChunkWriter.Write(Compiled(Chunk.Bits32), Chunk.Bits32, strips: true);
        Should.Throw<LuaSyntaxException>(
                () => BinaryChunkReader.Read(chunk, Name, new NumberModel(64, NumberStyle.Standard)))
            .Message.ShouldBe("chunk: size_t size mismatch in precompiled chunk");
    }

    [Fact]
    public void Every_instruction_that_reaches_outside_its_function_is_refused()
    {
        var function = Compiled(Chunk.Bits32);
        CodeCheck.IsSound(function).ShouldBeTrue();
        uint[] unsound =
        [
            Instruction.Abc(OpCode.Move, 0, 250, 0),
            Instruction.ABx(OpCode.LoadK, 0, 10_000),
            Instruction.Abc(OpCode.GetUpval, 0, 9, 0),
            Instruction.Abc(OpCode.GetTabUp, 0, 9, 0),
            Instruction.Abc(OpCode.Add, 0, Instruction.ConstantBit | 200, 0),
            Instruction.Abc(OpCode.Call, 240, 20, 2),
            Instruction.Abc(OpCode.Call, 0, 0, 1),
            Instruction.Abc(OpCode.Call, 0, 1, 0),
            Instruction.Abc(OpCode.Return, 0, 0, 0),
            Instruction.Abc(OpCode.Vararg, 0, 0, 0),
            Instruction.Abc(OpCode.SetList, 0, 0, 1),
            Instruction.Abc(OpCode.Concat, 0, 2, 2),
            Instruction.Abc(OpCode.Eq, 1, 0, 0),
            Instruction.AsBx(OpCode.Jmp, 0, 10_000),
            Instruction.AsBx(OpCode.Jmp, 0, -10_000),
            Instruction.AsBx(OpCode.ForLoop, 250, 0),
            Instruction.ABx(OpCode.Closure, 0, 77),
            Instruction.Ax(OpCode.ExtraArg, 0),
            Instruction.Abc(OpCode.NewTable, 0, 255, 0),
            63,
        ];
        foreach (var instruction in unsound)
        {
            CodeCheck.IsSound(With(function, instruction)).ShouldBeFalse(
                $"{Instruction.Op(instruction)} {instruction:X8}");
        }
    }

    /// <summary>The function with one more instruction at its start, which shifts none of its relative jumps.</summary>
    private static Prototype With(Prototype function, uint first) => new()
    {
        Code = [first, .. function.Code],
        Constants = function.Constants,
        Children = function.Children,
        Upvalues = function.Upvalues,
        Lines = [1, .. function.Lines],
        Locals = function.Locals,
        Source = function.Source,
        LineDefined = 0,
        LastLineDefined = 0,
        ParameterCount = 0,
        IsVararg = true,
        MaxStackSize = function.MaxStackSize,
    };

    private static Prototype Compiled(NumberModel model) =>
        LuaCompiler.Compile(Encoding.ASCII.GetBytes(Program), Name, model);
}
