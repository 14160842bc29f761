using System.Runtime.CompilerServices;

using AirHil.Lua.Compile;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>
/// The parts of instructions that the loop keeps out of its way. Those that return a bool give true where the loop
/// must look at the current frame again (a metamethod was called), false where the instruction is complete.
/// </summary>
internal sealed partial class Machine<TNumber>
{
    /// <summary>MAXTAGLOOP.</summary>
    private const int MaxMetaChain = 2000;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Index(
        LuaThread thread, CallInfo frame, in LuaValue indexed, in LuaValue key, int target, int variable)
    {
        var obj = indexed;
        for (var loop = 0; loop < MaxMetaChain; loop++)
        {
            LuaValue handler;
            if (obj.O is LuaTable table)
            {
                var value = table.Get(key);
                if (!value.IsNil || (handler = Meta(table.Metatable, Metamethod.Index)).IsNil)
                {
                    thread.Stack[frame.Base + target] = value;
                    return false;
                }
            }
            else if (obj.O is LuaLibrary library) return IndexLibrary(thread, frame, library, key, target);
            else
            {
                handler = Meta(obj, Metamethod.Index);
                if (handler.IsNil) throw TypeError(obj, "index", loop == 0 ? variable : NoVariable);
            }

            if (handler.O is LibraryIndex function)
            {
                return IndexLibrary(thread, frame, function.Library, key, target);
            }

            if (handler.O is LuaFunction)
            {
                CallMeta(thread, frame, handler, obj, key);
                return true;
            }

            obj = handler;
        }

        throw RuntimeError("'__index' chain too long; possible loop");
    }

