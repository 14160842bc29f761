using System.Text;

using AirHil.Lua.Compile;
using AirHil.Lua.Syntax;
using AirHil.Lua.Tests.Compile;
using AirHil.Lua.Values;

using CsCheck;

namespace AirHil.Lua.Tests.Syntax;

public sealed class RandomSourceTests
{
    private static readonly string[] Words =
    [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
        "not", "or", "repeat", "return", "then", "true", "until", "while", "+", "-", "*", "/", "%", "^", "#", "&", "~",
        "|", "<<", ">>", "//", "==", "~=", "<=", ">=", "<", ">", "=", "(", ")", "{", "}", "[", "]", "::", ";", ":", ",",
        ".", "..", "...", "x", "y", "z", "1", "2.5", "'s'", "\n", "::l::", "goto l", "x = ", "f(", "local y = ",
        "function f(a, ...)", "if x then", "for i = 1, 2 do", "end end",
    ];

    [Fact]
    public void Random_tokens_compile_or_give_a_syntax_error() =>
        Gen.Int[0, Words.Length - 1].Select(i => Words[i]).Array[0, 40]
            .Sample(words => CompilesOrFails(Encoding.Latin1.GetBytes(string.Join(' ', words))));

    [Fact]
    public void Random_bytes_compile_or_give_a_syntax_error() => Gen.Byte.Array[0, 60].Sample(CompilesOrFails);

    [Fact]
    public void A_program_cut_anywhere_compiles_or_gives_a_syntax_error()
    {
        const string Program =
            "local a = {1, x = 2; ['k'] = f()}\nfor k, v in pairs(t) do if k then goto c end ::c:: end\n" +
            "while x do repeat local y = function(...) return a, ... end until y break end o:m'x'.f = -1 .. [==[z]==]";
        Gen.Select(Gen.Int[0, Program.Length], Gen.Int[0, Program.Length]).Sample((a, b) =>
            CompilesOrFails(Encoding.Latin1.GetBytes(Program[Math.Min(a, b)..Math.Max(a, b)])));
    }

    /// <summary>Anything else that is thrown fails the test, and so does a function without its final return.</summary>
    private static bool CompilesOrFails(byte[] source)
    {
        try
        {
            var function = LuaCompiler.Compile(source, LuaString.FromText("@main.lua"), Chunk.Bits32);
            return Instruction.Op(function.Code[^1]) == OpCode.Return && function.Lines.Length == function.Code.Length;
        }
        catch (LuaSyntaxException error)
        {
            return error.Message.StartsWith("main.lua:", StringComparison.Ordinal) && error.Line > 0;
        }
    }
}
