using System.Text;
using AirHil.Lua.Compile;
using AirHil.Lua.Memory;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>
/// The engine apart from what depends on the number model: threads, calls, errors, coroutines and the heap. All Lua
/// code runs in one loop; calls of any kind are frames on a coroutine's list, never calls of the host.
/// </summary>
internal abstract partial class LuaMachine : LuaState
{
    /// <summary>Instructions that one charge takes at most: more than any budget, far from the end of a long.</summary>
    private const ulong MostCharged = 1UL << 40;

    /// <summary>The native function below every main function: the "[C]: in ?" at the end of tracebacks.</summary>
    private static readonly NativeFunction HostFunction =
        new("main", static (in LuaCall call) => call.Continue(RunMain));

    private readonly LuaTable?[] _typeMetatables = new LuaTable?[9];
    private readonly LuaTable _globals;
    private readonly List<LuaValue> _references = [];
    private readonly Stack<int> _freeReferences = [];

    private LuaValue[] _results = [];
    private LuaException? _error;
    private bool _started;

    /// <summary>Whether the first chunk is there, or is being loaded: main.lua.</summary>
    private bool _isLoaded;
    private bool _hasPendingError;
    private LuaValue _pendingError;
    private bool _pendingSkipsHandler;
    private long _countedBefore;
    private long _slice;

    protected LuaMachine(LuaOptions options) : base(options)
    {
        Heap = new LuaHeap(
            HeapSizes.Of(options.Bits),
            options.HeapLimit,
            hasBlocks: options is { ModuleLibraries: true, HeapLimit: not null },
            LuaException.NotEnoughMemory)
        {
            Recount = RecountForAllocation,
        };
        Collector = new Collector(this);
        Main = new LuaThread(this) { Status = ThreadStatus.Running };
        Current = Main;
        _globals = NewTable();
        Registry = NewTable();
    }

    /// <summary>Instructions left in this slice; below zero where library work overdrew it.</summary>
    protected long Budget;

    public LuaHeap Heap { get; }
    public Collector Collector { get; }
    public LuaThread Main { get; private set; }
    public LuaThread Current { get; private set; }
    public override LuaTable Registry { get; }
    public override LuaTable Globals => _globals;
    public ReadOnlySpan<LuaTable?> TypeMetatables => _typeMetatables;
    public IReadOnlyList<LuaValue> References => _references;
    public override IReadOnlyList<LuaValue> Results => _results;
    public override LuaException? Error => _error;
    public override long InstructionCount => _countedBefore + (_slice - Budget - _budgetSetAside);
    public override long BudgetLeft => Budget;
    public override long HeapUsed => Heap.Used;
    public override long HeapPeak => Heap.Peak;
    public override long HeapLimit => Heap.Limit;

    public override Action<long, long, long>? OnAllocationFailed
    {
        get => Heap.OnAllocationFailed;
        set => Heap.OnAllocationFailed = value;
    }

    public override void Charge(long instructions) => Budget -= (long)Math.Min((ulong)instructions, MostCharged);

    public override void ChargeHeap(long bytes)
    {
        if (!Heap.HasBlocks) Heap.Charge(bytes);
    }

    public override LuaFunction Load(Prototype chunk, bool inFlash, string? path)
    {
        if (Heap.HasBlocks && !_isLoaded) Heap.Begin();
        _isLoaded = true;
        if (Heap.HasBlocks && path is not null) NameFile(path);
        return NewMainClosure(chunk, Globals, inFlash);
    }

    /// <summary>
    /// The pieces of the name "@path", which is put together before the file is read (L:lua/src/lauxlib.c,
    /// luaL_loadfilex): garbage that is left between what a chunk takes.
    /// </summary>
    private void NameFile(string path)
    {
        foreach (var piece in (ReadOnlySpan<string>)["@", path, "", "@" + path])
        {
            NewString(Encoding.UTF8.GetBytes(piece));
        }
    }

    /// <summary>A closure over a chunk with a value as its first upvalue.</summary>
    internal LuaClosure NewMainClosure(Prototype chunk, LuaValue environment, bool inFlash = false)
    {
        var upvalues = new UpValue[chunk.Upvalues.Length];
        var closure = NewClosure(new FunctionCode(chunk, Options.Coverage, inFlash), upvalues);
        if (Heap.HasBlocks) Collector.TakeTree(closure);
        else Heap.Charge(Heap.Sizes.Tree(chunk));
        for (var i = 0; i < upvalues.Length; i++) upvalues[i] = NewUpvalue(i == 0 ? environment : default);
        return closure;
    }

    internal UpValue NewUpvalue(in LuaValue value)
    {
        var upvalue = new UpValue { Value = value };
        Heap.Add(upvalue, Heap.Sizes.Upvalue);
        return upvalue;
    }

