using AirHil.Lua.Compile;
using AirHil.Lua.Coverage;
using AirHil.Lua.Memory;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>
/// One engine's view of a prototype, which engines share: the last closure made of it (PUC-Rio 5.3 reuses one with the
/// same upvalues, which scripts can see by comparing functions) and the collector's mark.
/// </summary>
internal sealed class FunctionCode
{
    public readonly uint[] Code;
    public readonly LuaValue[] Constants;
    public readonly Prototype Prototype;
    public LuaClosure? Cache;
    internal int Mark;

    /// <summary>Where coverage counts: a counter an instruction and one for the calls; null: it is off.</summary>
    public readonly long[]? Counts;

    private readonly LineCoverage? _coverage;

    private FunctionCode?[]? _children;

    public FunctionCode(Prototype prototype, LineCoverage? coverage)
    {
        _coverage = coverage;
        Counts = coverage?.CountsOf(prototype);
        Prototype = prototype;
        Code = prototype.Code;
        Constants = prototype.Constants;
        foreach (ref readonly var constant in Constants.AsSpan()) _ = constant.AsString?.Hash;
    }

    /// <summary>The children that closures were made of so far.</summary>
    public ReadOnlySpan<FunctionCode?> Children => _children;

    /// <summary>The size of a function and of all functions in it.</summary>
    public static long TreeSize(Prototype prototype, HeapSizes sizes)
    {
        var size = sizes.Prototype(prototype);
        foreach (var child in prototype.Children) size += TreeSize(child, sizes);
        return size;
    }

    public FunctionCode Child(int index)
    {
        _children ??= new FunctionCode?[Prototype.Children.Length];
        if (_children[index] is { } child) return child;
        return _children[index] = new FunctionCode(Prototype.Children[index], _coverage);
    }
}
