using AirHil.Lua.Values;

namespace AirHil.Lua.Syntax;

/// <summary>A token; the value is a name's or string's text, or a number.</summary>
internal readonly record struct Token(TokenKind Kind, LuaValue Value = default);
