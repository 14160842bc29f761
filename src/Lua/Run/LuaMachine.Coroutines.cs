using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

internal abstract partial class LuaMachine
{
    /// <summary>Whether the running native function was called where a coroutine may yield.</summary>
    internal override bool CanYield => Current.Frame.Depth < CallInfo.NoYield;

    internal override LuaThread CurrentThread => Current;

    internal override bool IsMain(LuaThread thread) => ReferenceEquals(thread, Main);

    private void ResumeThread(LuaThread thread, CallInfo frame, LuaThread resumed, int firstArgument)
    {
        var count = thread.Top - firstArgument;
        string? refusal = null;
        if (resumed.Status == ThreadStatus.Dead) refusal = "cannot resume dead coroutine";
        else if (resumed.Status != ThreadStatus.Suspended) refusal = "cannot resume non-suspended coroutine";
        var depth = thread.DepthBelow + (frame.Depth & DepthMask) + 1;
        if (refusal is null && depth >= MaxDepth) refusal = "C stack overflow";
        if (refusal is not null)
        {
            FailResume(thread, frame, LuaString.FromText(refusal));
            return;
        }

        resumed.EnsureStack(count);
        Array.Copy(thread.Stack, firstArgument, resumed.Stack, resumed.Top, count);
        resumed.Top += count;
        resumed.DepthBelow = depth;
        resumed.Resumer = thread;
        resumed.Status = ThreadStatus.Running;
        thread.Status = ThreadStatus.Normal;
        thread.Top = frame.Function + 1;
        Current = resumed;
        if (resumed.Started)
        {
            Leave(resumed, resumed.Frame, resumed.Top - count, count);
            return;
        }

        resumed.Started = true;
        PreCall(resumed, 1, -1, FrameFlags.None, 0);
    }

    private void Yield(LuaThread thread, CallInfo frame)
    {
        if (frame.Depth >= CallInfo.NoYield)
        {
            throw RuntimeError(ReferenceEquals(thread, Main)
                ? "attempt to yield from outside a coroutine"
                : "attempt to yield across a C-call boundary");
        }

        var first = frame.Base;
        var count = thread.Top - first;
        thread.Status = ThreadStatus.Suspended;
        Deliver(thread, first, count);
        thread.Top = first;
    }

    /// <summary>A coroutine's body returned: its results are in slots 1 and up.</summary>
    private void FinishThread(LuaThread thread, int count)
    {
        thread.Status = ThreadStatus.Dead;
        if (ReferenceEquals(thread, Main))
        {
            _results = thread.Stack.AsSpan(1, count).ToArray();
            return;
        }

        Deliver(thread, 1, count);
        thread.Top = 1;
    }

    /// <summary>Hands values to the resume that waits, and makes its thread the current one.</summary>
    private void Deliver(LuaThread from, int first, int count)
    {
        var thread = from.Resumer!;
        from.Resumer = null;
        var frame = thread.Frame;
        Current = thread;
        thread.Status = ThreadStatus.Running;
        thread.Top = frame.Function + 1;
        thread.EnsureStack(count + 1);
        var target = thread.Top;
        if (frame.Kind == FrameKind.Resume) thread.Stack[thread.Top++] = LuaValue.True;
        Array.Copy(from.Stack, first, thread.Stack, thread.Top, count);
        thread.Top += count;
        Leave(thread, frame, target, thread.Top - target);
    }

    /// <summary>Ends a resume with an error: resume returns it, a wrapped coroutine raises it.</summary>
    private void FailResume(LuaThread thread, CallInfo frame, LuaValue error)
    {
        if (frame.Kind == FrameKind.Resume)
        {
            thread.Top = frame.Function + 1;
            thread.EnsureStack(2);
            thread.Push(LuaValue.False);
            thread.Push(error);
            Leave(thread, frame, frame.Function + 1, 2);
            return;
        }

        frame.Kind = FrameKind.Native;
        if (error.O is LuaString text && Where(1) is { Length: > 0 } where)
        {
            var prefix = System.Text.Encoding.UTF8.GetBytes(where);
            error = NewString([.. prefix, .. text.Span]);
        }

        throw new LuaException(error);
    }
}
