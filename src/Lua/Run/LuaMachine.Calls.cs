using System.Runtime.CompilerServices;

using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

internal abstract partial class LuaMachine
{
    /// <summary>LUAI_MAXCCALLS: nested levels of native code that calls Lua.</summary>
    private const int MaxDepth = 200;

    private const int ErrorDepth = MaxDepth + (MaxDepth / 8);
    private const int DepthMask = CallInfo.NoYield - 1;

    /// <summary>
    /// Calls the value in a stack slot with the arguments above it. True: the frame to go on with is another one;
    /// false: a native function has run, its results are in place, and the calling frame goes on.
    /// </summary>
    internal bool PreCall(LuaThread thread, int function, int wanted, FrameFlags flags, int depthAdded)
    {
        while (true)
        {
            var called = thread.Stack[function].O;
            if (called is LuaClosure closure)
            {
                PushLua(thread, closure, function, wanted, flags, depthAdded);
                return true;
            }

            if (NativeFunction.Of(called) is { } native)
            {
                return CallNative(thread, native, function, wanted, flags, depthAdded);
            }

            ResolveCall(thread, function);
        }
    }

    /// <summary>Puts the __call metamethod of a value that is no function before it (luaD's tryfuncTM).</summary>
    protected void ResolveCall(LuaThread thread, int function)
    {
        var called = thread.Stack[function];
        if (called.O is LuaFunction) return;
        var handler = Meta(called, Metamethod.Call);
        if (handler.O is not LuaFunction) throw CallError(called, function);
        thread.EnsureStack(1);
        var stack = thread.Stack;
        Array.Copy(stack, function, stack, function + 1, thread.Top - function);
        thread.Top++;
        stack[function] = handler;
    }

    /// <summary>
    /// Lets the closure in a frame's function slot, with its arguments above it, take the frame's place.
    /// </summary>
    protected void ReplaceFrame(LuaThread thread, CallInfo frame)
    {
        var depth = frame.Depth;
        thread.Frame = frame.Previous!;
        PushLua(
            thread, (LuaClosure)thread.Stack[frame.Function].O!, frame.Function, frame.Wanted,
            (frame.Flags & ~(FrameFlags.Entered | FrameFlags.Counted)) | FrameFlags.Tail, 0);
        thread.Frame.Depth = depth;
    }

    protected void PushLua(
        LuaThread thread, LuaClosure closure, int function, int wanted, FrameFlags flags, int depthAdded)
    {
        var prototype = closure.Code.Prototype;
        var count = thread.Top - function - 1;
        thread.EnsureStack(prototype.MaxStackSize);
        var stack = thread.Stack;
        var caller = thread.Frame;
        var depth = caller.Depth + depthAdded;
        if (depthAdded != 0) CheckDepth(thread, depth);
        var parameters = prototype.ParameterCount;
        var start = function + 1;
        if (prototype.IsVararg)
        {
            start = thread.Top;
            for (var i = 0; i < parameters; i++)
            {
                if (i < count)
                {
                    stack[start + i] = stack[function + 1 + i];
                    stack[function + 1 + i] = default;
                }
                else stack[start + i] = default;
            }
        }
        else
        {
            for (; count < parameters; count++) stack[start + count] = default;
        }

        var frame = thread.NextFrame(caller);
        frame.Kind = FrameKind.Lua;
        frame.Flags = flags;
        frame.Function = function;
        frame.Base = start;
        frame.Top = start + prototype.MaxStackSize;
        frame.Pc = 0;
        frame.Wanted = wanted;
        frame.Depth = depth;
        if (!ReferenceEquals(frame.Closure, closure)) frame.Closure = closure;
        thread.Top = frame.Top;
        thread.Frame = frame;
    }

