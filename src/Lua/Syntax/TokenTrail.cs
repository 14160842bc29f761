namespace AirHil.Lua.Syntax;

/// <summary>Line and offset of every token in order, the end of the source among them.</summary>
internal sealed class TokenTrail
{
    private int[] _lines = new int[256];
    private int[] _offsets = new int[256];

    public int Count { get; private set; }

    public void Add(int line, int offset)
    {
        if (Count == _lines.Length)
        {
            Array.Resize(ref _lines, Count * 2);
            Array.Resize(ref _offsets, Count * 2);
        }

        _lines[Count] = line;
        _offsets[Count++] = offset;
    }

    /// <summary>
    /// The line where the lexer stood once it had read this token; 1 before the first. A token that the lexer failed on
    /// was not added: the line is then that of the last one.
    /// </summary>
    public int Line(int index) => index < 0 || Count == 0 ? 1 : _lines[Math.Min(index, Count - 1)];

    public int Offset(int index) => _offsets[index];

    /// <summary>
    /// The lexer looked at the token after this one: from then on it is on that token's line (luaX_lookahead).
    /// </summary>
    public void LookedAhead(int index) => _lines[index] = _lines[index + 1];
}
