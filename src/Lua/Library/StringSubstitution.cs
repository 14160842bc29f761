using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>What a substitution waits for.</summary>
internal enum SubstitutionNeed
{
    /// <summary>It is done.</summary>
    Nothing,

    /// <summary>The slice is used up.</summary>
    Time,

    /// <summary>The result of <see cref="StringSubstitution.Call"/>.</summary>
    Value,
}

/// <summary>string.gsub, as a machine that stops where it needs time or a value of the script.</summary>
internal sealed class StringSubstitution(
    LuaState state, LuaString subject, LuaString pattern, LuaValue replacement, long limit)
{
    private readonly StringPatternSearch _search = new(subject, pattern, 0, canAnchor: true);
    private readonly StringBuffer _buffer = new(state);
    private LuaString? _result;

    public SubstitutionNeed Need { get; private set; } = SubstitutionNeed.Time;
    public NativeStep Call { get; private set; }
    public long Count { get; private set; }
    public LuaString Result => _result!;

    public SubstitutionNeed Advance()
    {
        Need = Step();
        return Need;
    }

    /// <summary>Gives the value that <see cref="Call"/> returned and goes behind the match.</summary>
    public void Supply(in LuaValue value)
    {
        var (start, end) = (_search.Start, _search.Matcher.End);
        if (value.IsFalsy)
        {
            _buffer.Add(subject.Span[start..end]);
        }
        else if (value.AsString is { } text)
        {
            _buffer.Add(text.Span);
        }
        else if (value.IsNumber)
        {
            _buffer.Add(state.NumberToString(value).Span);
        }
        else
        {
            throw state.ErrorHere($"invalid replacement value (a {value.TypeName})");
        }

        _search.Skip();
    }

    private SubstitutionNeed Step()
    {
        while (Count < limit)
        {
            if (_search.IsAnchored && (Count > 0 || _search.Start > 0)) break;
            var outcome = _search.TryHere(state);
            if (outcome == PatternOutcome.Unfinished) return SubstitutionNeed.Time;
            if (outcome == PatternOutcome.Matched)
            {
                Count++;
                if (!Replace()) return SubstitutionNeed.Value;
            }
            else if (_search.Step(out var skipped))
            {
                _buffer.Add(skipped);
            }
            else
            {
                break;
            }
        }

        _buffer.Add(subject.Span[_search.Start..]);
        _result = _buffer.ToLuaString();
        return SubstitutionNeed.Nothing;
    }

    /// <summary>Adds the replacement of the match found; false where the script has to be asked.</summary>
    private bool Replace()
    {
        if (replacement.AsString is { } template)
        {
            AddTemplate(template);
            _search.Skip();
            return true;
        }

        if (replacement.AsFunction is not null)
        {
            Call = NativeStep.Call(replacement, _search.Captures(state, wholeIfNone: true));
            return false;
        }

        var key = _search.Capture(state, 0);
        if (!TableAccess.TryIndex(state, replacement, key, out var value, out var call))
        {
            Call = call;
            return false;
        }

        Supply(value);
        return true;
    }

    private void AddTemplate(LuaString template)
    {
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c != '%')
            {
                _buffer.Add(c);
                continue;
            }

            i++;
            var next = i < template.Length ? template[i] : (byte)0;
            if (next == '%')
            {
                _buffer.Add(next);
            }
            else if (next == '0')
            {
                _buffer.Add(subject.Span[_search.Start.._search.Matcher.End]);
            }
            else if (char.IsAsciiDigit((char)next))
            {
                var capture = _search.Capture(state, next - '1');
                _buffer.Add((capture.AsString ?? state.NumberToString(capture)).Span);
            }
            else
            {
                throw state.ErrorHere("invalid use of '%' in replacement string");
            }
        }
    }
}
