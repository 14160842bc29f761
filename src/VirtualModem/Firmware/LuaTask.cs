using System.Collections.Concurrent;
using System.Text;

using AirHil.Lua;
using AirHil.Lua.Run;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// The Lua task's main function (reference §1.5, §2.6): opens the libraries, runs main.lua, and when that ends, for
/// whatever reason, logs it and waits 15 s for the reset.
/// </summary>
internal sealed class LuaTask
{
    /// <summary>By number model; the same in every run.</summary>
    private static readonly ConcurrentDictionary<int, long> LibraryBytes = new();

    private readonly Board _board;
    private readonly Action<LuaState, FirmwareHost> _openLibraries;
    private readonly Action _exited;
    private readonly Alarm _hint;
    private FirmwareHost _host = null!;
    private int _hints;

    /// <param name="board">What the parts of the module share.</param>
    /// <param name="openLibraries">Opens the firmware's libraries in an engine; the same at every start.</param>
    /// <param name="exited">The VM has ended; the reset follows.</param>
    public LuaTask(Board board, Action<LuaState, FirmwareHost> openLibraries, Action exited)
    {
        _board = board;
        _openLibraries = openLibraries;
        _exited = exited;
        _hint = board.NewAlarm(HintAtMissingMain);
    }

    /// <summary>The engine; null before the start of the script.</summary>
    public LuaState? State { get; private set; }

    public void Start(FirmwareHost host)
    {
        _host = host;
        var parameters = _board.Parameters;
        var libraries = LibraryBytes.GetOrAdd(
            parameters.Bits, static (_, task) => task.MeasureLibraries(task._host, task._board.Parameters), this);
        var heapBase = Math.Max(0, parameters.HeapUsedAfterLibraries - libraries);
        State = LuaEngine.Create(LuaOptionsOf(parameters, heapBase) with { Coverage = _board.Coverage });
        State.Host = host;
        _openLibraries(State, host);
        if (host.Scripts.Search("main") is not { } path)
        {
            HintAtMissingMain();
            return;
        }

        try
        {
            State.Start(host.Scripts.Load(State, path)!);
        }
        catch (LuaSyntaxException syntax)
        {
            Exit(Encoding.UTF8.GetBytes(syntax.Message));
            return;
        }
        catch (LuaException error)
        {
            Exit(MessageOf(error.Value)); // a chunk larger than the heap: "not enough memory"
            return;
        }

        host.Cpu.Start(State);
    }

    /// <summary>The engine stopped by itself.</summary>
    public void Ended(RunStatus status)
    {
        if (status == RunStatus.Finished) Exit(null);
        else Exit(MessageOf(State!.Error!.Value));
    }

    /// <summary>A global that the C side reads as a string.</summary>
    public string? GlobalText(string name) => State?.Globals[name].AsString?.ToString();

    /// <summary>
    /// What our count makes of an engine with all libraries open; the module's figure holds more than we count.
    /// </summary>
    private long MeasureLibraries(FirmwareHost host, ModemParameters parameters)
    {
        var probe = LuaEngine.Create(LuaOptionsOf(parameters, heapBase: 0));
        probe.Host = host;
        _openLibraries(probe, host);
        probe.Collect();
        return probe.HeapUsed;
    }

    private static LuaOptions LuaOptionsOf(ModemParameters parameters, long heapBase) => new()
    {
        Bits = parameters.Bits,
        NumberStyle = NumberStyle.Module,
        HeapLimit = parameters.HeapBytes,
        ModuleLibraries = true,
        HeapBase = heapBase,
    };

    /// <summary>lua_tostring of the error object: only strings and numbers have a text.</summary>
    private byte[] MessageOf(LuaValue error)
    {
        if (error.AsString is { } text) return text.Span.ToArray();
        return error.IsNumber ? State!.NumberToString(error).Span.ToArray() : "(null)"u8.ToArray();
    }

    private void HintAtMissingMain()
    {
        if (_hints++ < _board.Parameters.MissingMainHints)
        {
            _board.Log.Write(LogLevel.Error, "main", "there is no main.lua or main.luac in the script area");
            _board.Log.Write(LogLevel.Error, "main", "main.lua is where a script starts; download it with the others");
            _hint.Set(_board.Now + _board.Parameters.MissingMainHintPeriod);
            return;
        }

        Exit("module 'main' not found"u8.ToArray());
    }

    private void Exit(byte[]? message)
    {
        _board.Mailbox.IsClosed = true;
        if (message is not null)
        {
            _host.ErrDump.Record(_host.ErrDump.System, message);
            _board.Log.Write(LogLevel.Error, "main", "Luat: ");
            byte[] line = [.. "E/main "u8, .. message];
            if (_board.Log.Level <= LogLevel.Error) _board.Log.Raw(line.Length > 1024 ? line.AsMemory(0, 1024) : line);
        }

        _board.Log.Write(LogLevel.Error, "main",
            $"Lua VM exit!! reboot in {(long)_board.Parameters.VmExitDelay.TotalMilliseconds}ms");
        _exited();
    }
}
