using System.Buffers;

using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>find, match, gmatch and gsub. Long searches hand over to routines that the machine can interrupt.</summary>
internal static class StringPatterns
{
    private static readonly SearchValues<byte> Specials = SearchValues.Create("^$*+?.([%-"u8);

    public static int Find(in LuaCall call) => Search(call, find: true);

    public static int Match(in LuaCall call) => Search(call, find: false);

    /// <summary>The iterator is a function of its own for each call, which keeps the place in the subject.</summary>
    public static int GlobalMatch(in LuaCall call)
    {
        var search = new StringPatternSearch(call.String(1), call.String(2), 0, canAnchor: false);
        var iterator = call.State.NewNativeClosure("string.gmatch.iterator", Next, search.Matcher.Subject);
        return call.Return(iterator);

        int Next(in LuaCall step)
        {
            var outcome = search.Run(step.State);
            if (outcome == PatternOutcome.Unfinished) return step.Continue(frame => NextRoutine(frame, search));
            return outcome == PatternOutcome.Failed ? step.Return() : step.Return(TakeMatch(step.State, search));
        }
    }

    public static int Substitute(in LuaCall call)
    {
        var subject = call.String(1);
        var pattern = call.String(2);
        var replacement = call[3];
        if (replacement.Type is not (LuaType.String or LuaType.Number or LuaType.Table or LuaType.Function))
        {
            throw call.ArgumentError(3, "string/function/table expected");
        }

        if (replacement.IsNumber) replacement = call.String(3);
        var limit = call.IntegerOr(4, subject.Length + 1L);
        var substitution = new StringSubstitution(call.State, subject, pattern, replacement, limit);
        return substitution.Advance() == SubstitutionNeed.Nothing
            ? call.Return(substitution.Result, LuaValue.Integer(substitution.Count))
            : GoOn(call, substitution);
    }

    // A lambda costs its method an object on every call, used or not; so the lambdas of long work stand apart.

    private static int GoOn(in LuaCall call, StringSubstitution substitution) =>
        call.Continue(frame => SubstituteRoutine(frame, substitution));

    private static int GoOn(in LuaCall call, StringPatternSearch search, bool find) =>
        call.Continue(frame => SearchRoutine(frame, search, find));

    private static int Search(in LuaCall call, bool find)
    {
        var subject = call.String(1);
        var pattern = call.String(2);
        var start = Math.Max(1, StringLibrary.Position(call.IntegerOr(3, 1), subject.Length));
        if (start > subject.Length + 1L) return call.Return(default(LuaValue));
        var first = (int)start - 1;
        if (find && (call.Truthy(4) || pattern.Span.IndexOfAny(Specials) < 0))
        {
            return FindPlain(call, subject, pattern, first);
        }

        var search = new StringPatternSearch(subject, pattern, first, canAnchor: true);
        var outcome = search.Run(call.State);
        return outcome == PatternOutcome.Unfinished
            ? GoOn(call, search, find)
            : call.Return(Results(call.State, search, outcome, find));
    }

    private static int FindPlain(in LuaCall call, LuaString subject, LuaString pattern, int first)
    {
        var index = subject.Span[first..].IndexOf(pattern.Span);
        return index < 0
            ? call.Return(default(LuaValue))
            : call.Return(
                LuaValue.Integer(first + index + 1), LuaValue.Integer(first + index + pattern.Length));
    }

    private static LuaValue[] Results(LuaState state, StringPatternSearch search, PatternOutcome outcome, bool find)
    {
        if (outcome == PatternOutcome.Failed) return [default];
        if (!find) return search.Captures(state, wholeIfNone: true);
        return
        [
            LuaValue.Integer(search.Start + 1), LuaValue.Integer(search.Matcher.End),
            .. search.Captures(state, wholeIfNone: false),
        ];
    }

    private static LuaValue[] TakeMatch(LuaState state, StringPatternSearch search)
    {
        var captures = search.Captures(state, wholeIfNone: true);
        search.Skip();
        return captures;
    }

    private static IEnumerator<NativeStep> SearchRoutine(NativeFrame frame, StringPatternSearch search, bool find)
    {
        var outcome = PatternOutcome.Unfinished;
        while (outcome == PatternOutcome.Unfinished)
        {
            yield return NativeStep.Pause;
            outcome = search.Run(frame.State);
        }

        frame.Return(Results(frame.State, search, outcome, find));
    }

    private static IEnumerator<NativeStep> NextRoutine(NativeFrame frame, StringPatternSearch search)
    {
        var outcome = PatternOutcome.Unfinished;
        while (outcome == PatternOutcome.Unfinished)
        {
            yield return NativeStep.Pause;
            outcome = search.Run(frame.State);
        }

        if (outcome == PatternOutcome.Matched) frame.Return(TakeMatch(frame.State, search));
    }

    private static IEnumerator<NativeStep> SubstituteRoutine(NativeFrame frame, StringSubstitution substitution)
    {
        // The straight run has stopped at a need already.
        for (var need = substitution.Need; need != SubstitutionNeed.Nothing; need = substitution.Advance())
        {
            if (need == SubstitutionNeed.Time)
            {
                yield return NativeStep.Pause;
            }
            else
            {
                yield return substitution.Call;
                substitution.Supply(frame.Result(0));
            }
        }

        frame.Return(substitution.Result, LuaValue.Integer(substitution.Count));
    }
}
