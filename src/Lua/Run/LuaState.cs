using AirHil.Lua.Compile;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>
/// One Lua engine: globals, heap count and coroutines. It runs in slices of an instruction budget and can stop at any
/// instruction; it has no clock, no thread and no file of its own. Not safe for two threads at once.
/// </summary>
public abstract class LuaState
{
    protected LuaState(LuaOptions options)
    {
        Options = options;
        Numbers = new NumberModel(options.Bits, options.NumberStyle);
        TimezoneOffsetSeconds = options.ModuleLibraries ? 8 * 3600 : 0;
    }

    public LuaOptions Options { get; }
    public NumberModel Numbers { get; }
    public abstract LuaTable Globals { get; }

    /// <summary>The registry of the C API: a table that scripts reach through the debug library alone.</summary>
    public abstract LuaTable Registry { get; }

    /// <summary>The object that native functions find through <see cref="LuaCall.Host{T}"/>.</summary>
    public object? Host { get; set; }

    // ---- what the host provides ----

    /// <summary>Takes the arguments of one <c>print</c>, already as text. Unset: print raises an error.</summary>
    public Action<IReadOnlyList<LuaString>>? Printer { get; set; }

    /// <summary>
    /// Gives the text of a script file for <c>loadfile</c> and <c>dofile</c>, or null where there is none.
    /// Unset: these functions raise an error.
    /// </summary>
    public Func<LuaString, ReadOnlyMemory<byte>?>? ScriptReader { get; set; }

    /// <summary>
    /// Random bits for <c>math.random</c>: the module's hardware generator. Unset: a fixed sequence, the same in every
    /// engine.
    /// </summary>
    public Func<ulong> RandomSource { get; set; } = new SplitMix64(0).Next;

    /// <summary>Seconds since 1970 in UTC, for <c>os.time</c> and <c>os.date</c>. Unset: 0.</summary>
    public Func<long>? UtcNowSeconds { get; set; }

    /// <summary>Seconds of processor time, for <c>os.clock</c>. Unset: 0.</summary>
    public Func<double>? CpuSeconds { get; set; }

    /// <summary>
    /// Local time less UTC, for <c>os.date</c>: 8 h on the module (reference §1.4), 0 in a plain engine.
    /// </summary>
    public int TimezoneOffsetSeconds { get; set; }

    /// <summary>
    /// Set: <c>os.date</c> counts days without a sign, as the module's firmware does. Told when the moment lies on
    /// 1970-01-01, for which the firmware leaves the date unset.
    /// </summary>
    public Action? OnDateUnset { get; set; }

    /// <summary>Told when an allocation fails, with the limit, the bytes in use and the bytes asked for.</summary>
    public abstract Action<long, long, long>? OnAllocationFailed { get; set; }

    // ---- running ----

    /// <summary>A closure over a compiled chunk with the globals as its _ENV.</summary>
    /// <param name="chunk">What was compiled.</param>
    /// <param name="inFlash">On the module's heap: instructions and lines are read where they lie.</param>
    /// <param name="path">On the module's heap: the file whose name is put together first; null: none.</param>
    public abstract LuaFunction Load(Prototype chunk, bool inFlash = false, string? path = null);

    /// <summary>
    /// A closure over the content of a script file, text or (in a plain engine) binary; a byte order mark and a first
    /// line that starts with '#' are skipped.
    /// </summary>
    /// <param name="content">The bytes of the file.</param>
    /// <param name="chunkName">As for <see cref="LuaCompiler.Compile"/>.</param>
    /// <exception cref="Syntax.LuaSyntaxException">The content does not compile.</exception>
    public LuaFunction LoadFile(ReadOnlySpan<byte> content, LuaString chunkName)
    {
        var (function, message) = ChunkLoader.OfFile(this, content, chunkName, "bt", Globals);
        return function ?? throw new Syntax.LuaSyntaxException(message!, 0);
    }

    /// <summary>Sets up the main coroutine to call every finalizer that is left, errors aside (lua_close).</summary>
    public abstract void StartClosing();

    /// <summary>Sets up the main coroutine to call a function; replaces whatever ran before.</summary>
    public abstract void Start(LuaFunction function, params LuaValue[] arguments);

    /// <summary>Executes at most about <paramref name="budget"/> instructions (library work counts too).</summary>
    public abstract RunStatus Run(long budget);

    /// <summary>Gives a suspended routine its results; <see cref="Run"/> then goes on.</summary>
    public abstract void Resume(params LuaValue[] results);

    /// <summary>As <see cref="Resume"/>, but the routine goes on with an error raised.</summary>
    public abstract void ResumeWithError(LuaValue error);

    /// <summary>The values of a finished run.</summary>
    public abstract IReadOnlyList<LuaValue> Results { get; }

    /// <summary>The error of a failed run, with traceback.</summary>
    public abstract LuaException? Error { get; }

    /// <summary>Instructions executed since creation, library work included.</summary>
    public abstract long InstructionCount { get; }

    /// <summary>
    /// Charges library work to the budget, in instructions; never throws. A number below zero counts as a very large
    /// one. Long work also offers <see cref="NativeStep.Pause"/>.
    /// </summary>
    public abstract void Charge(long instructions);

    /// <summary>Instructions left in this slice, for routines that do long work in portions.</summary>
    public abstract long BudgetLeft { get; }