    private bool CallNative(
        LuaThread thread, NativeFunction native, int function, int wanted, FrameFlags flags, int depthAdded)
    {
        var count = thread.Top - function - 1;
        thread.EnsureStack(LuaThread.NativeStack);
        var caller = thread.Frame;
        var depth = caller.Depth + depthAdded;
        if (depthAdded != 0) CheckDepth(thread, depth);
        var frame = thread.NextFrame(caller);
        frame.Kind = FrameKind.Native;
        frame.Flags = flags;
        frame.Function = function;
        frame.Base = function + 1;
        frame.Top = thread.Top + LuaThread.NativeStack;
        frame.Wanted = wanted;
        frame.Depth = depth;
        thread.Frame = frame;
        if (thread.Hook is { } hook && hook.Wants(HookEvents.Call))
        {
            frame.Kind = FrameKind.Entering;
            CallHook(thread, hook, CallEvent, default);
            return true;
        }

        return RunBody(thread, native, frame, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool RunBody(LuaThread thread, NativeFunction native, CallInfo frame, int count)
    {
        Heap.BeginNative();
        var returned = native.Body(new LuaCall(this, thread, frame.Function + 1, count));
        if (Heap.IsDueInNative) Collector.Step();
        Heap.EndNative();
        return returned >= 0
            ? Leave(thread, frame, thread.Top - returned, returned)
            : GoOn(thread, frame, returned);
    }

    /// <summary>Acts on a native body that did not return: the machine takes the call over.</summary>
    private bool GoOn(LuaThread thread, CallInfo frame, int request)
    {
        var function = frame.Function;
        switch (request)
        {
            case LuaCall.Continues:
                frame.Kind = FrameKind.Routine;
                break;
            case LuaCall.ProtectedCalls:
                frame.Kind = FrameKind.ProtectedCall;
                InsertTrue(thread, function + 1, 1);
                PreCall(thread, function + 2, -1, FrameFlags.None, 1);
                break;
            case LuaCall.HandledCalls:
                frame.Kind = FrameKind.HandledCall;
                var stack = thread.Stack;
                (stack[function + 1], stack[function + 2]) = (stack[function + 2], stack[function + 1]);
                InsertTrue(thread, function + 2, 2);
                PreCall(thread, function + 4, -1, FrameFlags.None, 1);
                break;
            case LuaCall.Resumes:
                frame.Kind = FrameKind.Resume;
                ResumeThread(thread, frame, (LuaThread)thread.Stack[function + 1].O!, function + 2);
                break;
            case LuaCall.Wraps:
                frame.Kind = FrameKind.Wrap;
                var bound = ((NativeClosure)thread.Stack[function].O!).Bound;
                ResumeThread(thread, frame, (LuaThread)bound.O!, function + 1);
                break;
            case LuaCall.Raises:
                Unwind(_pendingError, false);
                break;
            case LuaCall.Yields:
                Yield(thread, frame);
                break;
            default:
                throw new InvalidOperationException($"A native function returned {request}.");
        }

        return true;
    }

    /// <summary>
    /// Moves what is called, with its arguments, up the stack; the first result of the protected call is before it
    /// (L:lua/src/lbaselib.c, luaB_pcall and luaB_xpcall).
    /// </summary>
    private static void InsertTrue(LuaThread thread, int from, int slots)
    {
        var stack = thread.Stack;
        Array.Copy(stack, from, stack, from + slots, thread.Top - from);
        stack[from + slots - 1] = LuaValue.True;
        thread.Top += slots;
    }

    private static void ThrowDepth() =>
        throw new LuaException("error in error handling") { SkipsHandler = true };

    private void CheckDepth(LuaThread thread, int depth)
    {
        var total = thread.DepthBelow + (depth & DepthMask);
        if (total < MaxDepth) return;
        if (total == MaxDepth) throw RuntimeError("C stack overflow");
        if (total >= ErrorDepth) ThrowDepth();
    }

    /// <summary>
    /// Ends a call: hands its results to the frame below. False: that is a Lua frame which simply goes on; true: look
    /// at the current thread and frame again.
    /// </summary>
    internal bool Return(LuaThread thread, CallInfo frame, int first, int count)
    {
        var caller = frame.Previous!;
        thread.Frame = caller;
        if (caller.Kind == FrameKind.Lua && (frame.Flags & ~FrameFlags.Plain) == 0)
        {
            var stack = thread.Stack;
            var target = frame.Function;
            var wanted = frame.Wanted;
            if (wanted == 1)
            {
                stack[target] = count > 0 ? stack[first] : default;
                thread.Top = caller.Top;
            }
            else if (wanted < 0)
            {
                if (count > 0) Array.Copy(stack, first, stack, target, count);
                thread.Top = target + count;
            }
            else
            {
                var i = 0;
                for (; i < wanted && i < count; i++) stack[target + i] = stack[first + i];
                for (; i < wanted; i++) stack[target + i] = default;
                thread.Top = caller.Top;
            }

            return false;
        }

        ReturnToMachine(thread, frame, caller, first, count);
        return true;
    }

    private void ReturnToMachine(LuaThread thread, CallInfo frame, CallInfo caller, int first, int count)
    {
        var stack = thread.Stack;
        var result = count > 0 ? stack[first] : default;
        if ((frame.Flags & FrameFlags.Handler) != 0)
        {
            Land(thread, result);
            return;
        }

        if ((frame.Flags & FrameFlags.Hook) != 0)
        {
            EndHook(thread, frame, caller);
            return;
        }

        if ((frame.Flags & FrameFlags.Finalizer) != 0)
        {
            thread.Top = caller.Top;
            if (frame.Kind != FrameKind.Native) CallFinalizers(thread);
            return;
        }

        if ((frame.Flags & FrameFlags.Meta) != 0)
        {
            thread.Top = caller.Top;
            FinishInstruction(thread, caller, result, (frame.Flags & FrameFlags.Negate) != 0);
            return;
        }

        var function = frame.Function;
        switch (caller.Kind)
        {
            case FrameKind.Routine:
                thread.Top = function;
                caller.Protects = false;
                caller.Frame!.Receive(stack.AsSpan(first, count));
                break;
            case FrameKind.ProtectedCall:
            case FrameKind.HandledCall:
                Array.Copy(stack, first, stack, function, count);
                thread.Top = function + count;
                Leave(thread, caller, function - 1, count + 1);
                break;
            case FrameKind.Base:
                Array.Copy(stack, first, stack, 1, count);
                thread.Top = 1 + count;
                FinishThread(thread, count);
                break;
            default:
                throw new InvalidOperationException($"A call returned to a frame of kind {caller.Kind}.");
        }
    }

    /// <summary>
    /// Drives the native frame on top of the current thread; null: go on with the frame that is on top then.
    /// </summary>
    protected RunStatus? DriveNative(LuaThread thread, CallInfo frame)
    {
        if (frame.Kind == FrameKind.Base) return _error is null ? RunStatus.Finished : RunStatus.Failed;
        if (frame.Kind != FrameKind.Routine)
        {
            throw new InvalidOperationException($"A frame of kind {frame.Kind} has nothing to go on with.");
        }

        if (frame.Waits) return RunStatus.Suspended;
        while (true)
        {
            if (Budget <= 0) return RunStatus.Preempted;
            var routine = frame.Routine!;
            if (!routine.MoveNext())
            {
                var values = frame.Frame!.ReturnValues;
                EndRoutine(frame);
                thread.Top = frame.Function + 1;
                thread.EnsureStack(values.Length);
                var first = thread.Top;
                foreach (var value in values) thread.Stack[thread.Top++] = value;
                Leave(thread, frame, first, values.Length);
                return null;
            }

            var step = routine.Current;
            switch (step.Kind)
            {
                case NativeStep.StepKind.Pause:
                    continue;
                case NativeStep.StepKind.Suspend:
                    frame.Waits = true;
                    return RunStatus.Suspended;
            }

            Budget--;
            frame.Frame!.Failed = false;
            frame.Protects = step.Kind == NativeStep.StepKind.TryCall;
            thread.Top = frame.Function + 1;
            thread.EnsureStack(step.Arguments.Length + 1);
            var called = thread.Top;
            thread.Stack[thread.Top++] = step.Function;
            foreach (var argument in step.Arguments) thread.Stack[thread.Top++] = argument;
            PreCall(
                thread, called, -1, FrameFlags.None,
                step.Kind == NativeStep.StepKind.YieldableCall ? 1 : 1 + CallInfo.NoYield);
            return null;
        }
    }

    private static void EndRoutine(CallInfo frame)
    {
        frame.Routine?.Dispose();
        frame.Routine = null;
        frame.Frame = null;
    }

    /// <summary>
    /// Calls a metamethod for the current instruction of a Lua frame; its result completes the instruction.
    /// </summary>
    protected void CallMeta(
        LuaThread thread, CallInfo frame, in LuaValue handler, in LuaValue first, in LuaValue second,
        FrameFlags flags = FrameFlags.Meta)
    {
        var function = frame.Top;
        thread.Top = function;
        thread.EnsureStack(3);
        var stack = thread.Stack;
        stack[function] = handler;
        stack[function + 1] = first;
        stack[function + 2] = second;
        thread.Top = function + 3;
        PreCall(thread, function, 1, flags, 1);
    }

    protected void CallMeta(
        LuaThread thread, CallInfo frame, in LuaValue handler, in LuaValue first, in LuaValue second, in LuaValue third)
    {
        var function = frame.Top;
        thread.Top = function;
        thread.EnsureStack(4);
        var stack = thread.Stack;
        stack[function] = handler;
        stack[function + 1] = first;
        stack[function + 2] = second;
        stack[function + 3] = third;
        thread.Top = function + 4;
        PreCall(thread, function, 0, FrameFlags.Meta, 1);
    }
}
