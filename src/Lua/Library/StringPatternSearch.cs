using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>Looks for the first match of a pattern from a position on; stops and goes on as the matcher does.</summary>
internal sealed class StringPatternSearch
{
    private readonly bool _anchored;
    private bool _trying;

    /// <param name="subject">The string to search.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="start">The first byte to try, from 0.</param>
    /// <param name="canAnchor">Whether a '^' in front binds the match to the start; gmatch takes it as itself.</param>
    public StringPatternSearch(LuaString subject, LuaString pattern, int start, bool canAnchor)
    {
        Matcher = new StringPatternMatcher(subject, pattern);
        Start = start;
        _anchored = canAnchor && pattern.Length > 0 && pattern[0] == '^';
    }

    public StringPatternMatcher Matcher { get; }

    /// <summary>Where the match begins.</summary>
    public int Start { get; private set; }

    /// <summary>The end of the last match that <see cref="Skip"/> took; an empty match there does not count.</summary>
    public int LastEnd { get; private set; } = -1;

    /// <summary>Goes on behind the match that was found.</summary>
    public void Skip()
    {
        Start = Matcher.End;
        LastEnd = Matcher.End;
        _trying = false;
    }

    public PatternOutcome Run(ref long steps)
    {
        while (true)
        {
            var outcome = TryHere(ref steps);
            if (outcome != PatternOutcome.Failed) return outcome;
            if (_anchored || Start >= Matcher.Subject.Length) return PatternOutcome.Failed;
            Start++;
        }
    }

    /// <summary>Tries at the current start alone.</summary>
    public PatternOutcome TryHere(ref long steps)
    {
        if (!_trying)
        {
            Matcher.Start(Start, _anchored ? 1 : 0);
            _trying = true;
        }

        var outcome = Matcher.Run(ref steps);
        if (outcome == PatternOutcome.Unfinished) return outcome;
        _trying = false;
        return outcome == PatternOutcome.Matched && Matcher.End == LastEnd ? PatternOutcome.Failed : outcome;
    }

    /// <summary>
    /// Steps over one byte of the subject without a match; false at the end or where the pattern is anchored.
    /// </summary>
    public bool Step(out byte skipped)
    {
        skipped = 0;
        if (Start >= Matcher.Subject.Length) return false;
        skipped = Matcher.Subject[Start++];
        return true;
    }

    public bool IsAnchored => _anchored;

    // ---- for an engine: the work is charged, a malformed pattern is a Lua error ----

    /// <summary>Searches for the rest of the slice.</summary>
    public PatternOutcome Run(LuaState state) => Charged(state, everywhere: true);

    /// <summary>Tries at the current start for the rest of the slice.</summary>
    public PatternOutcome TryHere(LuaState state) => Charged(state, everywhere: false);

    /// <summary>
    /// A capture of the match found, from 0; index 0 is the whole match where the pattern has no captures.
    /// </summary>
    public LuaValue Capture(LuaState state, int index)
    {
        try
        {
            return Matcher.CaptureValue(index, Start, state);
        }
        catch (StringPatternException malformed)
        {
            throw state.ErrorHere(malformed.Message);
        }
    }

    public LuaValue[] Captures(LuaState state, bool wholeIfNone)
    {
        var count = Matcher.CaptureCount;
        var values = new LuaValue[count == 0 && wholeIfNone ? 1 : count];
        for (var i = 0; i < values.Length; i++) values[i] = Capture(state, i);
        return values;
    }

    private PatternOutcome Charged(LuaState state, bool everywhere)
    {
        var given = state.PatternSteps();
        var left = given;
        try
        {
            return everywhere ? Run(ref left) : TryHere(ref left);
        }
        catch (StringPatternException malformed)
        {
            throw state.ErrorHere(malformed.Message);
        }
        finally
        {
            state.ChargePatternSteps(given, left);
        }
    }
}