    internal LuaClosure NewClosure(FunctionCode code, UpValue[] upvalues)
    {
        var closure = new LuaClosure(code, upvalues);
        Heap.Add(closure, Heap.Sizes.Closure(upvalues.Length));
        return closure;
    }

    internal override NativeClosure NewNativeClosure(string name, NativeBody body, LuaValue bound)
    {
        var closure = new NativeClosure(name, body, bound);
        Heap.Add(closure, Heap.Sizes.NativeClosure(1));
        return closure;
    }

    internal override LuaThread NewThread(LuaFunction body)
    {
        var thread = new LuaThread(this);
        if (Heap.HasBlocks)
        {
            Heap.Add(thread, Heap.Sizes.ThreadBlock);
            thread.TakeStack(Heap);
        }
        else
        {
            Heap.Charge(Heap.Sizes.Thread(LuaThread.InitialStack, 1));
        }

        thread.Push(body);
        return thread;
    }

    public override LuaTable NewTable(int arraySize = 0, int hashSize = 0)
    {
        var table = new LuaTable(Heap);
        Heap.Add(table, Heap.Sizes.Table);
        if ((arraySize | hashSize) != 0) table.Resize(arraySize, hashSize);
        return table;
    }

    public override LuaUserdata NewUserdata(object payload, LuaTable? metatable, int sizeBytes)
    {
        var userdata = new LuaUserdata(payload, sizeBytes);
        Heap.Add(userdata, Heap.Sizes.Userdata + sizeBytes);
        if (metatable is not null) SetMetatable(userdata, metatable);
        return userdata;
    }

    public override LightUserdata PointerTo(LuaUserdata userdata) => new(Heap.AddressOf(userdata));

    public override LuaString NewString(byte[] bytes)
    {
        this.ChargeBytes(bytes.Length);
        return Keep(bytes);
    }

    /// <summary>A new string whose making is charged elsewhere.</summary>
    protected LuaString Keep(byte[] bytes)
    {
        var text = new LuaString(bytes) { Mark = 0 };
        Heap.AddText(text, text.Length);
        return text;
    }

    // ---- running ----

    public override void Start(LuaFunction function, params LuaValue[] arguments)
    {
        ArgumentNullException.ThrowIfNull(function);
        if (!_isMainReady) MakeMain();
        _isMainReady = false;
        Current = Main;
        _results = [];
        _error = null;
        _started = false;
        _hasPendingError = false;
        _hookedThreads = 0;
        _switchesLoop = false;
        _budgetSetAside = 0;
        Main.Push(HostFunction);
        Main.Push(function);
        Main.EnsureStack(arguments.Length);
        foreach (var argument in arguments) Main.Push(argument);
    }

    private static IEnumerator<NativeStep> RunMain(NativeFrame frame)
    {
        yield return NativeStep.Call(frame.Arguments[0], frame.Arguments[1..]);
        frame.Return(frame.Results);
    }

    public override RunStatus Run(long budget)
    {
        _countedBefore = InstructionCount;
        _slice = budget;
        Budget = budget;
        if (_error is not null) return RunStatus.Failed;
        while (true)
        {
            try
            {
                if (_hasPendingError)
                {
                    _hasPendingError = false;
                    if (!Unwind(_pendingError, _pendingSkipsHandler)) return RunStatus.Failed;
                }
                else if (!_started)
                {
                    if (Main.Top < 2) throw new InvalidOperationException("Start has not been called.");
                    _started = true;
                    PreCall(Main, 1, -1, FrameFlags.None, 1 + CallInfo.NoYield);
                }

                var status = Execute();
                if (status == RunStatus.Preempted && TrySwitchLoop()) continue;
                return status;
            }
            catch (LuaException e)
            {
                Heap.EndNative();
                SetPendingError(e.Value, e.SkipsHandler);
            }
            catch (OutOfMemoryException)
            {
                SetPendingError(LuaException.NotEnoughMemory().Value, true);
            }
            catch (Exception fault) when (fault is not (NativeFaultException or OperationCanceledException
                or IOException or UnauthorizedAccessException))
            {
                throw Fault(fault);
            }
        }
    }

    public override void Resume(params LuaValue[] results)
    {
        var frame = WaitingFrame();
        frame.Waits = false;
        frame.Frame!.Results = results;
        frame.Frame.Failed = false;
    }

    public override void ResumeWithError(LuaValue error)
    {
        WaitingFrame().Waits = false;
        SetPendingError(error, false);
    }

    /// <summary>Executes until the budget is used up, the host is asked for, or the main function ends.</summary>
    protected abstract RunStatus Execute();

    /// <summary>Completes the instruction of a Lua frame that waited for a metamethod (luaV_finishOp).</summary>
    protected abstract void FinishInstruction(LuaThread thread, CallInfo frame, LuaValue result, bool negate);

