using System.Globalization;

using AirHil.Lua.Compile;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

internal abstract partial class LuaMachine
{
    /// <summary>A culprit that has no name to look for.</summary>
    protected const int NoVariable = -1;

    /// <summary>Added to an upvalue's number to tell it from a register.</summary>
    protected const int UpvalueVariable = 1 << 16;

    /// <summary>Where the registry keeps the loaded modules by name (LUA_LOADED_TABLE).</summary>
    private static readonly LuaValue LoadedField = "_LOADED";

    /// <summary>Takes an error to the nearest frame that handles it; false: it left the main function.</summary>
    private bool Unwind(LuaValue error, bool skipsHandler)
    {
        while (true)
        {
            var thread = Current;
            var frame = thread.Frame;
            while (true)
            {
                if (frame.Kind is FrameKind.Base or FrameKind.ProtectedCall or FrameKind.HandledCall) break;
                if (frame.Kind == FrameKind.Routine && frame.Protects) break;
                if ((frame.Flags & FrameFlags.Finalizer) != 0) break;
                frame = frame.Previous!;
            }

            if ((frame.Flags & FrameFlags.Finalizer) != 0
                && frame.Kind is not (FrameKind.ProtectedCall or FrameKind.HandledCall))
            {
                DropTo(thread, frame.Previous!);
                error = FinalizerError(error);
                skipsHandler = true;
                continue;
            }

            switch (frame.Kind)
            {
                case FrameKind.HandledCall when !skipsHandler:
                    CallHandler(thread, thread.Stack[frame.Function + 1], error);
                    return true;
                case FrameKind.Base when ReferenceEquals(thread, Main):
                    _error = new LuaException(error, ErrorText(error)) { LuaTraceback = Traceback(thread, null, 0) };
                    DropTo(thread, frame);
                    thread.Status = ThreadStatus.Dead;
                    return false;
                case FrameKind.Base:
                    DisposeRoutines(thread, frame);
                    thread.Status = ThreadStatus.Dead;
                    var resumer = thread.Resumer!;
                    thread.Resumer = null;
                    Current = resumer;
                    resumer.Status = ThreadStatus.Running;
                    FailResume(resumer, resumer.Frame, error);
                    return true;
                default:
                    Land(thread, error);
                    return true;
            }
        }
    }

    internal LuaValue FinalizerError(in LuaValue error) =>
        LuaString.FromText(
            $"error in __gc metamethod ({(error.O is LuaString text ? text.ToString() : "no message")})");

    /// <summary>Runs a message handler on top of the frame that failed.</summary>
    private void CallHandler(LuaThread thread, LuaValue handler, LuaValue error)
    {
        if (thread.Frame.Kind == FrameKind.Lua) thread.Top = thread.Frame.Top;
        thread.EnsureStack(2);
        var function = thread.Top;
        thread.Push(handler);
        thread.Push(error);
        // The overflow of native levels is reported once: the handler of that very error goes one level beyond it.
        var levels = thread.DepthBelow + (thread.Frame.Depth & DepthMask) + 1 == MaxDepth ? 2 : 1;
        PreCall(thread, function, 1, FrameFlags.Handler, levels + CallInfo.NoYield);
    }

    /// <summary>Ends the nearest protected call of the current thread with an error value.</summary>
    private void Land(LuaThread thread, LuaValue error)
    {
        var frame = thread.Frame;
        while (frame.Kind is not (FrameKind.ProtectedCall or FrameKind.HandledCall)
               && !(frame.Kind == FrameKind.Routine && frame.Protects))
        {
            frame = frame.Previous!;
        }

        DropTo(thread, frame);
        thread.Top = frame.Function + 1;
        if (thread.Slots > LuaThread.MaxStack) thread.Shrink();
        if (frame.Kind == FrameKind.Routine)
        {
            frame.Protects = false;
            frame.Frame!.Failed = true;
            frame.Frame.Results = [error];
            return;
        }

        thread.EnsureStack(2);
        thread.Push(LuaValue.False);
        thread.Push(error);
        Leave(thread, frame, frame.Function + 1, 2);
    }

    private static void DropTo(LuaThread thread, CallInfo frame)
    {
        DisposeRoutines(thread, frame);
        thread.CloseUpvalues(frame.Kind == FrameKind.Lua ? frame.Top : frame.Function + 1);
        thread.Frame = frame;
        thread.Top = frame.Kind == FrameKind.Lua ? frame.Top : frame.Function + 1;
    }

    private static void DisposeRoutines(LuaThread thread, CallInfo until)
    {
        for (var frame = thread.Frame; !ReferenceEquals(frame, until); frame = frame.Previous!)
        {
            if (frame.Kind == FrameKind.Routine) EndRoutine(frame);
            DropHook(thread, frame);
        }
    }

