using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>The events of metatables, in PUC-Rio's order.</summary>
internal enum Metamethod
{
    Index, NewIndex, Gc, Mode, Len, Eq,
    Add, Sub, Mul, Mod, Pow, Div, IDiv, BAnd, BOr, BXor, Shl, Shr, Unm, BNot,
    Lt, Le, Concat, Call,
}

/// <summary>The field names of metatables.</summary>
internal static class MetamethodNames
{
    private static readonly string[] Texts =
    [
        "__index", "__newindex", "__gc", "__mode", "__len", "__eq",
        "__add", "__sub", "__mul", "__mod", "__pow", "__div", "__idiv", "__band", "__bor", "__bxor", "__shl", "__shr",
        "__unm", "__bnot", "__lt", "__le", "__concat", "__call",
    ];

    private static readonly LuaString[] Strings = Array.ConvertAll(Texts, LuaString.FromText);

    public static ReadOnlySpan<LuaString> All => Strings;

    public static readonly LuaString Name = LuaString.FromText("__name");
    public static readonly LuaString ToStringName = LuaString.FromText("__tostring");
    public static readonly LuaString Pairs = LuaString.FromText("__pairs");
    public static readonly LuaString Metatable = LuaString.FromText("__metatable");

    public static LuaString Of(Metamethod method) => Strings[(int)method];
    public static string TextOf(Metamethod method) => Texts[(int)method];
}
