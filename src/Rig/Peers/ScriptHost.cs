using System.Globalization;
using System.Text;
using AirHil.Lua;
using AirHil.Lua.Compile;
using AirHil.Lua.Run;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;
using AirHil.Modem;

namespace AirHil.Rig.Peers;

/// <summary>
/// Runs a script of the user on an engine of its own: Lua 5.3 with numbers of 64 bits, in the run's time, and without
/// files, clock and host. It takes no time to compute. What it does is its owner's to pass on.
/// </summary>
internal sealed class ScriptHost
{
    /// <summary>Instructions of one call; a script that needs more has an endless loop.</summary>
    public const long InstructionLimit = 5_000_000;

    /// <summary>Bytes of its values.</summary>
    public const long HeapLimit = 16 << 20;

    /// <summary>Timers at one time.</summary>
    public const int TimerLimit = 10_000;

    /// <summary>Calls of timers without that time passes.</summary>
    public const int CallsAtOnceLimit = 10_000;

    /// <summary>Bytes that are sent or logged by one call: a line of a recording holds them in any form.</summary>
    public const int LongestText = 2 << 20;

    /// <summary>Bytes that are sent and logged in one second of the run.</summary>
    public const int BytesASecond = 32 << 20;

    /// <summary>How far up the position of a script is looked for that ran out of instructions.</summary>
    private const int LevelsSearched = 20;

    /// <summary>What a script has no use for, or must not have: files, the host, the machinery of the engine.</summary>
    private static readonly string[] Forbidden = ["os", "debug", "dofile", "loadfile"];

    private static readonly Prototype Tasks = Compile("tasks.lua");

    private readonly IScriptOwner _owner;
    private readonly LuaState _state;
    private readonly DueQueue<ScriptTimer> _due = new();
    private readonly SortedDictionary<long, ScriptTimer> _timers = [];
    private readonly DateTimeOffset _startDate;
    private readonly IReadOnlyList<string> _heard;
    private readonly int _receiver;
    private readonly int _waiting;
    private bool _isRunning;
    private long _lastTimer;
    private int _callsNow;
    private TimeSpan _secondEnds;
    private long _bytesThisSecond;
    private bool _isOver;

    /// <param name="script">What to run.</param>
    /// <param name="owner">Who has it; <see cref="LuaCall.Host{T}"/> gives the functions this.</param>
    /// <param name="own">The functions that the owner brings, beside those of every script.</param>
    /// <param name="heard">The functions of the script that the owner calls; others that begin so are a slip.</param>
    /// <param name="seed">The run's and the script's own.</param>
    /// <param name="startDate">Calendar time at the run's time 0.</param>
    public ScriptHost(
        PeerScript script, IScriptOwner owner, LibraryDefinition own, IReadOnlyList<string> heard, ulong seed,
        DateTimeOffset startDate)
    {
        (Script, _owner, _heard, _startDate) = (script, owner, heard, startDate);
        Modules = new ScriptModules(script);
        _state = LuaEngine.Create(new LuaOptions
        {
            Bits = 64,
            NumberStyle = NumberStyle.Standard,
            HeapLimit = HeapLimit,
            ModuleLibraries = false,
        });
        _state.Host = this;
        _state.RandomSource = new Modem.SplitMix64(seed).Next;
        foreach (var name in Forbidden) _state.Globals[name] = default(LuaValue);
        foreach (var (name, function) in ScriptLibrary.Definition.Entries) _state.Globals[name] = function;
        foreach (var (name, function) in ScriptModules.Definition.Entries) _state.Globals[name] = function;
        var tasks = Run(_state.Load(Tasks))!;
        (_receiver, _waiting) = (_state.Reference(tasks[0]), _state.Reference(tasks[1]));
        foreach (var (name, function) in own.Entries) _state.Globals[name] = function;
        _state.Globals["print"] = _state.Globals["log"];
        _state.Globals["random"] = _state.Globals["math"].AsTable!["random"];
        _state.Globals["parameters"] = Parameters(script);
    }

    public PeerScript Script { get; }

    /// <summary>The files that it requires.</summary>
    public ScriptModules Modules { get; }

