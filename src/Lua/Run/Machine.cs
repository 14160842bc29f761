using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using AirHil.Lua.Arithmetic;
using AirHil.Lua.Compile;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>The interpreter loop, specialised for a number model.</summary>
internal sealed partial class Machine<TNumber>(LuaOptions options) : LuaMachine(options)
    where TNumber : struct, INumberModel
{
    private const int FieldsPerFlush = 50;

    protected override RunStatus Execute() => Options.Coverage is null
        ? Hooked ? Execute<WithHooks>() : Execute<WithoutHooks>()
        : Hooked ? Execute<CoveredWithHooks>() : Execute<CoveredWithoutHooks>();

    private RunStatus Execute<THooks>() where THooks : struct, IHookMode
    {
    NextFrame:
        var thread = Current;
        var frame = thread.Frame;
        if (frame.Kind != FrameKind.Lua)
        {
            if (DriveNative(thread, frame) is { } status) return status;
            goto NextFrame;
        }

        var closure = frame.Closure!;
        ref var r = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(thread.Stack), frame.Base);
        ref var k = ref MemoryMarshal.GetArrayDataReference(closure.Code.Constants);
        ref var code = ref MemoryMarshal.GetArrayDataReference(closure.Code.Code);
        ref var counts = ref Unsafe.NullRef<long>();
        var pc = frame.Pc;
        if (THooks.Covers)
        {
            var all = closure.Code.Counts!;
            counts = ref MemoryMarshal.GetArrayDataReference(all);
            if (pc == 0 && (frame.Flags & FrameFlags.Counted) == 0)
            {
                frame.Flags |= FrameFlags.Counted;
                all[^1]++;
            }
        }

        while (true)
        {
            if (--Budget < 0)
            {
                Budget++;
                frame.Pc = pc;
                return RunStatus.Preempted;
            }

            var i = Unsafe.Add(ref code, pc);
            if (THooks.On && thread.Hook is { } hook
                && CallDueHook(thread, frame, hook, pc, (OpCode)(i & 0x3F) == OpCode.Return))
            {
                goto NextFrame;
            }

            if (THooks.Covers) Unsafe.Add(ref counts, (nint)(uint)pc)++;
            frame.Pc = ++pc;
            ref var ra = ref Unsafe.Add(ref r, (nint)((i >> 6) & 0xFF));
            switch ((OpCode)(i & 0x3F))
            {
                case OpCode.Move:
                    Copy(ref ra, ref Unsafe.Add(ref r, (nint)(i >> 23)));
                    continue;

                case OpCode.LoadK:
                    Copy(ref ra, ref Unsafe.Add(ref k, (nint)(i >> 14)));
                    continue;

                case OpCode.LoadKx:
                    Copy(ref ra, ref Unsafe.Add(ref k, Instruction.Ax(Unsafe.Add(ref code, pc++))));
                    continue;

                case OpCode.LoadBool:
                    ra.O = i >> 23 != 0 ? LuaValue.TrueTag : LuaValue.FalseTag;
                    if (Instruction.C(i) != 0) pc++;
                    continue;

                case OpCode.LoadNil:
                    for (var b = (int)(i >> 23); b >= 0; b--)
                    {
                        ra.O = null;
                        ra = ref Unsafe.Add(ref ra, 1);
                    }

                    continue;

                case OpCode.GetUpval:
                    Copy(ref ra, ref UpvalueAt(closure, i >> 23).Slot);
                    continue;

                case OpCode.GetTabUp:
                {
                    ref var table = ref UpvalueAt(closure, i >> 23).Slot;
                    ref var key = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    if (TryGet(ref table, ref key, ref ra)) continue;
                    if (Index(thread, frame, table, key, Instruction.A(i), UpvalueVariable + (int)(i >> 23)))
                    {
                        goto NextFrame;
                    }

                    continue;
                }

                case OpCode.GetTable:
                {
                    ref var table = ref Unsafe.Add(ref r, (nint)(i >> 23));
                    ref var key = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    if (TryGet(ref table, ref key, ref ra)) continue;
                    if (Index(thread, frame, table, key, Instruction.A(i), (int)(i >> 23))) goto NextFrame;
                    continue;
                }

                case OpCode.SetTabUp:
                {
                    ref var table = ref UpvalueAt(closure, (i >> 6) & 0xFF).Slot;
                    ref var key = ref Rk(ref r, ref k, i >> 23);
                    ref var value = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    if (TrySet(ref table, ref key, ref value)) continue;
                    if (SetIndex(thread, frame, table, key, value, UpvalueVariable + Instruction.A(i))) goto NextFrame;
                    continue;
                }

                case OpCode.SetUpval:
                    Copy(ref UpvalueAt(closure, i >> 23).Slot, ref ra);
                    continue;

                case OpCode.SetTable:
                {
                    ref var key = ref Rk(ref r, ref k, i >> 23);
                    ref var value = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    if (TrySet(ref ra, ref key, ref value)) continue;
                    if (SetIndex(thread, frame, ra, key, value, Instruction.A(i))) goto NextFrame;
                    continue;
                }

                case OpCode.NewTable:
                {
                    ra.O = NewTable(FloatingByte(Instruction.B(i)), FloatingByte(Instruction.C(i)));
                    if (Heap.Due && CollectAt(thread, frame, frame.Base + Instruction.A(i) + 1)) goto NextFrame;
                    continue;
                }

                case OpCode.Self:
                {
                    ref var self = ref Unsafe.Add(ref r, (nint)(i >> 23));
                    ref var key = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    Copy(ref Unsafe.Add(ref ra, 1), ref self);
                    if (TryGet(ref self, ref key, ref ra)) continue;
                    if (Index(thread, frame, self, key, Instruction.A(i), (int)(i >> 23))) goto NextFrame;
                    continue;
                }

                case OpCode.Add:
                {
                    ref var rb = ref Rk(ref r, ref k, i >> 23);
                    ref var rc = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    if (BothIntegers(ref rb, ref rc)) SetInteger(ref ra, TNumber.Wrap(rb.N + rc.N));
                    else if (AreNumbers(ref rb, ref rc, out var x, out var y)) SetFloat(ref ra, x + y);
                    else goto Arithmetic;
                    continue;
                }

                case OpCode.Sub:
                {
                    ref var rb = ref Rk(ref r, ref k, i >> 23);
                    ref var rc = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    if (BothIntegers(ref rb, ref rc)) SetInteger(ref ra, TNumber.Wrap(rb.N - rc.N));
                    else if (AreNumbers(ref rb, ref rc, out var x, out var y)) SetFloat(ref ra, x - y);
                    else goto Arithmetic;
                    continue;
                }

                case OpCode.Mul:
                {
                    ref var rb = ref Rk(ref r, ref k, i >> 23);
                    ref var rc = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    if (BothIntegers(ref rb, ref rc)) SetInteger(ref ra, TNumber.Wrap(rb.N * rc.N));
                    else if (AreNumbers(ref rb, ref rc, out var x, out var y)) SetFloat(ref ra, x * y);
                    else goto Arithmetic;
                    continue;
                }

                case OpCode.Mod:
                {
                    ref var rb = ref Rk(ref r, ref k, i >> 23);
                    ref var rc = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    if (!BothIntegers(ref rb, ref rc) || rc.N <= 0) goto Arithmetic;
                    var rest = Remainder(rb.N, rc.N);
                    SetInteger(ref ra, rest < 0 ? rest + rc.N : rest);
                    continue;
                }

                case OpCode.Div:
                {
                    ref var rb = ref Rk(ref r, ref k, i >> 23);
                    ref var rc = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    if (!AreNumbers(ref rb, ref rc, out var x, out var y)) goto Arithmetic;
                    SetFloat(ref ra, x / y);
                    continue;
                }

                case OpCode.Pow:
                {
                    ref var rb = ref Rk(ref r, ref k, i >> 23);
                    ref var rc = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    if (!AreNumbers(ref rb, ref rc, out var x, out var y)) goto Arithmetic;
                    SetFloat(ref ra, Exponentials.Pow(x, y));
                    continue;
                }

                case OpCode.BAnd:
                {
                    ref var rb = ref Rk(ref r, ref k, i >> 23);
                    ref var rc = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    if (!BothIntegers(ref rb, ref rc)) goto Arithmetic;
                    SetInteger(ref ra, rb.N & rc.N);
                    continue;
                }

                case OpCode.BOr:
                {
                    ref var rb = ref Rk(ref r, ref k, i >> 23);
                    ref var rc = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    if (!BothIntegers(ref rb, ref rc)) goto Arithmetic;
                    SetInteger(ref ra, rb.N | rc.N);
                    continue;
                }

                case OpCode.BXor:
                {
                    ref var rb = ref Rk(ref r, ref k, i >> 23);
                    ref var rc = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    if (!BothIntegers(ref rb, ref rc)) goto Arithmetic;
                    SetInteger(ref ra, rb.N ^ rc.N);
                    continue;
                }

                case OpCode.IDiv:
                case OpCode.Shl:
                case OpCode.Shr:
                case OpCode.Unm:
                case OpCode.BNot:
                    goto Arithmetic;

                case OpCode.Not:
                    ra.O = Unsafe.Add(ref r, (nint)(i >> 23)).IsFalsy ? LuaValue.TrueTag : LuaValue.FalseTag;
                    continue;

                case OpCode.Len:
                {
                    ref var rb = ref Unsafe.Add(ref r, (nint)(i >> 23));
                    if (rb.O is LuaTable { Metatable: null } t) SetInteger(ref ra, t.Length);
                    else if (Length(thread, frame, rb, Instruction.A(i), (int)(i >> 23))) goto NextFrame;
                    continue;
                }

                case OpCode.Concat:
                {
                    frame.ConcatLeft = Instruction.C(i) - Instruction.B(i) + 1;
                    if (Concat(thread, frame, i)) goto NextFrame;
                    if (Heap.Due)
                    {
                        var top = Math.Max(Instruction.A(i) + 1, Instruction.B(i));
                        if (CollectAt(thread, frame, frame.Base + top)) goto NextFrame;
                    }

                    continue;
                }

                case OpCode.Jmp:
                    pc += (int)(i >> 14) - Instruction.MaxSBx;
                    if ((i & (0xFFu << 6)) != 0) thread.CloseUpvalues(frame.Base + Instruction.A(i) - 1);
                    continue;

                case OpCode.Eq:
                {
                    ref var rb = ref Rk(ref r, ref k, i >> 23);
                    ref var rc = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    bool equal;
                    if (ReferenceEquals(rb.O, rc.O) && !ReferenceEquals(rb.O, LuaValue.FloatTag))
                    {
                        equal = rb.N == rc.N || !ReferenceEquals(rb.O, LuaValue.IntegerTag);
                    }
                    else if (rb.RawEquals(rc)) equal = true;
                    else
                    {
                        if (rb.O is LuaTable or LuaUserdata && EqualByMeta(thread, frame, rb, rc)) goto NextFrame;
                        equal = false;
                    }

                    if (equal != ((i & (0xFFu << 6)) != 0))
                    {
                        pc++;
                        continue;
                    }

                    goto ConditionalJump;
                }

                case OpCode.Lt:
                {
                    ref var rb = ref Rk(ref r, ref k, i >> 23);
                    ref var rc = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    bool less;
                    if (BothIntegers(ref rb, ref rc)) less = rb.N < rc.N;
                    else if (BothFloats(ref rb, ref rc)) less = rb.AsFloat < rc.AsFloat;
                    else
                    {
                        var compared = Compare(thread, frame, rb, rc, false);
                        if (compared < 0) goto NextFrame;
                        less = compared != 0;
                    }

                    if (less != ((i & (0xFFu << 6)) != 0))
                    {
                        pc++;
                        continue;
                    }

                    goto ConditionalJump;
                }

                case OpCode.Le:
                {
                    ref var rb = ref Rk(ref r, ref k, i >> 23);
                    ref var rc = ref Rk(ref r, ref k, (i >> 14) & 0x1FF);
                    bool less;
                    if (BothIntegers(ref rb, ref rc)) less = rb.N <= rc.N;
                    else if (BothFloats(ref rb, ref rc)) less = rb.AsFloat <= rc.AsFloat;
                    else
                    {
                        var compared = Compare(thread, frame, rb, rc, true);
                        if (compared < 0) goto NextFrame;
                        less = compared != 0;
                    }

                    if (less != ((i & (0xFFu << 6)) != 0))
                    {
                        pc++;
                        continue;
                    }

                    goto ConditionalJump;
                }

                case OpCode.Test:
                    if (ra.IsFalsy == ((i & (0x1FFu << 14)) != 0))
                    {
                        pc++;
                        continue;
                    }

                    goto ConditionalJump;

                case OpCode.TestSet:
                {
                    ref var rb = ref Unsafe.Add(ref r, (nint)(i >> 23));
                    if (rb.IsFalsy == ((i & (0x1FFu << 14)) != 0))
                    {
                        pc++;
                        continue;
                    }

                    Copy(ref ra, ref rb);
                    goto ConditionalJump;
                }

                case OpCode.Call:
                {
                    var function = frame.Base + Instruction.A(i);
                    var b = (int)(i >> 23);
                    if (b != 0) thread.Top = function + b;
                    var wanted = Instruction.C(i) - 1;
                    if (ra.O is LuaClosure called)
                    {
                        PushLua(thread, called, function, wanted, FrameFlags.None, 0);
                        goto NextFrame;
                    }

                    if (PreCall(thread, function, wanted, FrameFlags.None, 0)) goto NextFrame;
                    r = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(thread.Stack), frame.Base);
                    if (Heap.Due && wanted >= 0 && CollectAfterCall(thread, frame)) goto NextFrame;
                    continue;
                }

                case OpCode.TailCall:
                    TailCall(thread, frame, i);
                    goto NextFrame;

                case OpCode.Return:
                {
                    var first = frame.Base + Instruction.A(i);
                    var b = (int)(i >> 23);
                    if (thread.HasOpenUpvalue(frame.Base)) thread.CloseUpvalues(frame.Base);
                    Return(thread, frame, first, b != 0 ? b - 1 : thread.Top - first);
                    goto NextFrame;
                }

                case OpCode.ForLoop:
                    if (ReferenceEquals(ra.O, LuaValue.IntegerTag))
                    {
                        var step = Unsafe.Add(ref ra, 2).N;
                        var index = TNumber.Wrap(ra.N + step);
                        var limit = Unsafe.Add(ref ra, 1).N;
                        if (step > 0 ? index <= limit : limit <= index)
                        {
                            pc += (int)(i >> 14) - Instruction.MaxSBx;
                            ra.N = index;
                            SetInteger(ref Unsafe.Add(ref ra, 3), index);
                        }
                    }
                    else
                    {
                        var step = Unsafe.Add(ref ra, 2).AsFloat;
                        var index = TNumber.Round(ra.AsFloat + step);
                        var limit = Unsafe.Add(ref ra, 1).AsFloat;
                        if (step > 0 ? index <= limit : limit <= index)
                        {
                            pc += (int)(i >> 14) - Instruction.MaxSBx;
                            ra = LuaValue.Float(index);
                            Unsafe.Add(ref ra, 3) = LuaValue.Float(index);
                        }
                    }

                    continue;

                case OpCode.ForPrep:
                    PrepareLoop(ref ra);
                    pc += (int)(i >> 14) - Instruction.MaxSBx;
                    continue;

                case OpCode.TForCall:
                {
                    // The two iterators of tables are not called where a call would only be slower. A native function
                    // makes sure of its room on the stack, which can make it grow.
                    var function = frame.Base + Instruction.A(i) + 3;
                    if (!THooks.On && Unsafe.Add(ref ra, 1).O is LuaTable t
                        && thread.HasSlots(function + 3, LuaThread.NativeStack))
                    {
                        var wanted = Instruction.C(i);
                        ref var key = ref Unsafe.Add(ref ra, 3);
                        if (ReferenceEquals(ra.O, TableWalk.NextFunction))
                        {
                            t.Next(Unsafe.Add(ref ra, 2), out key, out var value);
                            if (wanted > 1) Unsafe.Add(ref key, 1) = value;
                            for (var extra = 2; extra < wanted; extra++) Unsafe.Add(ref key, extra) = default;
                            continue;
                        }

                        if (ReferenceEquals(Unsafe.Add(ref ra, 2).O, LuaValue.IntegerTag)
                            && NativeFunction.Of(ra.O) is { WalksArrays: true })
                        {
                            var array = t.Array;
                            var index = Unsafe.Add(ref ra, 2).N;
                            if ((ulong)index < (ulong)array.Length && array[index].O is not null)
                            {
                                SetInteger(ref key, index + 1);
                                if (wanted > 1) Copy(ref Unsafe.Add(ref key, 1), ref array[index]);
                                for (var extra = 2; extra < wanted; extra++) Unsafe.Add(ref key, extra) = default;
                                continue;
                            }
                        }
                    }

                    Unsafe.Add(ref ra, 3) = ra;
                    Unsafe.Add(ref ra, 4) = Unsafe.Add(ref ra, 1);
                    Unsafe.Add(ref ra, 5) = Unsafe.Add(ref ra, 2);
                    thread.Top = function + 3;
                    if (PreCall(thread, function, Instruction.C(i), FrameFlags.None, 0)) goto NextFrame;
                    r = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(thread.Stack), frame.Base);
                    if (Heap.Due && CollectAfterCall(thread, frame)) goto NextFrame;
                    continue;
                }

                case OpCode.TForLoop:
                    if (Unsafe.Add(ref ra, 1).O is not null)
                    {
                        Copy(ref ra, ref Unsafe.Add(ref ra, 1));
                        pc += (int)(i >> 14) - Instruction.MaxSBx;
                    }

                    continue;

                case OpCode.SetList:
                {
                    var count = (int)(i >> 23);
                    var block = Instruction.C(i);
                    if (count == 0) count = thread.Top - (frame.Base + Instruction.A(i)) - 1;
                    if (block == 0) block = Instruction.Ax(Unsafe.Add(ref code, pc++));
                    if (ra.O is not LuaTable table) throw RuntimeError("bad code");
                    var last = ((block - 1) * FieldsPerFlush) + count;
                    if (last > table.Array.Length) table.ResizeArray(last);
                    for (; count > 0; count--) table.SetInteger(last--, Unsafe.Add(ref ra, count));
                    thread.Top = frame.Top;
                    continue;
                }

                case OpCode.Closure:
                    MakeClosure(thread, frame, closure, Instruction.Bx(i), ref ra);
                    if (Heap.Due && CollectAt(thread, frame, frame.Base + Instruction.A(i) + 1)) goto NextFrame;
                    continue;

                case OpCode.Vararg:
                    Vararg(thread, frame, Instruction.A(i), (int)(i >> 23) - 1);
                    r = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(thread.Stack), frame.Base);
                    continue;

                default:
                    throw new InvalidOperationException($"Instruction {(OpCode)(i & 0x3F)} cannot be executed.");
            }

        ConditionalJump:
            var jump = Unsafe.Add(ref code, pc);
            pc += (int)(jump >> 14) - Instruction.MaxSBx + 1;
            if ((jump & (0xFFu << 6)) != 0) thread.CloseUpvalues(frame.Base + Instruction.A(jump) - 1);
            continue;

        Arithmetic:
            if (Arithmetic(thread, frame, i)) goto NextFrame;
        }
    }
}
