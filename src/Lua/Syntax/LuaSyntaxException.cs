namespace AirHil.Lua.Syntax;

/// <summary>
/// Source text that does not compile; the message is PUC-Rio's: "main.lua:86: unexpected symbol near ')'".
/// </summary>
public sealed class LuaSyntaxException(string message, int line) : Exception(message)
{
    public int Line { get; } = line;
}