    public IScriptOwner Owner => _owner;

    public TimeSpan Now { get; private set; }

    /// <summary>The date as the script has it.</summary>
    public DateTimeOffset Date => _startDate + Now;

    /// <summary>When its first timer is due; null: there is none.</summary>
    public TimeSpan? NextDue => _isOver ? null : _due.Next;

    /// <summary>Whether it does something at a time to come, or when one of the functions is called.</summary>
    public bool IsAlive(IEnumerable<string> called) => !_isOver && (_timers.Count > 0 || called.Any(Has)
        || Run(_state.Dereference(_waiting).AsFunction!) is [{ IsTruthy: true }]);

    /// <summary>Runs the script from its top.</summary>
    public void Start(TimeSpan now)
    {
        Now = now;
        try
        {
            Run(_state.LoadFile(Encoding.UTF8.GetBytes(Script.Text), LuaString.FromText("@" + Script.Name)));
        }
        catch (LuaSyntaxException wrong)
        {
            Fail(wrong.Message);
        }

        if (Slip() is not { } name) return;
        Fail($"{Script.Name}: nobody calls '{name}'; what is called is {string.Join(", ", _heard)}");
    }

    /// <summary>Calls a global function, if the script has it.</summary>
    /// <returns>What it returns; null: it is not there, or the script is at its end.</returns>
    public IReadOnlyList<LuaValue>? Call(string function, TimeSpan now, params LuaValue[] arguments)
    {
        Pass(now);
        return !_isOver && _state.Globals[function].AsFunction is { } there ? Run(there, arguments) : null;
    }

    /// <summary>Whether the script has a global function of this name.</summary>
    public bool Has(string function) => _state.Globals[function].AsFunction is not null;

    /// <summary>Gives bytes to <c>on_data</c>, or to a task that waits for some.</summary>
    /// <returns>What <c>on_data</c> returns; null: it is not there.</returns>
    public IReadOnlyList<LuaValue>? Deliver(LuaValue data, TimeSpan now)
    {
        Pass(now);
        if (Has("on_data")) return Call("on_data", now, data);
        if (!_isOver) Run(_state.Dereference(_receiver).AsFunction!, data);
        return null;
    }

    /// <summary>Calls the timers that are due.</summary>
    public void RunTimers(TimeSpan now)
    {
        while (!_isOver && _due.Next is { } due && due <= now && _due.TryTakeDue(now, out var timer))
        {
            Pass(due);
            if (timer.IsStopped) continue;
            if (++_callsNow > CallsAtOnceLimit)
            {
                Fail($"{Script.Name}: its timers call each other without an end, and no time passes; " +
                    "after(0, …) needs a duration");
                return;
            }

            var function = _state.Dereference(timer.Function).AsFunction!;
            if (timer.Period is { } period) _due.Add(due + period, timer);
            else Stop(timer.Number);
            Run(function);
        }

        Pass(now);
    }

    /// <summary>Starts a timer.</summary>
    /// <param name="period">It is called again and again so far apart; null: once.</param>
    /// <returns>Its number; null: there are too many.</returns>
    public long? Start(TimeSpan delay, TimeSpan? period, LuaFunction function)
    {
        if (_timers.Count >= TimerLimit) return null;
        var timer = new ScriptTimer(++_lastTimer, _state.Reference(function), period);
        _timers.Add(timer.Number, timer);
        _due.Add(Now + delay, timer);
        return timer.Number;
    }

    /// <summary>Stops a timer.</summary>
    /// <returns>False: it was stopped before, or is over.</returns>
    public bool Stop(long number)
    {
        if (!_timers.Remove(number, out var timer)) return false;
        timer.IsStopped = true;
        _state.Release(timer.Function);
        return true;
    }

    /// <summary>Counts what the script sends or logs.</summary>
    /// <returns>Why it is too much; null: it is not.</returns>
    public string? Spend(long bytes)
    {
        if (bytes > LongestText) return $"{bytes} bytes are too many for one call, which takes {LongestText}";
        if (Now >= _secondEnds) (_secondEnds, _bytesThisSecond) = (Now + TimeSpan.FromSeconds(1), 0);
        return (_bytesThisSecond += bytes) > BytesASecond
            ? $"more than {BytesASecond} bytes were sent and logged within a second; let some time pass"
            : null;
    }

