namespace AirHil.Lua.Run;

/// <summary>
/// What kind of call a frame stands for, and so what happens when the call above it returns or fails.
/// </summary>
internal enum FrameKind : byte
{
    /// <summary>The bottom of a coroutine.</summary>
    Base,
    Lua,

    /// <summary>A native body that is running, or the frame of a <c>coroutine.yield</c> that waits.</summary>
    Native,

    /// <summary>A native routine that the machine drives step by step.</summary>
    Routine,
    ProtectedCall,

    /// <summary>xpcall: the handler is in the first slot above the function.</summary>
    HandledCall,
    Resume,
    Wrap,

    /// <summary>A native call whose call hook runs; its body is to follow.</summary>
    Entering,

    /// <summary>A native call whose return hook runs; its results lie from the frame's base to the top.</summary>
    Leaving,
}

[Flags]
internal enum FrameFlags : byte
{
    None = 0,

    /// <summary>Called by an instruction of the frame below; its result completes that instruction.</summary>
    Meta = 1,
    Tail = 2,

    /// <summary>A message handler; its result is the error value that goes on.</summary>
    Handler = 4,

    /// <summary>A __gc metamethod.</summary>
    Finalizer = 8,

    /// <summary>A "less or equal" made of "less than" with its result to be negated.</summary>
    Negate = 16,

    /// <summary>A hook.</summary>
    Hook = 32,

    /// <summary>The call hook of this frame has been called, or the frame is older than the hook.</summary>
    Entered = 64,

    /// <summary>Line coverage has counted this call.</summary>
    Counted = 128,

    /// <summary>What makes no difference to how the frame returns.</summary>
    Plain = Tail | Entered | Counted,
}

/// <summary>One active call. Frames are linked and reused; all positions are indices into the thread's stack.</summary>
internal sealed class CallInfo(CallInfo? previous)
{
    /// <summary>Added to <see cref="Depth"/> where a coroutine must not yield.</summary>
    public const int NoYield = 1 << 16;

    /// <summary>The <see cref="Block"/> of a frame where the heap only counts bytes.</summary>
    public const int NoBlock = -1;

    /// <summary>The frame's block; 0: the collector gave it back.</summary>
    public int Block = NoBlock;

    public readonly CallInfo? Previous = previous;
    public CallInfo? Next;

    public FrameKind Kind;
    public FrameFlags Flags;
    public int Function;
    public int Base;
    public int Top;

    /// <summary>The next instruction of a Lua frame.</summary>
    public int Pc;

    /// <summary>The last instruction that a hook looked at: the line before.</summary>
    public int TracedPc;

    /// <summary>Results that the caller wants; -1 is all.</summary>
    public int Wanted;

    /// <summary>
    /// Nested native-to-Lua levels below this frame within its coroutine (what PUC-Rio counts in nCcalls), plus
    /// <see cref="NoYield"/> for each level that cannot be left by a yield.
    /// </summary>
    public int Depth;

    /// <summary>Elements left of a concatenation that waits for a metamethod.</summary>
    public int ConcatLeft;

    public LuaClosure? Closure;
    public NativeFrame? Frame;
    public IEnumerator<NativeStep>? Routine;

    /// <summary>The routine's pending call keeps errors to itself.</summary>
    public bool Protects;

    /// <summary>The routine waits for the host.</summary>
    public bool Waits;
}
