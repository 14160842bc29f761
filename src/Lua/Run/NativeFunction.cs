using System.Runtime.CompilerServices;

using AirHil.Lua.Memory;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>
/// The body of a native function. It reads its arguments from <paramref name="call"/> and returns with one of the
/// call's <c>Return</c> methods; it raises Lua errors by throwing what <see cref="LuaCall.Error"/> and its like give.
/// A body that must call Lua, or stop for the host, hands over with <see cref="LuaCall.Continue"/>.
/// It must keep no state of its own: library functions are shared between engines (use <see cref="LuaState.Host"/>).
/// </summary>
public delegate int NativeBody(in LuaCall call);

/// <summary>A native function value. It belongs to no engine and can be shared.</summary>
public class NativeFunction : LuaFunction
{
    /// <param name="name">As "uart.setup": the function's address follows from it.</param>
    /// <param name="body">What a call does.</param>
    public NativeFunction(string name, NativeBody body)
    {
        Body = body;
        Mark = Uncounted;
        Address = SharedAddress(name);
    }

    public NativeBody Body { get; }

    /// <summary>
    /// The iterator of ipairs: the machine takes the next element of an array itself, and calls it for the rest.
    /// </summary>
    internal bool WalksArrays { get; init; }

    /// <summary>
    /// The native function that an object is. Nearly all are of the class itself, which one comparison tells; a cast
    /// to a class that has derived ones is a call.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static NativeFunction? Of(object? called) =>
        called is not null && called.GetType() == typeof(NativeFunction)
            ? Unsafe.As<NativeFunction>(called)
            : called as NativeFunction;
}

/// <summary>A native function with a value of its own, which the collector follows (PUC-Rio's C closure).</summary>
internal sealed class NativeClosure : NativeFunction
{
    public NativeClosure(string name, NativeBody body, LuaValue bound) : base(name, body)
    {
        Bound = bound;
        Mark = 0;
        Address = 0;
    }

    public LuaValue Bound { get; }

    internal override long SizeIn(HeapSizes sizes) => sizes.NativeClosure(1);
}

/// <summary>What a native routine asks of the machine before it goes on.</summary>
public readonly struct NativeStep
{
    internal enum StepKind
    {
        Call,
        TryCall,
        Suspend,
        Pause,
        YieldableCall,
    }

    internal StepKind Kind { get; private init; }
    internal LuaValue Function { get; private init; }
    internal LuaValue[] Arguments { get; private init; }

    /// <summary>Calls a value; its results are in <see cref="NativeFrame.Results"/> when the routine goes on.</summary>
    public static NativeStep Call(LuaValue function, params LuaValue[] arguments) =>
        new() { Kind = StepKind.Call, Function = function, Arguments = arguments };

    /// <summary>
    /// As <see cref="Call"/>, for the functions of PUC-Rio that have a continuation: the called one may yield.
    /// </summary>
    internal static NativeStep YieldableCall(LuaValue function, params LuaValue[] arguments) =>
        new() { Kind = StepKind.YieldableCall, Function = function, Arguments = arguments };

    /// <summary>
    /// As <see cref="Call"/>, but an error does not pass: <see cref="NativeFrame.Failed"/> tells, the error value is
    /// the one result.
    /// </summary>
    public static NativeStep TryCall(LuaValue function, params LuaValue[] arguments) =>
        new() { Kind = StepKind.TryCall, Function = function, Arguments = arguments };

    /// <summary>
    /// Stops the whole engine until the host calls <see cref="LuaState.Resume"/>; its values are the results.
    /// </summary>
    public static NativeStep Suspend => new() { Kind = StepKind.Suspend, Arguments = [] };

    /// <summary>Lets the machine stop here if the budget is used up; otherwise the routine goes on at once.</summary>
    public static NativeStep Pause => new() { Kind = StepKind.Pause, Arguments = [] };
}

/// <summary>The arguments and results of a native routine, which lives across steps.</summary>
public sealed class NativeFrame
{
    private LuaValue[] _received = [];

    internal NativeFrame(LuaState state, LuaValue[] arguments)
    {
        State = state;
        Arguments = arguments;
    }

    public LuaState State { get; }
    public LuaValue[] Arguments { get; }

    /// <summary>The results of the last step, until the next one.</summary>
    public LuaValue[] Results { get; internal set; } = [];

    /// <summary>Whether the last <see cref="NativeStep.TryCall"/> ended in an error.</summary>
    public bool Failed { get; internal set; }

    /// <summary>What the routine returns to Lua when it ends.</summary>
    public LuaValue[] ReturnValues { get; private set; } = [];

    /// <summary>Takes the results of a call; as many as the last one gave need no new memory.</summary>
    internal void Receive(ReadOnlySpan<LuaValue> results)
    {
        if (results.Length == _received.Length) results.CopyTo(_received);
        else _received = results.ToArray();
        Results = _received;
    }

    public LuaValue Result(int index) => index < Results.Length ? Results[index] : default;

    public void Return(params LuaValue[] values) => ReturnValues = values;
}
