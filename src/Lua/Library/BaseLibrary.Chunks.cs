using AirHil.Lua.Memory;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>Loading of chunks, and the collector's switchboard.</summary>
internal static partial class BaseLibrary
{
    private static readonly LuaString LoadName = LuaString.FromText("=(load)");

    private static int Load(in LuaCall call)
    {
        var mode = call.StringOrNull(3)?.ToMessage() ?? "bt";
        var environment = call.Count >= 4 ? call[4] : call.State.Globals;
        if ((call[1].IsNumber ? call.String(1) : call[1].AsString) is { } source)
        {
            var chunkName = call.StringOrNull(2) ?? source;
            call.State.Charge(source.Length / LibraryWork.CompiledBytesPerInstruction);
            return Finish(call, ChunkLoader.Of(call.State, source.Span, chunkName, mode, environment));
        }

        var name = call.StringOrNull(2) ?? LoadName; // before the first argument is looked at (lbaselib.c, luaB_load)
        var reader = call.Function(1);
        return call.Continue(frame => LoadFromReader(frame, reader, name, mode, environment));
    }

    private static IEnumerator<NativeStep> LoadFromReader(
        NativeFrame frame, LuaFunction reader, LuaString name, string mode, LuaValue environment)
    {
        var source = new List<byte>();
        var parsing = new PieceParsing();
        while (true)
        {
            yield return NativeStep.TryCall(reader);
            if (frame.Failed)
            {
                frame.Return(LuaValue.Nil, frame.Result(0));
                yield break;
            }

            var piece = frame.Result(0);
            if (piece.IsNil) break;
            if ((piece.AsString ?? (piece.IsNumber ? frame.State.NumberToString(piece) : null)) is not { } text)
            {
                frame.Return(LuaValue.Nil, frame.State.Where(1) + "reader function must return a string");
                yield break;
            }

            if (text.Length == 0) break;
            string? refusal = "not enough memory";
            if (HasRoom(((LuaMachine)frame.State).Heap, source.Count + (long)text.Length))
            {
                source.AddRange(text.Span);
                frame.State.Charge(text.Length / LibraryWork.CompiledBytesPerInstruction);
                refusal = parsing.Refusal(frame.State, source, name, mode);
            }

            if (refusal is null) continue;
            frame.Return(LuaValue.Nil, refusal);
            yield break;
        }

        var (function, message) = ChunkLoader.Of(
            frame.State, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(source), name, mode, environment);
        if (function is not null) frame.Return(function);
        else frame.Return(LuaValue.Nil, message!);
    }

    /// <summary>What a reader may give to an engine without a limit of its own.</summary>
    private const long LongestSource = 1 << 26;

    /// <summary>
    /// Whether the heap has room for the text that a reader gave so far. PUC-Rio keeps the code that it has made of the
    /// pieces in its place, which is seldom less.
    /// </summary>
    private static bool HasRoom(LuaHeap heap, long bytes)
    {
        if (bytes > LongestSource) return false;
        if (bytes <= heap.Limit - heap.Used) return true;
        heap.Recount?.Invoke();
        return bytes <= heap.Limit - heap.Used;
    }

    private static int Finish(in LuaCall call, (LuaFunction? Function, string? Message) loaded) =>
        loaded.Function is { } function ? call.Return(function) : call.ReturnFailure(loaded.Message!);

    private static int LoadFile(in LuaCall call)
    {
        var name = call.StringOrNull(1) ?? throw call.Error("loadfile is not available for standard input");
        var mode = call.StringOrNull(2)?.ToMessage() ?? "bt";
        return Finish(call, CompileFile(call, "loadfile", name, mode, call.Count >= 3 ? call[3] : call.State.Globals));
    }

    private static (LuaFunction? Function, string? Message) CompileFile(
        in LuaCall call, string function, LuaString name, string mode, LuaValue environment)
    {
        var reader = call.State.ScriptReader ?? throw call.Error($"{function} is not available");
        if (reader(name) is not { } text)
        {
            // The module prints errno, not its text (lauxlib.c, errfile): 2 is ENOENT.
            var reason = call.State.Options.ModuleLibraries ? "2" : "No such file or directory";
            return (null, $"cannot open {name.ToMessage()}: {reason}");
        }

        return ChunkLoader.OfFile(call.State, text.Span, LuaString.FromText("@" + name.ToMessage()), mode, environment);
    }

    private static int DoFile(in LuaCall call)
    {
        var name = call.StringOrNull(1) ?? throw call.Error("dofile is not available for standard input");
        var (function, message) = CompileFile(call, "dofile", name, "bt", call.State.Globals);
        if (function is null) throw new LuaException(message!);
        return call.Continue(frame => RunFile(frame, function));
    }

    private static IEnumerator<NativeStep> RunFile(NativeFrame frame, LuaFunction function)
    {
        yield return NativeStep.YieldableCall(function);
        frame.Return(frame.Results);
    }

    // ---- collectgarbage ----

    private static int CollectGarbage(in LuaCall call)
    {
        var machine = (LuaMachine)call.State;
        var heap = machine.Heap;
        var option = call.StringOrNull(1)?.ToMessage() ?? "collect";
        switch (option)
        {
            case "collect":
                call.IntegerOr(2, 0);
                machine.ChargeCollection();
                machine.Collect();
                return machine.Collector.HasDue
                    ? call.Continue(frame => Finalize(frame, LuaValue.Integer(0)))
                    : call.Return(LuaValue.Integer(0));
            case "step":
                if (!heap.Step(call.IntegerOr(2, 0))) return call.Return(LuaValue.False);
                machine.ChargeCollection();
                machine.Collect();
                return machine.Collector.HasDue
                    ? call.Continue(frame => Finalize(frame, LuaValue.True))
                    : call.Return(LuaValue.True);
            case "count":
                return call.Return(call.State.Numbers.Float(heap.Asked / 1024.0));
            case "stop":
                heap.Stopped = true;
                return call.Return(LuaValue.Integer(0));
            case "restart":
                heap.Stopped = false;
                heap.SetThreshold();
                return call.Return(LuaValue.Integer(0));
            case "isrunning":
                return call.Return(!heap.Stopped);
            case "setpause":
                var pause = heap.Pause;
                heap.Pause = (int)call.IntegerOr(2, 0);
                return call.Return(LuaValue.Integer(pause));
            case "setstepmul":
                var multiplier = heap.StepMultiplier;
                heap.StepMultiplier = (int)call.IntegerOr(2, 0);
                return call.Return(LuaValue.Integer(multiplier));
            default:
                throw call.ArgumentError(1, $"invalid option '{option}'");
        }
    }

    private static IEnumerator<NativeStep> Finalize(NativeFrame frame, LuaValue result)
    {
        var machine = (LuaMachine)frame.State;
        while (machine.TakeFinalizable() is { } obj)
        {
            var finalizer = machine.Meta(obj, Metamethod.Gc);
            if (finalizer.O is not LuaFunction) continue;
            yield return NativeStep.TryCall(finalizer, obj);
            if (frame.Failed)
            {
                throw new LuaException(machine.FinalizerError(frame.Result(0))) { SkipsHandler = true };
            }
        }

        frame.Return(result);
    }
}
