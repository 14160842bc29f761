using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

/// <summary>Where a closure takes one of its upvalues from when it is created.</summary>
/// <param name="Name">The variable's name, for debug information; null where it has none.</param>
/// <param name="InStack">True: a register of the enclosing function; false: one of its upvalues.</param>
/// <param name="Index">The register or upvalue number.</param>
public readonly record struct UpvalueDescription(LuaString? Name, bool InStack, int Index);

/// <summary>
/// A local variable's name and the range of instructions in which it is live (StartPc inclusive, EndPc exclusive).
/// </summary>
public readonly record struct LocalVariable(LuaString Name, int StartPc, int EndPc);

/// <summary>
/// A compiled function: immutable after compilation and shared between engines of one number model.
/// </summary>
public sealed class Prototype
{
    public required uint[] Code { get; init; }
    public required LuaValue[] Constants { get; init; }
    public required Prototype[] Children { get; init; }
    public required UpvalueDescription[] Upvalues { get; init; }

    /// <summary>The source line of each instruction.</summary>
    public required int[] Lines { get; init; }

    public required LocalVariable[] Locals { get; init; }

    /// <summary>The chunk name as given to the compiler: "@main.lua", "=p" or the source text itself.</summary>
    public required LuaString Source { get; init; }

    /// <summary>0 for a main chunk.</summary>
    public required int LineDefined { get; init; }

    public required int LastLineDefined { get; init; }
    public required int ParameterCount { get; init; }
    public required bool IsVararg { get; init; }

    /// <summary>Registers the function needs, at least 2, at most 255.</summary>
    public required int MaxStackSize { get; init; }
}
