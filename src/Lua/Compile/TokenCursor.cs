using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

/// <summary>
/// The place in the source that the walk over the tree has come to: the next token not yet taken. Instructions get
/// the line of the token before it and messages name the token itself, as in the reference, which parses and compiles
/// in one pass.
/// </summary>
internal sealed class TokenCursor(SyntaxTree tree)
{
    private readonly TokenTrail _trail = tree.Trail;
    private int _index;

    public NumberModel Model => tree.Source.Model;
    public LuaString ChunkName => tree.Source.ChunkName;

    /// <summary>The line up to which the source has been read: that of the next token.</summary>
    public int Line => _trail.Line(_index);

    /// <summary>The line of the last token taken.</summary>
    public int LastLine => _trail.Line(_index - 1);

    /// <summary>Says that the walk begins.</summary>
    /// <exception cref="LuaSyntaxException">The tree has not even a first token.</exception>
    public void Start() => Skip(0);

    /// <summary>Takes tokens.</summary>
    /// <exception cref="LuaSyntaxException">The tree ends here with an error.</exception>
    public void Skip(int count = 1)
    {
        _index += count;
        if (_index > tree.LastToken) Finish();
    }

    /// <summary>Says that the walk is over but for what the end of the source brings about.</summary>
    /// <exception cref="LuaSyntaxException">The tree has an error.</exception>
    public void Finish()
    {
        if (tree.Failure is not null) throw tree.Failure;
    }

    /// <summary>An error that names the next token.</summary>
    public LuaSyntaxException Error(string message) => tree.Source.Error(message, Line, tree.Near(_index));

    /// <summary>An error of meaning, which is about no token.</summary>
    public LuaSyntaxException ErrorWithoutToken(string message) => tree.Source.Error(message, Line, null);
}
