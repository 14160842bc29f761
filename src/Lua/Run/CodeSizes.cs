using AirHil.Lua.Compile;
using AirHil.Lua.Memory;

namespace AirHil.Lua.Run;

/// <summary>What a function's prototype takes of the heap.</summary>
internal static class CodeSizes
{
    /// <summary>A function's code and debug information, without its strings and its inner functions.</summary>
    public static long Code(this HeapSizes sizes, Prototype prototype) =>
        sizes.Prototype + (prototype.Code.Length * 4L) + (prototype.Constants.Length * (long)sizes.Value)
            + (prototype.Children.Length * (long)sizes.Pointer) + (prototype.Lines.Length * 4L)
            + (prototype.Locals.Length * (long)sizes.Local) + (prototype.Upvalues.Length * (sizes.Pointer * 2L));

    /// <summary>The size of a function and of all functions in it, with the constant strings.</summary>
    public static long Tree(this HeapSizes sizes, Prototype prototype)
    {
        var size = sizes.Code(prototype);
        foreach (ref readonly var constant in prototype.Constants.AsSpan())
        {
            if (constant.AsString is { } text) size += sizes.Text(text.Length);
        }

        foreach (var child in prototype.Children) size += sizes.Tree(child);
        return size;
    }
}
