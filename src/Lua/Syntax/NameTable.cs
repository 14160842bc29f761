using System.Text;

using AirHil.Lua.Values;

namespace AirHil.Lua.Syntax;

/// <summary>Gives equal names and strings of one chunk one object, so that scopes compare names by reference.</summary>
internal sealed class NameTable
{
    /// <summary>The names that the compiler itself introduces.</summary>
    public static readonly LuaString Environment = LuaString.FromText("_ENV");
    public static readonly LuaString Self = LuaString.FromText("self");

    private readonly Dictionary<LuaString, TokenKind> _kinds = new(128, ByteComparer.Instance);
    private readonly Dictionary<LuaString, TokenKind>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;

    /// <summary>The keywords that the source has, a bit for each kind.</summary>
    private uint _keywords;

    private bool _hasEnvironment;
    private bool _hasSelf;

    public NameTable()
    {
        _byBytes = _kinds.GetAlternateLookup<ReadOnlySpan<byte>>();
        _kinds.Add(Environment, TokenKind.Name);
        _kinds.Add(Self, TokenKind.Name);
        foreach (var keyword in Keywords) _kinds.Add(keyword.Text, keyword.Kind);
    }

    private static (LuaString Text, TokenKind Kind)[] Keywords { get; } = CreateKeywords();

    /// <summary>The names, keywords and strings that the source has.</summary>
    public IEnumerable<LuaString> Seen => _kinds.Where(IsSeen).Select(known => known.Key);

    /// <summary>The shared string of these bytes, and the keyword it is or <see cref="TokenKind.Name"/>.</summary>
    public LuaString Intern(ReadOnlySpan<byte> bytes, out TokenKind kind)
    {
        if (!_byBytes.TryGetValue(bytes, out var text, out kind))
        {
            text = LuaString.FromBytes(bytes);
            kind = TokenKind.Name;
            _kinds.Add(text, kind);
        }
        else if (kind != TokenKind.Name) _keywords |= Bit(kind);
        else if (ReferenceEquals(text, Environment)) _hasEnvironment = true;
        else if (ReferenceEquals(text, Self)) _hasSelf = true;

        return text;
    }

    private bool IsSeen(KeyValuePair<LuaString, TokenKind> known) =>
        known.Value != TokenKind.Name ? (_keywords & Bit(known.Value)) != 0
        : ReferenceEquals(known.Key, Environment) ? _hasEnvironment
        : !ReferenceEquals(known.Key, Self) || _hasSelf;

    private static uint Bit(TokenKind keyword) => 1u << (keyword - TokenKind.And);

    private static (LuaString, TokenKind)[] CreateKeywords()
    {
        var names = TokenText.Keywords;
        var keywords = new (LuaString, TokenKind)[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            keywords[i] = (new LuaString(Encoding.ASCII.GetBytes(names[i])), (TokenKind)((int)TokenKind.And + i));
        }

        return keywords;
    }

    private sealed class ByteComparer : IEqualityComparer<LuaString>,
        IAlternateEqualityComparer<ReadOnlySpan<byte>, LuaString>
    {
        public static readonly ByteComparer Instance = new();

        public bool Equals(LuaString? x, LuaString? y) => x is null ? y is null : x.Equals(y);
        public bool Equals(ReadOnlySpan<byte> alternate, LuaString other) => alternate.SequenceEqual(other.Span);
        public int GetHashCode(LuaString obj) => GetHashCode(obj.Span);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = 2166136261u;
            foreach (var b in alternate) hash = (hash ^ b) * 16777619u;
            return (int)hash;
        }

        public LuaString Create(ReadOnlySpan<byte> alternate) => LuaString.FromBytes(alternate);
    }
}