    private string ErrorText(in LuaValue error) =>
        error.O is LuaString text ? text.ToString()
            : error.IsNumber ? NumberText.Format(error, Numbers)
            : $"(error object is a {error.TypeName} value)";

    // ---- positions ----

    public override string Where(int level) =>
        FrameAt(Current, level) is { Kind: FrameKind.Lua } frame && LineOf(frame) is > 0 and var line
            ? string.Create(CultureInfo.InvariantCulture, $"{ShortSource(frame)}:{line}: ")
            : "";

    public override string PlaceOf(LuaFunction function) => function is LuaClosure { Code.Prototype: var prototype }
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{LuaCompiler.ShortSource(prototype.Source)}:{Math.Max(1, prototype.LineDefined)}: ")
        : "";

    public override (LuaString Source, int Line)? SourceLine(int level) => FrameAt(Current, level) is not { } frame
        ? null
        : frame.Kind == FrameKind.Lua
            ? (frame.Closure!.Code.Prototype.Source, LineOf(frame))
            : (NativeSource, -1);

    public override bool TrySetCallerEnvironment(LuaValue environment)
    {
        if (FrameAt(Current, 1) is not { Kind: FrameKind.Lua } frame) return false;
        if (frame.Closure!.Upvalues is [var first, ..]) first.Slot = environment;
        return true;
    }

    private static readonly LuaString NativeSource = LuaString.FromText("=[C]");

    /// <summary>
    /// An error of the machine itself, with the position of the running Lua function; "?:-1:" where that was stripped
    /// (luaG_runerror, luaG_addinfo).
    /// </summary>
    internal LuaException RuntimeError(string message) => new(LuaString.FromText(
        Current.Frame is { Kind: FrameKind.Lua } frame
            ? string.Create(CultureInfo.InvariantCulture, $"{ShortSource(frame)}:{LineOf(frame)}: {message}")
            : message));

    internal static CallInfo? FrameAt(LuaThread thread, int level)
    {
        if (level < 0) return null;
        var frame = thread.Frame;
        while (level > 0 && frame.Kind != FrameKind.Base)
        {
            level--;
            frame = frame.Previous!;
        }

        return frame.Kind == FrameKind.Base ? null : frame;
    }

    internal static int LineOf(CallInfo frame)
    {
        if (frame.Kind != FrameKind.Lua) return -1;
        return LineAt(frame, Math.Max(frame.Pc - 1, 0));
    }

    private static int LineAt(CallInfo frame, int pc)
    {
        var lines = frame.Closure!.Code.Prototype.Lines;
        return (uint)pc < (uint)lines.Length ? lines[pc] : -1;
    }

    internal static string ShortSource(CallInfo frame) =>
        frame.Kind == FrameKind.Lua ? LuaCompiler.ShortSource(frame.Closure!.Code.Prototype.Source) : "[C]";

    // ---- the errors of instructions ----

    /// <summary>" (local 'x')" for the register or upvalue that holds the culprit, or nothing.</summary>
    protected static string VariableInfo(CallInfo frame, int variable)
    {
        if (variable < 0 || frame.Kind != FrameKind.Lua) return "";
        var prototype = frame.Closure!.Code.Prototype;
        if (variable >= UpvalueVariable)
        {
            return $" (upvalue '{VariableNames.Upvalue(prototype, variable - UpvalueVariable)}')";
        }

        return VariableNames.OfRegister(prototype, frame.Pc - 1, variable) is var (kind, name)
            ? $" ({kind} '{name}')"
            : "";
    }

    /// <summary>"attempt to index a nil value (local 't')".</summary>
    protected LuaException TypeError(in LuaValue value, string operation, int variable) => RuntimeError(
        $"attempt to {operation} a {TypeNameForError(value, false)} value{VariableInfo(Current.Frame, variable)}");

    protected LuaException CompareError(in LuaValue left, in LuaValue right)
    {
        var a = TypeNameForError(left, false);
        var b = TypeNameForError(right, false);
        return RuntimeError(a == b ? $"attempt to compare two {a} values" : $"attempt to compare {a} with {b}");
    }

    private LuaException CallError(in LuaValue called, int function)
    {
        var frame = Current.Frame;
        var variable = frame.Kind == FrameKind.Lua && function < frame.Top && function >= frame.Base
            ? function - frame.Base
            : NoVariable;
        return TypeError(called, "call", variable);
    }

    // ---- the errors of native functions ----

