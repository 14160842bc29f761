using System.Globalization;
using System.Text;

using AirHil.Lua;
using AirHil.Lua.Compile;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Firmware.Libraries.Core;
using AirHil.VirtualModem.Firmware.Libraries.Encodings;
using AirHil.VirtualModem.Firmware.Scripts;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries;

/// <summary>
/// An engine with the hardware-independent libraries and an rtos that jumps from timer to timer, so that scripts can be
/// tried without a module around them. A script ends when no timer is left.
/// </summary>
internal sealed class ScriptBench
{
    private const long Budget = 50_000_000;

    private readonly SortedDictionary<(long Due, long Order), (long Id, long Period, long Repeat)> _timers = [];
    private readonly LuaState _state;
    private long _order;

    public ScriptBench(int bits = 32)
    {
        _state = LuaEngine.Create(new LuaOptions { Bits = bits, HeapLimit = null });
        _state.Host = Host;
        _state.Printer = texts => Printing.Print(Host.Log, texts.Select(text => text.Memory));
        foreach (var library in (LibraryDefinition[])
            [
                LogLibrary.Definition, JsonLibrary.Definition, ZbuffLibrary.Definition, PackLibrary.Definition,
                CryptoLibrary.Definition,
            ])
        {
            _state.Globals[library.Name] = FunctionCatalogue.Complete(library.Name, library).AsUserdata;
        }

        // A library of which nothing is modelled.
        _state.Globals["sensor"] = FunctionCatalogue.Complete("sensor", null).AsUserdata;
        var strings = ((LuaLibrary)_state.Globals["string"].AsUserdata!).Definition;
        _state.Globals["string"] = StringExtensions.Merge(strings).AsUserdata;
        var bits32 = ((LuaLibrary)_state.Globals["bit32"].AsUserdata!).Definition;
        _state.Globals["bit"] = BitAlias.Merge(bits32).AsUserdata;
        var metatable = _state.NewTable();
        metatable["__index"] = _state.Globals["string"];
        _state.SetTypeMetatable(LuaType.String, metatable);
        _state.Globals["rtos"] = new LibraryDefinition("rtos")
            .Add("INF_TIMEOUT", -1)
            .Add("MSG_TIMER", 1)
            .Add("timer_start", TimerStart)
            .Add("timer_stop", TimerStop)
            .Add("receive", Receive)
            .Add("reboot", (in LuaCall call) => throw call.Error("rebooted"))
            .AsUserdata;
        _state.Globals["ticks"] = new NativeFunction("ticks", (in LuaCall call) => call.Return(LuaValue.Integer(Now)));
        _state.Globals["require"] = new NativeFunction("require", Require);
    }

    public FakeFirmware Host { get; } = new();

    /// <summary>Virtual milliseconds.</summary>
    public long Now { get; private set; }

    /// <summary>The log records so far, bytes as Latin-1.</summary>
    public IEnumerable<string> Log => Host.Records.Select(Encoding.Latin1.GetString);

    /// <summary>
    /// The values of an expression list as text, " , " between them: i:1, f:1.5, "text" with bytes as Latin-1.
    /// </summary>
    public string Eval(string expressions) => Show(Execute("return " + expressions));

    public IReadOnlyList<LuaValue> Values(string expressions) => Execute("return " + expressions);

    /// <summary>Runs a script until it ends; the message of its error, or null.</summary>
    public string? Run(string script)
    {
        try
        {
            Execute(script);
            return null;
        }
        catch (LuaException error)
        {
            return error.Value.AsString is { } text ? Encoding.Latin1.GetString(text.Span) : error.Value.ToString();
        }
    }

    /// <summary>Puts bytes into a global, for scripts to work on.</summary>
    public void Set(string name, byte[] bytes) => _state.Globals[name] = _state.NewString(bytes);

    private IReadOnlyList<LuaValue> Execute(string script)
    {
        var chunk = LuaCompiler.Compile(Encoding.UTF8.GetBytes(script), LuaString.FromText("@main.lua"),
            _state.Numbers);
        _state.Start(_state.Load(chunk));
        return _state.Run(Budget) switch
        {
            RunStatus.Finished => _state.Results,
            RunStatus.Failed => throw _state.Error!,
            var other => throw new InvalidOperationException($"The script ended as {other}."),
        };
    }

    private string Show(IReadOnlyList<LuaValue> values) =>
        values.Count == 0 ? "(no value)" : string.Join(" , ", values.Select(Show));

    private string Show(LuaValue value)
    {
        if (value.AsString is { } text) return $"\"{Encoding.Latin1.GetString(text.Span)}\"";
        if (value.IsInteger) return "i:" + value.AsInteger.ToString(CultureInfo.InvariantCulture);
        if (value.IsFloat) return "f:" + _state.NumberToString(value);
        if (value.AsTable is not { } table)
        {
            return value.IsNil || value.IsBoolean ? value.ToString() : $"<{value.TypeName}>";
        }

        var items = new List<string>();
        for (var i = 1L; i <= table.Length; i++) items.Add(Show(table[i]));
        for (LuaValue key = default; table.Next(key, out key, out var item);)
        {
            if (!key.IsInteger || key.AsInteger < 1 || key.AsInteger > table.Length)
            {
                items.Add($"[{Show(key)}]={Show(item)}");
            }
        }

        return $"{{{string.Join(",", items)}}}";
    }

    private int Require(in LuaCall call)
    {
        var name = call.String(1).ToString();
        var loaded = Loaded(call.State)[name];
        if (!loaded.IsNil) return call.Return(loaded);
        var chunk = BuiltInScripts.Find(name, call.State.Numbers) ?? throw call.Error($"module '{name}' not found");
        return call.Continue(frame => Load(frame, name, frame.State.Load(chunk)));
    }

    private static IEnumerator<NativeStep> Load(NativeFrame frame, string name, LuaFunction main)
    {
        yield return NativeStep.Call(main);
        Loaded(frame.State)[name] = frame.Result(0);
        frame.Return(frame.Result(0));
    }

    /// <summary>Where tracebacks look for the names of functions.</summary>
    private static LuaTable Loaded(LuaState state)
    {
        if (state.Registry["_LOADED"].AsTable is not { } loaded) state.Registry["_LOADED"] = loaded = state.NewTable();
        return loaded;
    }

    private int TimerStart(in LuaCall call)
    {
        var (id, period, repeat) = (call.Integer(1), (uint)call.Integer(2), call.IntegerOr(3, 0));
        if (period < 1) return call.Return(0);
        _timers[(Now + period, ++_order)] = (id, period, repeat);
        return call.Return(1);
    }

    private int TimerStop(in LuaCall call)
    {
        var id = call[1].AsInteger;
        foreach (var key in _timers.Where(timer => timer.Value.Id == id).Select(timer => timer.Key).ToList())
        {
            _timers.Remove(key);
        }

        return call.Return();
    }

    private int Receive(in LuaCall call)
    {
        if (_timers.Count == 0) throw new LuaException(LuaString.FromText("nothing is left to do"));
        var ((due, order), (id, period, repeat)) = _timers.First();
        _timers.Remove((due, order));
        Now = due;
        if (repeat != 0) _timers[(due + period, ++_order)] = (id, period, repeat > 0 ? repeat - 1 : repeat);
        return call.Return(1, LuaValue.Integer(id), LuaValue.Integer(repeat));
    }
}
