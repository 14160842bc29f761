namespace AirHil.Lua.Values;

/// <summary>Numbers to text and back, as lua_Number2str, luaO_str2num and the module's small printf do it.</summary>
public static class NumberText
{
    /// <summary>What <c>tostring</c> gives for a number.</summary>
    public static string Format(in LuaValue number, NumberModel model) => throw new NotImplementedException();

    /// <summary>
    /// Reads a Lua numeral (decimal or hexadecimal, integer or float, blanks around it allowed) as <c>tonumber</c> and
    /// the lexer do; false where the text is none.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, NumberModel model, out LuaValue number) => throw new NotImplementedException();
}
