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
        State = LuaEngine.Create(LuaOptionsOf(parameters) with { Coverage = _board.Coverage });
        State.Host = host;
        _openLibraries(State, host);
        State.TakeHeapBase(parameters.HeapUsedAfterLibraries);
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

    private static LuaOptions LuaOptionsOf(ModemParameters parameters) => new()
    {
        Bits = parameters.Bits,
        NumberStyle = NumberStyle.Module,
        HeapLimit = parameters.HeapBytes,
        ModuleLibraries = true,
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
