using System.Runtime.CompilerServices;

using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>
/// Hooks. A hook is a frame like any other, so that it can be interrupted; what it was called for goes on when it
/// returns. While no coroutine has a hook, the loop that runs knows nothing of them.
/// </summary>
internal abstract partial class LuaMachine
{
    private static readonly LuaValue CallEvent = "call";
    private static readonly LuaValue TailCallEvent = "tail call";
    private static readonly LuaValue ReturnEvent = "return";
    private static readonly LuaValue CountEvent = "count";
    private static readonly LuaValue LineEvent = "line";

    private int _hookedThreads;
    private bool _switchesLoop;
    private long _budgetSetAside;

    /// <summary>Whether a coroutine has a hook, so that the loop must look for one.</summary>
    protected bool Hooked => _hookedThreads > 0;

    /// <summary>Sets or removes (null) the hook of a coroutine.</summary>
    internal void SetHook(LuaThread thread, HookState? hook)
    {
        var allowed = thread.Hook?.Allowed ?? true;
        if (hook is not null)
        {
            hook.Allowed = allowed;
            MarkSeen(thread);
        }

        var before = Hooked;
        if (thread.Hook is not null) _hookedThreads--;
        if (hook is not null) _hookedThreads++;
        thread.Hook = hook;
        if (Hooked == before || _switchesLoop) return;

        // The loop leaves at the next instruction, as if preempted, and Run goes on with the other one.
        _switchesLoop = true;
        _budgetSetAside = Budget;
        Budget = 0;
    }

    /// <summary>
    /// Frames that are there when a hook is set count as entered, and their last instruction as seen.
    /// </summary>
    private static void MarkSeen(LuaThread thread)
    {
        for (var frame = thread.Frame; frame.Kind != FrameKind.Base; frame = frame.Previous!)
        {
            if (frame.Kind != FrameKind.Lua) continue;
            if (frame.Pc > 0) frame.Flags |= FrameFlags.Entered;
            frame.TracedPc = frame.Pc - 1;
        }
    }

    private bool TrySwitchLoop()
    {
        if (!_switchesLoop) return false;
        _switchesLoop = false;
        Budget += _budgetSetAside;
        _budgetSetAside = 0;
        return Budget > 0;
    }

    /// <summary>
    /// Calls the next hook that is due before an instruction; false: there is none, the instruction is to run.
    /// </summary>
    protected bool CallDueHook(LuaThread thread, CallInfo frame, HookState hook, int pc, bool returns)
    {
        if (!hook.Allowed) return false;
        while (true)
        {
            switch (hook.Stage++)
            {
                case HookStage.None:
                    if (pc != 0 || (frame.Flags & FrameFlags.Entered) != 0) continue;
                    frame.Flags |= FrameFlags.Entered;
                    if ((hook.Events & HookEvents.Call) == 0) continue;
                    frame.Pc = pc + 1;
                    CallHook(thread, hook, (frame.Flags & FrameFlags.Tail) != 0 ? TailCallEvent : CallEvent, default);
                    return true;
                case HookStage.Call:
                    if ((hook.Events & HookEvents.Count) == 0 || --hook.CountLeft > 0) continue;
                    hook.CountLeft = hook.Count;
                    frame.Pc = pc + 1;
                    CallHook(thread, hook, CountEvent, default);
                    return true;
                case HookStage.Count:
                    var seen = frame.TracedPc;
                    frame.TracedPc = pc;
                    if ((hook.Events & HookEvents.Line) == 0) continue;
                    frame.Pc = pc + 1;
                    var line = LineOf(frame);
                    if (pc != 0 && pc > seen && line == LineAt(frame, seen)) continue;
                    CallHook(thread, hook, LineEvent, LuaValue.Integer(line));
                    return true;
                case HookStage.Line:
                    if (!returns || (hook.Events & HookEvents.Return) == 0) continue;
                    frame.Pc = pc + 1;
                    CallHook(thread, hook, ReturnEvent, default);
                    return true;
                default:
                    hook.Stage = HookStage.None;
                    return false;
            }
        }
    }

    /// <summary>Calls the hook on top of the stack as it is; <see cref="EndHook"/> goes on.</summary>
    private void CallHook(LuaThread thread, HookState hook, in LuaValue name, in LuaValue line)
    {
        var function = thread.Top;
        thread.EnsureStack(3);
        hook.Allowed = false;
        thread.Push(hook.Function);
        thread.Push(name);
        thread.Push(line);
        PreCall(thread, function, 0, FrameFlags.Hook, 1 + CallInfo.NoYield);
    }

    private void EndHook(LuaThread thread, CallInfo frame, CallInfo caller)
    {
        thread.Top = frame.Function;
        if (thread.Hook is { } hook) hook.Allowed = true;
        switch (caller.Kind)
        {
            case FrameKind.Lua:
                caller.Pc--;
                break;
            case FrameKind.Entering:
                caller.Kind = FrameKind.Native;
                var count = thread.Top - caller.Base;
                thread.EnsureStack(LuaThread.NativeStack);
                RunBody(thread, (NativeFunction)thread.Stack[caller.Function].O!, caller, count);
                break;
            case FrameKind.Leaving:
                caller.Kind = FrameKind.Native;
                Return(thread, caller, caller.Base, thread.Top - caller.Base);
                break;
            default:
                throw new InvalidOperationException($"A hook returned to a frame of kind {caller.Kind}.");
        }
    }

    /// <summary>Ends a native call as <see cref="Return"/>, but for the hook that may want to know of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Leave(LuaThread thread, CallInfo frame, int first, int count)
    {
        if (thread.Hook is not { } hook || !hook.Wants(HookEvents.Return)) return Return(thread, frame, first, count);
        frame.Kind = FrameKind.Leaving;
        frame.Base = first;
        thread.Top = first + count;
        CallHook(thread, hook, ReturnEvent, default);
        return true;
    }

    /// <summary>An error has dropped a frame: if it was the hook's, the hook may be called again.</summary>
    private static void DropHook(LuaThread thread, CallInfo frame)
    {
        if ((frame.Flags & FrameFlags.Hook) == 0 || thread.Hook is not { } hook) return;
        hook.Allowed = true;
        hook.Stage = HookStage.None;
    }
}