    private CallInfo WaitingFrame() =>
        Current.Frame is { Waits: true } frame
            ? frame
            : throw new InvalidOperationException("No native routine waits for the host.");

    private void SetPendingError(in LuaValue value, bool skipsHandler)
    {
        _hasPendingError = true;
        _pendingError = value;
        _pendingSkipsHandler = skipsHandler;
    }

    // ---- values ----

    public override LuaString NumberToString(in LuaValue number) =>
        NewString(NumberText.Bytes(number, Numbers));

    public override bool TryToNumber(in LuaValue value, out LuaValue number)
    {
        if (value.IsNumber)
        {
            number = value;
            return true;
        }

        number = default;
        return value.O is LuaString text && NumberText.TryParse(text.Span, Numbers, out number);
    }

    public override bool TryToInteger(in LuaValue value, out long integer)
    {
        integer = value.N;
        if (value.IsInteger) return true;
        if (!TryToNumber(value, out var number)) return false;
        integer = number.N;
        return number.IsInteger || Numbers.TryToInteger(number.AsFloat, out integer);
    }

    public override LuaString ToText(in LuaValue value) => value.O switch
    {
        null => Texts.Nil,
        LuaString text => text,
        LuaObject obj => NewString(System.Text.Encoding.UTF8.GetBytes(ObjectText(LuaValue.NameOf(obj.Type), obj))),
        _ => value.IsNumber ? NumberToString(value) : value.IsTruthy ? Texts.True : Texts.False,
    };

    /// <summary>"table: 0C7FBA58" as the module's %p prints it (reference §1.2), "table: 0x…" otherwise.</summary>
    internal string ObjectText(string kind, LuaObject obj)
    {
        var address = Heap.AddressOf(obj);
        return Options.NumberStyle == NumberStyle.Module
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{kind}: {address:X8}")
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{kind}: 0x5555{address:x8}");
    }

    public override LuaTable? GetMetatable(in LuaValue value) => value.O switch
    {
        null => _typeMetatables[0],
        LuaTable table => table.Metatable,
        LuaUserdata userdata => userdata.Metatable,
        LuaObject obj => _typeMetatables[(int)obj.Type],
        _ => _typeMetatables[(int)(value.IsNumber ? LuaType.Number : LuaType.Boolean)],
    };

    public override void SetTypeMetatable(LuaType type, LuaTable? metatable) => _typeMetatables[(int)type] = metatable;

    internal override void SetMetatable(LuaObject obj, LuaTable? metatable)
    {
        if (obj is LuaTable table) table.Metatable = metatable;
        else if (obj is LuaUserdata userdata) userdata.Metatable = metatable;
        else _typeMetatables[(int)obj.Type] = metatable;
        if (metatable is not null && obj is LuaTable or LuaUserdata) Collector.CheckFinalizer(obj, metatable);
    }

    /// <summary>A metamethod of a metatable; absence is remembered in the table.</summary>
    internal static LuaValue Meta(LuaTable? metatable, Metamethod method)
    {
        if (metatable is null || (metatable.AbsentMetamethods & (1u << (int)method)) != 0) return default;
        var value = metatable.GetString(MetamethodNames.Of(method));
        if (value.IsNil) metatable.AbsentMetamethods |= 1u << (int)method;
        return value;
    }

    internal LuaValue Meta(in LuaValue value, Metamethod method) => Meta(GetMetatable(value), method);

    internal override LuaValue MetaField(in LuaValue value, LuaString name)
    {
        if (value.O is LuaLibrary)
        {
            return name.Equals(MetamethodNames.Name) ? LuaLibrary.TypeNameInTexts : default(LuaValue);
        }

        return GetMetatable(value) is { } metatable ? metatable.GetString(name) : default;
    }

    public override string TypeNameForError(in LuaValue value, bool absent)
    {
        if (absent) return "no value";
        if (value.O is LuaTable or LuaUserdata && MetaField(value, MetamethodNames.Name).AsString is { } name)
        {
            return name.ToMessage();
        }

        return value.O is LightUserdata ? "light userdata" : value.TypeName;
    }

    // ---- host references ----

    public override int Reference(LuaValue value)
    {
        if (_freeReferences.TryPop(out var index))
        {
            _references[index] = value;
            return index;
        }

        _references.Add(value);
        return _references.Count - 1;
    }

    public override LuaValue Dereference(int reference) => _references[reference];

    public override void Release(int reference)
    {
        _references[reference] = default;
        _freeReferences.Push(reference);
    }

    internal override void Push(LuaThread thread, in LuaValue value) => thread.Push(value);

    internal override void SetRaised(in LuaValue error) => _pendingError = error;

    internal override void SetContinuation(NativeFrame frame, IEnumerator<NativeStep> routine)
    {
        var call = Current.Frame;
        call.Frame = frame;
        call.Routine = routine;
        call.Protects = false;
        call.Waits = false;
    }
}
