namespace AirHil.Lua.Memory;

/// <summary>
/// Bytes that PUC-Rio 5.3.6 allocates for each kind of object, from the layouts in lobject.h and lstate.h: for a 32-bit
/// build with 32-bit numbers (the module), and for a 64-bit build.
/// </summary>
internal sealed class HeapSizes
{
    public static readonly HeapSizes Bits32 = new(
        pointer: 4, value: 8, node: 20, table: 32, text: 17, closure: 16, nativeClosure: 16, upvalue: 16, userdata: 24,
        prototype: 80, local: 12, thread: 124, callInfo: 36);

    public static readonly HeapSizes Bits64 = new(
        pointer: 8, value: 16, node: 32, table: 56, text: 25, closure: 32, nativeClosure: 32, upvalue: 32, userdata: 40,
        prototype: 120, local: 16, thread: 216, callInfo: 72);

    private readonly int _prototype;
    private readonly int _local;
    private readonly int _closure;
    private readonly int _nativeClosure;
    private readonly int _pointer;
    private readonly int _text;
    private readonly int _thread;
    private readonly int _callInfo;

    private HeapSizes(
        int pointer, int value, int node, int table, int text, int closure, int nativeClosure, int upvalue,
        int userdata, int prototype, int local, int thread, int callInfo)
    {
        _pointer = pointer;
        Value = value;
        Node = node;
        Table = table;
        _text = text;
        _closure = closure;
        _nativeClosure = nativeClosure;
        Upvalue = upvalue;
        Userdata = userdata;
        _prototype = prototype;
        _local = local;
        _thread = thread;
        _callInfo = callInfo;
    }

    public int Value { get; }
    public int Node { get; }
    public int Table { get; }
    public int Upvalue { get; }
    public int Userdata { get; }

    /// <summary>A function's header (Proto), and each local variable that it names (LocVar).</summary>
    public int Prototype => _prototype;

    public int Local => _local;

    public static HeapSizes Of(int bits) => bits == 32 ? Bits32 : Bits64;

    public long Text(long length) => _text + length;
    public int Closure(int upvalues) => _closure + (upvalues * _pointer);
    public int NativeClosure(int upvalues) => _nativeClosure + (upvalues * Value);
    /// <summary>One more frame of a coroutine (CallInfo).</summary>
    public int Frame => _callInfo;

    public int Thread(int stackSize, int frames) => _thread + (stackSize * Value) + (frames * _callInfo);

    /// <summary>Room in the table of short strings for so many of them, less what an engine starts with.</summary>
    public long ShortStrings(int capacity) => (capacity - ShortStringTable.InitialCapacity) * (long)_pointer;

    /// <summary>A coroutine without its stack and its frames.</summary>
    public int ThreadBlock => _thread;

    /// <summary>Slots of the table of short strings.</summary>
    public int Pointer => _pointer;
}
