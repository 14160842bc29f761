namespace AirHil.Lua.Values;

/// <summary>A Lua error on its way to the nearest protected call. Its value is what <c>pcall</c> returns.</summary>
public sealed class LuaException(LuaValue value, string? message = null)
    : Exception(message ?? value.ToString())
{
    private static readonly LuaString MemoryText = LuaString.FromText("not enough memory");

    public LuaValue Value { get; } = value;

    /// <summary>The stack traceback where the error left the outermost function, if one was taken.</summary>
    public string? LuaTraceback { get; internal set; }

    /// <summary>Memory errors and errors inside error handling go past message handlers, as in PUC-Rio.</summary>
    internal bool SkipsHandler { get; init; }

    internal static LuaException NotEnoughMemory() => new(MemoryText) { SkipsHandler = true };
}
