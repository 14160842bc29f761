using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>Strings that every engine shares.</summary>
internal static class Texts
{
    public static readonly LuaString Nil = LuaString.FromText("nil");
    public static readonly LuaString True = LuaString.FromText("true");
    public static readonly LuaString False = LuaString.FromText("false");

    private static readonly LuaString[] Types =
        [.. Enum.GetValues<LuaType>().Select(type => LuaString.FromText(LuaValue.NameOf(type)))];

    public static LuaString OfType(LuaType type) => Types[(int)type];
}
