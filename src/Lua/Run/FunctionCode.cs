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
    private long _unopenedSize = -1;

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

    /// <summary>The size of the inner functions that no closure was made of yet, and of theirs.</summary>
    public long UnopenedSize(HeapSizes sizes)
    {
        if (_unopenedSize >= 0) return _unopenedSize;
        var size = 0L;
        for (var i = 0; i < Prototype.Children.Length; i++)
        {
            if (_children?[i] is null) size += TreeSize(Prototype.Children[i], sizes);
        }

        return _unopenedSize = size;
    }

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
        _unopenedSize = -1;
        return _children[index] = new FunctionCode(Prototype.Children[index], _coverage);
    }
}
