using System.Globalization;

using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>The state of an attempt to match.</summary>
internal enum PatternOutcome
{
    Failed,
    Matched,

    /// <summary>The steps given are used up; run it again to go on.</summary>
    Unfinished,
}

/// <summary>
/// Lua's patterns (manual §6.4.1) without recursion: each item that can be tried in more than one way leaves an entry
/// on a stack of alternatives, so a match can stop at any step and go on later.
/// </summary>
/// <remarks>
/// PUC-Rio's matcher recurses exactly where an entry is pushed here, and gives up at 200 levels (MAXCCALLS); so does
/// this.
/// </remarks>
internal sealed class StringPatternMatcher(LuaString subject, LuaString pattern)
{
    public const int MaxCaptures = 32;

    private const int MaxAlternatives = 199;
    private const int PositionCapture = -2;
    private const int UnfinishedCapture = -1;
    private const byte Escape = (byte)'%';

    private Capture[] _captures = [];
    private Alternative[] _alternatives = [];
    private int _alternativeCount;
    private int _at;
    private int _item;

    private enum AlternativeKind : byte
    {
        /// <summary>A greedy repetition: give one back.</summary>
        Longest,

        /// <summary>A lazy repetition: take one more.</summary>
        Shortest,

        /// <summary>An optional item: leave it out.</summary>
        Optional,

        /// <summary>Undo the opening of a capture.</summary>
        OpenedCapture,

        /// <summary>Undo the closing of a capture.</summary>
        ClosedCapture,
    }

    private struct Capture
    {
        public int Start;
        public int Length;
    }

    private struct Alternative
    {
        public AlternativeKind Kind;
        public int At;
        public int Count;
        public int Item;
        public int After;
    }

    public LuaString Subject => subject;

    /// <summary>Captures so far; after a match, those of the match.</summary>
    public int CaptureCount { get; private set; }

    /// <summary>The first byte of the subject behind a match.</summary>
    public int End => _at;

    /// <summary>
    /// Begins an attempt at a position of the subject, with the pattern from <paramref name="item"/> on.
    /// </summary>
    public void Start(int at, int item)
    {
        _at = at;
        _item = item;
        _alternativeCount = 0;
        CaptureCount = 0;
    }

    /// <summary>Goes on for at most about <paramref name="steps"/> steps, which it counts down.</summary>
    public PatternOutcome Run(ref long steps)
    {
        while (true)
        {
            if (steps <= 0) return PatternOutcome.Unfinished;
            steps--;
            if (_item >= pattern.Length) return PatternOutcome.Matched;
            if (!Advance(ref steps) && !TakeAlternative(ref steps)) return PatternOutcome.Failed;
        }
    }

    /// <summary>
    /// The value of a capture, from 0; where a match has none, capture 0 is the whole match from
    /// <paramref name="start"/>.
    /// </summary>
    public LuaValue CaptureValue(int index, int start, LuaState? state)
    {
        if (index >= CaptureCount)
        {
            if (index != 0) throw InvalidCapture(index);
            return Text(start, End - start, state);
        }

        var capture = _captures[index];
        if (capture.Length == UnfinishedCapture) throw new StringPatternException("unfinished capture");
        return capture.Length == PositionCapture
            ? LuaValue.Integer(capture.Start + 1)
            : Text(capture.Start, capture.Length, state);
    }

    private LuaString Text(int start, int length, LuaState? state)
    {
        if (state is null) return LuaString.FromBytes(subject.Span.Slice(start, length));
        return state.NewString(subject.Span.Slice(start, length).ToArray());
    }

    private byte PatternAt(int index) => index < pattern.Length ? pattern[index] : (byte)0;

    private byte SubjectAt(int index) => index < subject.Length ? subject[index] : (byte)0;

    /// <summary>Matches one item; false where it does not fit.</summary>
    private bool Advance(ref long steps)
    {
        switch (pattern[_item])
        {
            case (byte)'(':
                return PatternAt(_item + 1) == ')'
                    ? OpenCapture(PositionCapture, _item + 2)
                    : OpenCapture(UnfinishedCapture, _item + 1);
            case (byte)')':
                return CloseCapture();
            case (byte)'$' when _item + 1 == pattern.Length:
                _item++;
                return _at == subject.Length;
            case Escape:
                switch (PatternAt(_item + 1))
                {
                    case (byte)'b': return Balanced(ref steps);
                    case (byte)'f': return Frontier();
                    case >= (byte)'0' and <= (byte)'9': return BackReference();
                }

                break;
        }

        return Simple(ref steps);
    }