    /// <summary>Says which function failed and which line of the script called it.</summary>
    private NativeFaultException Fault(Exception cause)
    {
        var frame = FrameAt(Current, 0);
        var name = frame is { Kind: not FrameKind.Lua }
            ? CallName(Current, frame)?.Name ?? GlobalName(FunctionOf(Current, frame)) ?? "a native function"
            : "an instruction";
        for (var level = 0; level < MaxDepth; level++)
        {
            if (Where(level) is { Length: > 2 } place) return new NativeFaultException(name, place[..^2], cause);
        }

        return new NativeFaultException(name, "no line of a script", cause);
    }

    public override LuaException ArgumentError(int index, string message)
    {
        var frame = FrameAt(Current, 0);
        if (frame is null) return ErrorHere($"bad argument #{index} ({message})");
        var named = CallName(Current, frame);
        if (named is ("method", var method))
        {
            index--;
            if (index == 0) return ErrorHere($"calling '{method}' on bad self ({message})");
        }

        var name = named?.Name ?? GlobalName(FunctionOf(Current, frame)) ?? "?";
        return ErrorHere(string.Create(CultureInfo.InvariantCulture, $"bad argument #{index} to '{name}' ({message})"));
    }

    internal static LuaValue FunctionOf(LuaThread thread, CallInfo frame) => thread.Stack[frame.Function];

    /// <summary>How the caller's code names the called function (getfuncname).</summary>
    internal static (string Kind, string Name)? CallName(LuaThread thread, CallInfo frame)
    {
        // The reference marks the function that a finalizer interrupts, not the finalizer.
        if (!ReferenceEquals(frame, thread.Frame) && (frame.Next!.Flags & FrameFlags.Finalizer) != 0)
        {
            return ("metamethod", "__gc");
        }

        if ((frame.Flags & FrameFlags.Hook) != 0)
        {
            return frame.Previous is { Kind: FrameKind.Lua } ? ("hook", "?") : null;
        }

        if ((frame.Flags & (FrameFlags.Tail | FrameFlags.Handler)) != 0) return null;
        return frame.Previous is { Kind: FrameKind.Lua } caller
            ? VariableNames.OfCall(caller.Closure!.Code.Prototype, caller.Pc - 1)
            : null;
    }

    /// <summary>
    /// The name of a function in a loaded library (pushglobalfuncname). On the module only what <c>require</c> loaded
    /// is listed; its libraries are no tables and the globals are not there.
    /// </summary>
    internal string? GlobalName(LuaValue function)
    {
        if (Registry[LoadedField].AsTable is not { } loaded) return null;
        LuaValue moduleKey = default;
        while (loaded.Next(moduleKey, out moduleKey, out var module))
        {
            if (moduleKey.AsString is not { } moduleName) continue;
            if (module.RawEquals(function)) return moduleName.ToString();
            if (module.AsTable is not { } fields) continue;
            LuaValue key = default;
            while (fields.Next(key, out key, out var value))
            {
                if (key.AsString is not { } name || !value.RawEquals(function)) continue;
                return moduleName.ToString() == "_G" ? name.ToString() : $"{moduleName}.{name}";
            }
        }

        return null;
    }

    // ---- traceback ----

    private const int FirstLevels = 10;
    private const int LastLevels = 11;

    public override string Traceback(LuaThread? thread, string? message, int level)
    {
        thread ??= Current;
        var last = -1;
        for (var frame = thread.Frame; frame.Kind != FrameKind.Base; frame = frame.Previous!) last++;
        var untilSkip = last - level > FirstLevels + LastLevels ? FirstLevels : -1;
        var text = new System.Text.StringBuilder();
        if (message is not null) text.Append(message).Append('\n');
        text.Append("stack traceback:");
        while (FrameAt(thread, level++) is { } frame)
        {
            if (untilSkip-- == 0)
            {
                text.Append("\n\t...");
                level = last - LastLevels + 1;
                continue;
            }

            text.Append("\n\t").Append(ShortSource(frame)).Append(':');
            if (LineOf(frame) is > 0 and var line) text.Append(CultureInfo.InvariantCulture, $"{line}:");
            text.Append(" in ").Append(FrameName(thread, frame));
            if ((frame.Flags & FrameFlags.Tail) != 0) text.Append("\n\t(...tail calls...)");
        }

        return text.ToString();
    }

    private string FrameName(LuaThread thread, CallInfo frame)
    {
        if (GlobalName(FunctionOf(thread, frame)) is { } global) return $"function '{global}'";
        if (CallName(thread, frame) is var (kind, name)) return $"{kind} '{name}'";
        if (frame.Kind != FrameKind.Lua) return "?";
        var prototype = frame.Closure!.Code.Prototype;
        return prototype.LineDefined == 0
            ? "main chunk"
            : string.Create(CultureInfo.InvariantCulture, $"function <{ShortSource(frame)}:{prototype.LineDefined}>");
    }
}