    /// <summary>
    /// On the module a C function looks it up (L:lua/src/rotable2.c): there is room for its call, which stays.
    /// </summary>
    private static bool IndexLibrary(
        LuaThread thread, CallInfo frame, LuaLibrary library, in LuaValue key, int target)
    {
        const int function = 3; // with its two arguments
        var stack = thread.Stack;
        stack[frame.Base + target] = library[key];
        var needed = frame.Top + function;
        if (thread.HasSlots(needed, LuaThread.NativeStack) && frame.Next is { Block: not 0 }) return false;
        var top = thread.Top;
        thread.Top = needed;
        thread.EnsureStack(LuaThread.NativeStack);
        thread.Top = top;
        thread.NextFrame(frame);
        return !ReferenceEquals(stack, thread.Stack);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool SetIndex(
        LuaThread thread, CallInfo frame, in LuaValue indexed, in LuaValue key, in LuaValue value, int variable)
    {
        var obj = indexed;
        for (var loop = 0; loop < MaxMetaChain; loop++)
        {
            LuaValue handler;
            if (obj.O is LuaTable table)
            {
                ref var slot = ref table.Find(key);
                var exists = !Unsafe.IsNullRef(ref slot);
                if (exists && !slot.IsNil)
                {
                    slot = value;
                    return false;
                }

                handler = Meta(table.Metatable, Metamethod.NewIndex);
                if (handler.IsNil)
                {
                    if (key.O is LuaString) table.AbsentMetamethods = 0;
                    if (exists) slot = value;
                    else if (key.IsNil) throw RuntimeError("table index is nil");
                    else if (key.IsFloat && double.IsNaN(key.AsFloat)) throw RuntimeError("table index is NaN");
                    else table.NewKey(key, value);
                    return false;
                }
            }
            else
            {
                handler = Meta(obj, Metamethod.NewIndex);
                if (handler.IsNil) throw TypeError(obj, "index", loop == 0 ? variable : NoVariable);
            }

            if (handler.O is LuaFunction)
            {
                CallMeta(thread, frame, handler, obj, key, value);
                return true;
            }

            obj = handler;
        }

        throw RuntimeError("'__newindex' chain too long; possible loop");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Length(LuaThread thread, CallInfo frame, in LuaValue value, int target, int variable)
    {
        LuaValue handler;
        if (value.O is LuaString text)
        {
            thread.Stack[frame.Base + target] = LuaValue.Integer(text.Length);
            return false;
        }

        if (value.O is LuaTable table)
        {
            handler = Meta(table.Metatable, Metamethod.Len);
            if (handler.IsNil)
            {
                thread.Stack[frame.Base + target] = LuaValue.Integer(table.Length);
                return false;
            }
        }
        else if (value.O is LuaLibrary)
        {
            thread.Stack[frame.Base + target] = LuaValue.Integer(0);
            return false;
        }
        else
        {
            handler = Meta(value, Metamethod.Len);
            if (handler.IsNil) throw TypeError(value, "get length of", variable);
        }

        CallMeta(thread, frame, handler, value, value);
        return true;
    }

    // ---- loops, calls, closures ----

    private void PrepareLoop(ref LuaValue init)
    {
        ref var limit = ref Unsafe.Add(ref init, 1);
        ref var step = ref Unsafe.Add(ref init, 2);
        if (init.IsInteger && step.IsInteger && TryLoopLimit(limit, step.N, out var integerLimit, out var stop))
        {
            limit = LuaValue.Integer(integerLimit);
            init = LuaValue.Integer(TNumber.Wrap((stop ? 0 : init.N) - step.N));
            return;
        }

        if (!TryToNumber(limit, out var limitNumber)) throw RuntimeError("'for' limit must be a number");
        if (!TryToNumber(step, out var stepNumber)) throw RuntimeError("'for' step must be a number");
        if (!TryToNumber(init, out var initNumber)) throw RuntimeError("'for' initial value must be a number");
        limit = LuaValue.Float(ToFloat(ref limitNumber));
        step = LuaValue.Float(ToFloat(ref stepNumber));
        init = LuaValue.Float(TNumber.Round(ToFloat(ref initNumber) - step.AsFloat));
    }

    /// <summary>
    /// forlimit: a float limit is clipped to the integers; <paramref name="stop"/> where the loop cannot run.
    /// </summary>
    private bool TryLoopLimit(in LuaValue value, long step, out long limit, out bool stop)
    {
        stop = false;
        limit = value.N;
        if (value.IsInteger) return true;
        if (!TryToNumber(value, out var number)) return false;
        if (number.IsInteger)
        {
            limit = number.N;
            return true;
        }

        var rounded = step < 0 ? Math.Ceiling(number.AsFloat) : Math.Floor(number.AsFloat);
        if (Numbers.TryToInteger(rounded, out limit)) return true;
        if (number.AsFloat > 0)
        {
            limit = Numbers.MaxInteger;
            stop = step < 0;
        }
        else
        {
            limit = Numbers.MinInteger;
            stop = step >= 0;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TailCall(LuaThread thread, CallInfo frame, uint i)
    {
        var function = frame.Base + Instruction.A(i);
        var b = Instruction.B(i);
        if (b != 0) thread.Top = function + b;
        ResolveCall(thread, function);
        if (thread.Stack[function].O is LuaClosure)
        {
            if (thread.OpenUpvalues is not null) thread.CloseUpvalues(frame.Base);
            var count = thread.Top - function;
            Array.Copy(thread.Stack, function, thread.Stack, frame.Function, count);
            thread.Top = frame.Function + count;
            ReplaceFrame(thread, frame);
            return;
        }

        PreCall(thread, function, -1, FrameFlags.None, 0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Vararg(LuaThread thread, CallInfo frame, int a, int wanted)
    {
        var count = frame.Base - frame.Function - 1 - frame.Closure!.Code.Prototype.ParameterCount;
        if (count < 0) count = 0;
        var target = frame.Base + a;
        var source = frame.Base - count;
        if (wanted < 0)
        {
            wanted = count;
            thread.EnsureStack(count);
            thread.Top = target + count;
        }

        var stack = thread.Stack;
        var copied = Math.Min(wanted, count);
        Array.Copy(stack, source, stack, target, copied);
        for (; copied < wanted; copied++) stack[target + copied] = default;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeClosure(LuaThread thread, CallInfo frame, LuaClosure closure, int index, ref LuaValue target)
    {
        var code = closure.Code.Child(index);
        var descriptions = code.Prototype.Upvalues;
        if (code.Cache is { } cache && IsCached(thread, frame, closure, descriptions, cache))
        {
            target = cache;
            return;
        }

        var upvalues = descriptions.Length == 0 ? [] : new UpValue[descriptions.Length];
        var made = NewClosure(code, upvalues);
        target = made;
        for (var i = 0; i < upvalues.Length; i++)
        {
            ref readonly var description = ref descriptions[i];
            upvalues[i] = description.InStack
                ? thread.FindUpvalue(frame.Base + description.Index)
                : closure.Upvalues[description.Index];
        }

        code.Cache = made;
    }

    private static bool IsCached(
        LuaThread thread, CallInfo frame, LuaClosure closure, UpvalueDescription[] descriptions, LuaClosure cache)
    {
        for (var i = 0; i < descriptions.Length; i++)
        {
            var upvalue = cache.Upvalues[i];
            ref readonly var description = ref descriptions[i];
            var same = description.InStack
                ? ReferenceEquals(upvalue.Slots, thread.Stack) && upvalue.Index == frame.Base + description.Index
                : ReferenceEquals(upvalue, closure.Upvalues[description.Index]);
            if (!same) return false;
        }

        return true;
    }

    protected override void FinishInstruction(LuaThread thread, CallInfo frame, LuaValue result, bool negate)
    {
        var i = frame.Closure!.Code.Code[frame.Pc - 1];
        switch (Instruction.Op(i))
        {
            case OpCode.SetTabUp or OpCode.SetTable:
                break;
            case OpCode.Eq or OpCode.Lt or OpCode.Le:
                if ((result.IsTruthy ^ negate) == (Instruction.A(i) != 0))
                {
                    var jump = frame.Closure.Code.Code[frame.Pc];
                    frame.Pc += Instruction.SBx(jump) + 1;
                    if (Instruction.A(jump) is > 0 and var level) thread.CloseUpvalues(frame.Base + level - 1);
                }
                else frame.Pc++;

                break;
            case OpCode.Concat:
                frame.ConcatLeft--;
                thread.Stack[frame.Base + Instruction.B(i) + frame.ConcatLeft - 1] = result;
                Concat(thread, frame, i);
                break;
            default:
                thread.Stack[frame.Base + Instruction.A(i)] = result;
                break;
        }
    }
}