    private bool Simple(ref long steps)
    {
        var after = ItemEnd(_item);
        var suffix = PatternAt(after);
        if (!FitsOne(_at, _item, after))
        {
            if (suffix is not ((byte)'*' or (byte)'?' or (byte)'-')) return false;
            _item = after + 1;
            return true;
        }

        switch (suffix)
        {
            case (byte)'?':
                Push(new Alternative { Kind = AlternativeKind.Optional, At = _at, After = after });
                _at++;
                _item = after + 1;
                return true;
            case (byte)'+':
                _at++;
                goto case (byte)'*';
            case (byte)'*':
                var count = 0;
                while (FitsOne(_at + count, _item, after)) count++;
                steps -= count;
                Push(new Alternative
                {
                    Kind = AlternativeKind.Longest,
                    At = _at,
                    Count = count,
                    After = after,
                });
                _at += count;
                _item = after + 1;
                return true;
            case (byte)'-':
                Push(new Alternative { Kind = AlternativeKind.Shortest, At = _at, Item = _item, After = after });
                _item = after + 1;
                return true;
            default:
                _at++;
                _item = after;
                return true;
        }
    }

    /// <summary>Goes back to the latest way that is left; false where there is none.</summary>
    private bool TakeAlternative(ref long steps)
    {
        while (_alternativeCount > 0)
        {
            steps--;
            ref var top = ref _alternatives[_alternativeCount - 1];
            switch (top.Kind)
            {
                case AlternativeKind.Longest when top.Count > 0:
                    top.Count--;
                    _at = top.At + top.Count;
                    _item = top.After + 1;
                    return true;
                case AlternativeKind.Shortest:
                    if (FitsOne(top.At, top.Item, top.After))
                    {
                        _at = ++top.At;
                        _item = top.After + 1;
                        return true;
                    }

                    break;
                case AlternativeKind.Optional:
                    _at = top.At;
                    _item = top.After + 1;
                    _alternativeCount--;
                    return true;
                case AlternativeKind.OpenedCapture:
                    CaptureCount--;
                    break;
                case AlternativeKind.ClosedCapture:
                    _captures[top.Count].Length = UnfinishedCapture;
                    break;
            }

            _alternativeCount--;
        }

        return false;
    }

    private void Push(in Alternative alternative)
    {
        if (_alternativeCount == MaxAlternatives) throw new StringPatternException("pattern too complex");
        if (_alternativeCount == _alternatives.Length)
        {
            Array.Resize(ref _alternatives, Math.Max(8, _alternatives.Length * 2));
        }

        _alternatives[_alternativeCount++] = alternative;
    }

    private bool OpenCapture(int length, int next)
    {
        if (CaptureCount >= MaxCaptures) throw new StringPatternException("too many captures");
        if (CaptureCount == _captures.Length) Array.Resize(ref _captures, Math.Max(4, _captures.Length * 2));
        _captures[CaptureCount] = new Capture { Start = _at, Length = length };
        CaptureCount++;
        Push(new Alternative { Kind = AlternativeKind.OpenedCapture });
        _item = next;
        return true;
    }

    private bool CloseCapture()
    {
        var open = CaptureCount - 1;
        while (open >= 0 && _captures[open].Length != UnfinishedCapture) open--;
        if (open < 0) throw new StringPatternException("invalid pattern capture");
        _captures[open].Length = _at - _captures[open].Start;
        Push(new Alternative { Kind = AlternativeKind.ClosedCapture, Count = open });
        _item++;
        return true;
    }

    private bool Balanced(ref long steps)
    {
        if (_item + 3 >= pattern.Length)
        {
            throw new StringPatternException("malformed pattern (missing arguments to '%b')");
        }

        var (open, close) = (pattern[_item + 2], pattern[_item + 3]);
        if (_at >= subject.Length || subject[_at] != open) return false;
        var depth = 1;
        for (var i = _at + 1; i < subject.Length; i++)
        {
            steps--;
            if (subject[i] == close)
            {
                if (--depth == 0)
                {
                    _at = i + 1;
                    _item += 4;
                    return true;
                }
            }
            else if (subject[i] == open)
            {
                depth++;
            }
        }

        return false;
    }

