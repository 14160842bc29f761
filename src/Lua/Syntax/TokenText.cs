using System.Globalization;

namespace AirHil.Lua.Syntax;

/// <summary>Tokens as messages show them (luaX_token2str).</summary>
internal static class TokenText
{
    private static readonly string[] Reserved =
    [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
        "not", "or", "repeat", "return", "then", "true", "until", "while",
    ];

    private static readonly string[] Others =
    [
        "//", "..", "...", "==", ">=", "<=", "~=", "<<", ">>", "::", "<eof>", "<number>", "<integer>", "<name>",
        "<string>",
    ];

    /// <summary>The keywords, in the order of their token kinds from <see cref="TokenKind.And"/>.</summary>
    public static ReadOnlySpan<string> Keywords => Reserved;

    /// <summary>The kind of token, in quotes where it is a fixed text: <c>'end'</c>, <c>&lt;name&gt;</c>.</summary>
    public static string Of(TokenKind kind)
    {
        if (kind < TokenKind.And)
        {
            // Only ASCII counts as printable here, whatever the locale.
            return (int)kind is >= ' ' and <= '~'
                ? $"'{(char)kind}'"
                : string.Create(CultureInfo.InvariantCulture, $"'<\\{(int)kind}>'");
        }

        if (kind <= TokenKind.While) return $"'{Reserved[kind - TokenKind.And]}'";
        var text = Others[kind - TokenKind.DoubleSlash];
        return kind < TokenKind.EndOfSource ? $"'{text}'" : text;
    }

    /// <summary>The token after "near": names, strings and numbers by their own bytes up to a NUL.</summary>
    public static string Near(TokenKind kind, ReadOnlySpan<byte> bytes)
    {
        if (kind is < TokenKind.Float or > TokenKind.String) return Of(kind);
        return $"'{Values.LuaString.MessageOf(bytes)}'";
    }
}
