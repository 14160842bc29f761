using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>
/// One call of a native function: its arguments (numbered from 1, as in error texts) and its results.
/// </summary>
public readonly ref struct LuaCall
{
    /// <summary>What a body returns after <see cref="Continue"/>.</summary>
    public const int Continues = -1;

    internal const int ProtectedCalls = -2;
    internal const int HandledCalls = -3;
    internal const int Resumes = -4;
    internal const int Wraps = -5;
    internal const int Yields = -6;
    internal const int Raises = -7;

    private readonly LuaThread _thread;
    private readonly int _base;

    internal LuaCall(LuaState state, LuaThread thread, int firstArgument, int count)
    {
        State = state;
        _thread = thread;
        _base = firstArgument;
        Count = count;
    }

    public LuaState State { get; }
    public LuaThread Thread => _thread;

    /// <summary>The number of arguments given.</summary>
    public int Count { get; }

    /// <summary>Argument <paramref name="index"/>, from 1; nil beyond the last.</summary>
    public LuaValue this[int index] => (uint)(index - 1) < (uint)Count ? _thread.Stack[_base + index - 1] : default;

    /// <summary>The value of a function that <see cref="LuaState.NewFunction"/> made; nil for others.</summary>
    public LuaValue Bound => _thread.Stack[_base - 1].O is NativeClosure closure ? closure.Bound : default;

    public T Host<T>() where T : class => (T)State.Host!;

    // ---- arguments, with PUC-Rio's errors ----

    /// <summary>An integer, or a float or string that is one.</summary>
    public long Integer(int index)
    {
        var value = this[index];
        if (value.IsInteger) return value.N;
        if (State.TryToInteger(value, out var integer)) return integer;
        throw value.IsNumber || State.TryToNumber(value, out _)
            ? ArgumentError(index, "number has no integer representation")
            : TypeError(index, "number");
    }

    /// <summary>As <see cref="Int"/>, of a value at another place of C's stack, which the error names.</summary>
    public int IntOf(in LuaValue value, int index)
    {
        if (State.TryToInteger(value, out var integer)) return unchecked((int)integer);
        throw ArgumentError(index, value.IsNumber || State.TryToNumber(value, out _)
            ? "number has no integer representation"
            : $"number expected, got {State.TypeNameForError(value, absent: false)}");
    }

    public long IntegerOr(int index, long otherwise) => this[index].IsNil ? otherwise : Integer(index);

    /// <summary>
    /// An integer that C keeps in an <c>int</c>: the low 32 bits of <see cref="Integer"/>, with their sign.
    /// </summary>
    public int Int(int index) => unchecked((int)Integer(index));

    public int IntOr(int index, int otherwise) => this[index].IsNil ? otherwise : Int(index);

    /// <summary>
    /// An integer that C keeps in a <c>uint32_t</c> or <c>size_t</c>: the low 32 bits of <see cref="Integer"/>.
    /// </summary>
    public uint UInt(int index) => unchecked((uint)Integer(index));

    public uint UIntOr(int index, long otherwise) =>
        this[index].IsNil ? unchecked((uint)otherwise) : UInt(index);

    /// <summary>A number as a double; strings that read as numbers count.</summary>
    public double Number(int index)
    {
        var value = this[index];
        if (value.IsNumber) return State.Numbers.Round(value.AsNumber);
        if (State.TryToNumber(value, out var number)) return State.Numbers.Round(number.AsNumber);
        throw TypeError(index, "number");
    }

    public double NumberOr(int index, double otherwise) => this[index].IsNil ? otherwise : Number(index);

    /// <summary>
    /// A string; numbers are converted. Whoever asks for it reads it, so its bytes are charged here: no function can
    /// forget to.
    /// </summary>
    public LuaString String(int index)
    {
        var value = this[index];
        var text = value.AsString ?? (value.IsNumber ? State.NumberToString(value) : throw TypeError(index, "string"));
        State.ChargeBytes(text.Length);
        return text;
    }

    public LuaString? StringOrNull(int index) => this[index].IsNil ? null : String(index);

    public LuaTable Table(int index) => this[index].AsTable ?? throw TypeError(index, "table");
    public LuaFunction Function(int index) => this[index].AsFunction ?? throw TypeError(index, "function");
    public bool Truthy(int index) => this[index].IsTruthy;

    /// <summary>Any value, but one must be there.</summary>
    public LuaValue Any(int index) => index <= Count ? this[index] : throw ArgumentError(index, "value expected");

    /// <summary>The payload of a userdata of this type.</summary>
    public T Payload<T>(int index, string typeName) where T : class =>
        this[index].AsUserdata?.Payload as T ?? throw TypeError(index, typeName);

    public LuaValue[] ToArray()
    {
        var values = new LuaValue[Count];
        Array.Copy(_thread.Stack, _base, values, 0, Count);
        return values;
    }

    // ---- errors: throw what these return ----

    /// <summary>"message" with the position of the calling Lua function in front, as luaL_error.</summary>
    public LuaException Error(string message) => State.ErrorHere(message);

    /// <summary>"bad argument #index to 'name' (message)", as luaL_argerror.</summary>
    public LuaException ArgumentError(int index, string message) => State.ArgumentError(index, message);

    /// <summary>"bad argument #index to 'name' (expected expected, got …)".</summary>
    public LuaException TypeError(int index, string expected) =>
        ArgumentError(index, $"{expected} expected, got {State.TypeNameForError(this[index], index > Count)}");

    // ---- results ----

    public int Return() => 0;

    public int Return(LuaValue value)
    {
        State.Push(_thread, value);
        return 1;
    }

    public int Return(LuaValue first, LuaValue second)
    {
        State.Push(_thread, first);
        State.Push(_thread, second);
        return 2;
    }

    public int Return(LuaValue first, LuaValue second, LuaValue third)
    {
        State.Push(_thread, first);
        State.Push(_thread, second);
        State.Push(_thread, third);
        return 3;
    }

    public int Return(ReadOnlySpan<LuaValue> values)
    {
        foreach (var value in values) State.Push(_thread, value);
        return values.Length;
    }

    /// <summary>nil and a message: the way library functions fail softly.</summary>
    public int ReturnFailure(string message) => Return(default, LuaString.FromText(message));

    /// <summary>Raises an error value without the cost of a host exception.</summary>
    internal int Raise(in LuaValue error)
    {
        State.SetRaised(error);
        return Raises;
    }

    /// <summary>Hands the rest of this call over to a routine that can call Lua and be interrupted.</summary>
    public int Continue(Func<NativeFrame, IEnumerator<NativeStep>> routine)
    {
        var frame = new NativeFrame(State, ToArray());
        State.SetContinuation(frame, routine(frame));
        return Continues;
    }
}