    private bool Frontier()
    {
        var set = _item + 2;
        if (PatternAt(set) != '[') throw new StringPatternException("missing '[' after '%f' in pattern");
        var after = ItemEnd(set);
        var previous = _at == 0 ? (byte)0 : subject[_at - 1];
        if (InSet(previous, set, after - 1) || !InSet(SubjectAt(_at), set, after - 1)) return false;
        _item = after;
        return true;
    }

    private bool BackReference()
    {
        var index = pattern[_item + 1] - '1';
        if (index < 0 || index >= CaptureCount || _captures[index].Length == UnfinishedCapture)
        {
            throw InvalidCapture(index);
        }

        // A position capture has no text; PUC-Rio takes its mark for a length that never fits.
        var (start, length) = (_captures[index].Start, _captures[index].Length);
        if (length < 0 || subject.Length - _at < length) return false;
        if (!subject.Span.Slice(start, length).SequenceEqual(subject.Span.Slice(_at, length))) return false;
        _at += length;
        _item += 2;
        return true;
    }

    private static StringPatternException InvalidCapture(int index) =>
        new(string.Create(CultureInfo.InvariantCulture, $"invalid capture index %{index + 1}"));

    /// <summary>The index behind a single-character item.</summary>
    private int ItemEnd(int item)
    {
        var c = pattern[item++];
        if (c == Escape)
        {
            if (item == pattern.Length) throw new StringPatternException("malformed pattern (ends with '%')");
            return item + 1;
        }

        if (c != '[') return item;
        if (PatternAt(item) == '^') item++;
        do
        {
            if (item >= pattern.Length) throw new StringPatternException("malformed pattern (missing ']')");
            if (pattern[item++] == Escape && item < pattern.Length) item++;
        }
        while (PatternAt(item) != ']');
        return item + 1;
    }

    private bool FitsOne(int at, int item, int after)
    {
        if (at >= subject.Length) return false;
        var c = subject[at];
        return pattern[item] switch
        {
            (byte)'.' => true,
            Escape => InClass(c, pattern[item + 1]),
            (byte)'[' => InSet(c, item, after - 1),
            var literal => literal == c,
        };
    }

    /// <summary>
    /// Whether a byte is in the set whose brackets are at <paramref name="open"/> and <paramref name="close"/>.
    /// </summary>
    private bool InSet(byte c, int open, int close)
    {
        var wanted = true;
        var at = open;
        if (pattern[at + 1] == '^')
        {
            wanted = false;
            at++;
        }

        while (++at < close)
        {
            if (pattern[at] == Escape)
            {
                at++;
                if (InClass(c, pattern[at])) return wanted;
            }
            else if (pattern[at + 1] == '-' && at + 2 < close)
            {
                at += 2;
                if (pattern[at - 2] <= c && c <= pattern[at]) return wanted;
            }
            else if (pattern[at] == c)
            {
                return wanted;
            }
        }

        return !wanted;
    }

    private static bool InClass(byte c, byte name)
    {
        var letter = (char)c;
        bool member;
        switch ((char)(name | 0x20))
        {
            case 'a': member = char.IsAsciiLetter(letter); break;
            case 'c': member = c is < 32 or 127; break;
            case 'd': member = char.IsAsciiDigit(letter); break;
            case 'g': member = c is > 32 and < 127; break;
            case 'l': member = char.IsAsciiLetterLower(letter); break;
            case 'p': member = c is > 32 and < 127 && !char.IsAsciiLetterOrDigit(letter); break;
            case 's': member = NumberParser.IsBlank(c); break;
            case 'u': member = char.IsAsciiLetterUpper(letter); break;
            case 'w': member = char.IsAsciiLetterOrDigit(letter); break;
            case 'x': member = char.IsAsciiHexDigit(letter); break;
            case 'z': member = c == 0; break;
            default: return name == c;
        }

        // Only letters are classes; the bit that makes a letter small also turns other bytes into letters.
        if (!char.IsAsciiLetter((char)name)) return name == c;
        return char.IsAsciiLetterUpper((char)name) ? !member : member;
    }
}