    // ---- values ----

    /// <summary>
    /// Counts bytes that are about to be allocated; raises "not enough memory" where a full collection does not help.
    /// </summary>
    public abstract void ChargeHeap(long bytes);

    /// <summary>Bytes of Lua heap in use, as far as counted.</summary>
    public abstract long HeapUsed { get; }

    /// <summary>The highest <see cref="HeapUsed"/> so far.</summary>
    public abstract long HeapPeak { get; }

    /// <summary>A full collection.</summary>
    public abstract void Collect();

    /// <summary>
    /// Takes what the C side of the module's Lua state holds beside our libraries, until so many bytes are in use.
    /// </summary>
    public abstract void TakeHeapBase(long bytes);

    /// <summary>
    /// Charges a full collection of the module's heap that a script causes: by its call, or by a heap that is full.
    /// </summary>
    public abstract void ChargeCollection();

    /// <summary>
    /// The limit that <see cref="ChargeHeap"/> enforces; where the options name none, what a host can bear.
    /// </summary>
    public abstract long HeapLimit { get; }

    /// <summary>
    /// A new string, charged to the heap, and its bytes to the instructions: whoever makes one writes it, so no
    /// function can forget to. Takes over the array.
    /// </summary>
    public abstract LuaString NewString(byte[] bytes);

    /// <summary>A new table, charged to the heap, with room for that many array and record fields.</summary>
    public abstract LuaTable NewTable(int arraySize = 0, int hashSize = 0);

    /// <summary>A full userdata, charged to the heap.</summary>
    public abstract LuaUserdata NewUserdata(object payload, LuaTable? metatable, int sizeBytes);

    /// <summary>
    /// The address of a userdata's block as a bare pointer: what C pushes as light userdata.
    /// </summary>
    public abstract LightUserdata PointerTo(LuaUserdata userdata);

    /// <summary>
    /// Keeps a value alive for the host, as luaL_ref; the number is valid until <see cref="Release"/>.
    /// </summary>
    public abstract int Reference(LuaValue value);

    /// <summary>The value of a <see cref="Reference"/>.</summary>
    public abstract LuaValue Dereference(int reference);

    /// <summary>Releases a <see cref="Reference"/>.</summary>
    public abstract void Release(int reference);

    public abstract LuaString NumberToString(in LuaValue number);
    public abstract bool TryToNumber(in LuaValue value, out LuaValue number);
    public abstract bool TryToInteger(in LuaValue value, out long integer);

    /// <summary>
    /// luaL_tolstring without metamethods: what <c>tostring</c> gives for plain values; addresses are deterministic.
    /// </summary>
    public abstract LuaString ToText(in LuaValue value);

    /// <summary>The metatable of any value, as getmetatable of the C API.</summary>
    public abstract LuaTable? GetMetatable(in LuaValue value);

    /// <summary>Sets the metatable shared by a basic type (strings, for one).</summary>
    public abstract void SetTypeMetatable(LuaType type, LuaTable? metatable);

    /// <summary>The name in a type error: __name, "light userdata", "no value" or the type.</summary>
    public abstract string TypeNameForError(in LuaValue value, bool absent);

    // ---- errors ----

    /// <summary>
    /// The position of the running Lua function at a level, "main.lua:12:" with a space after it, or "".
    /// </summary>
    public abstract string Where(int level);

    /// <summary>Where a function of Lua begins, as <see cref="Where"/> writes it; "" for others.</summary>
    public abstract string PlaceOf(LuaFunction function);

    /// <summary>
    /// The chunk name and the line of the function at a level, as lua_getinfo gives them: "=[C]" and -1 for a native
    /// one. Null: there is no such level.
    /// </summary>
    public abstract (LuaString Source, int Line)? SourceLine(int level);

    /// <summary>
    /// Gives the function that called the running native one another environment: its first upvalue. False: it is not a
    /// Lua function.
    /// </summary>
    public abstract bool TrySetCallerEnvironment(LuaValue environment);

    public LuaException ErrorHere(string message) => new(LuaString.FromText(Where(1) + message));
    public abstract LuaException ArgumentError(int index, string message);

    /// <summary>The text of debug.traceback for a coroutine (null: the running one).</summary>
    public abstract string Traceback(LuaThread? thread, string? message, int level);

    /// <summary>
    /// A native function with a value of its own, which <see cref="LuaCall.Bound"/> gives to its body.
    /// </summary>
    public LuaFunction NewFunction(string name, NativeBody body, LuaValue bound) => NewNativeClosure(name, body, bound);

    internal abstract LuaObject? TakeFinalizable();
    internal abstract void FinalizeAll();
    internal abstract LuaThread CurrentThread { get; }
    internal abstract bool CanYield { get; }
    internal abstract bool IsMain(LuaThread thread);
    internal abstract LuaThread NewThread(LuaFunction body);
    internal abstract NativeClosure NewNativeClosure(string name, NativeBody body, LuaValue bound);
    internal abstract void SetMetatable(LuaObject obj, LuaTable? metatable);
    internal abstract LuaValue MetaField(in LuaValue value, LuaString name);
    internal abstract void Push(LuaThread thread, in LuaValue value);
    internal abstract void SetRaised(in LuaValue error);
    internal abstract void SetContinuation(NativeFrame frame, IEnumerator<NativeStep> routine);
}
