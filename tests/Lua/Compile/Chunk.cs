using System.Text;

using AirHil.Lua.Compile;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Lua.Tests.Compile;

/// <summary>Source text compiled as "@main.lua".</summary>
internal static class Chunk
{
    public static readonly NumberModel Bits64 = new(64, NumberStyle.Standard);
    public static readonly NumberModel Bits32 = new(32, NumberStyle.Module);

    /// <summary>Each character is a byte, so tests can write any byte as \xNN.</summary>
    public static Prototype Compile(string source, NumberModel? model = null) =>
        LuaCompiler.Compile(Encoding.Latin1.GetBytes(source), LuaString.FromText("@main.lua"), model ?? Bits64);

    public static string ErrorOf(string source) => Should.Throw<LuaSyntaxException>(() => Compile(source)).Message;
}