    /// <summary>The script is at its end: a function of it gave what it must not.</summary>
    public void Refuse(string function, string why) =>
        Fail($"{(_state.Globals[function].AsFunction is { } there ? _state.PlaceOf(there) : "")}{function} {why}");

    /// <inheritdoc cref="IScriptOwner.Log"/>
    public bool Log(string line) => _owner.Log(line);

    /// <summary>The engine, for values to hand over and to keep.</summary>
    public LuaState State => _state;

    /// <summary>A text of bytes for the script.</summary>
    public LuaValue Text(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return _state.NewString(bytes.ToArray());
        }
        catch (LuaException full)
        {
            Fail($"{Script.Name}: {full.Message}: its values have {HeapLimit} bytes and more");
            return default;
        }
    }

    private static Prototype Compile(string resource)
    {
        using var stream = typeof(ScriptHost).Assembly.GetManifestResourceStream(resource)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return LuaCompiler.CompileFile(
            bytes, LuaString.FromText("@" + resource), new NumberModel(64, NumberStyle.Standard));
    }

    /// <summary>A function of the script that looks like one of those that are called, and is none.</summary>
    private string? Slip()
    {
        LuaValue key = default;
        while (_state.Globals.Next(key, out key, out var value))
        {
            if (value.AsFunction is null || key.AsString?.ToString() is not { } name) continue;
            if (name.StartsWith("on_", StringComparison.Ordinal) && !_heard.Contains(name)) return name;
        }

        return null;
    }

    private void Pass(TimeSpan now)
    {
        if (now <= Now) return;
        Now = now;
        _callsNow = 0;
    }

    private IReadOnlyList<LuaValue>? Run(LuaFunction function, params LuaValue[] arguments)
    {
        if (_isRunning) throw new InvalidOperationException($"{Script.Name} is called while it runs");
        _state.Start(function, arguments);
        _isRunning = true;
        var status = _state.Run(InstructionLimit);
        _isRunning = false;
        switch (status)
        {
            case RunStatus.Finished:
                return _state.Results;
            case RunStatus.Failed:
                var error = _state.Error!;
                Fail(_state.ToText(error.Value) + (error.LuaTraceback is { } trace ? "\n" + trace : ""));
                return null;
            default:
                Fail(string.Create(CultureInfo.InvariantCulture,
                    $"{Position()}more than {InstructionLimit} instructions in one call; likely an endless loop"));
                return null;
        }
    }

    private string Position()
    {
        for (var level = 0; level < LevelsSearched; level++)
        {
            if (_state.Where(level) is { Length: > 0 } place) return place;
        }

        return Script.Name + ": ";
    }

    private void Fail(string message)
    {
        if (_isOver) return;
        _isOver = true;
        _owner.Fail(message);
    }

    private LuaTable Parameters(PeerScript script)
    {
        var table = _state.NewTable(0, script.Parameters.Count);
        foreach (var (name, text) in script.Parameters) table[name] = ValueOf(text);
        return table;
    }

    /// <summary>A number where the text is exactly how that number is written, else the text.</summary>
    private LuaValue ValueOf(string text) => PeerScript.NumberOf(text) is not { } number ? text
        : _state.Numbers.TryToInteger(number, out var integer) ? LuaValue.Integer(integer)
        : LuaValue.Float(number);

    /// <summary>The parameters "NAME N" as a table from N to their values.</summary>
    public LuaTable Numbered(string name)
    {
        var table = _state.NewTable(0, 0);
        foreach (var (whole, text) in Script.Parameters)
        {
            if (!whole.StartsWith(name + " ", StringComparison.Ordinal)) continue;
            if (ValueOf(whole[(name.Length + 1)..]) is { IsNumber: true } number) table[number] = ValueOf(text);
        }

        return table;
    }

    /// <param name="Function">The engine's reference.</param>
    private sealed record ScriptTimer(long Number, int Function, TimeSpan? Period)
    {
        public bool IsStopped { get; set; }
    }
}
