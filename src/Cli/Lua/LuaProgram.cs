using System.Diagnostics;
using System.Text;
using AirHil.Cli.Streams;
using AirHil.Lua;
using AirHil.Lua.Run;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Cli.Lua;

/// <summary>One run of <c>airhil lua</c>: an engine with the host's libraries, its chunks, and how it ends.</summary>
internal sealed class LuaProgram : IDisposable
{
    private const long Slice = 5_000_000;

    private readonly LuaState _state;
    private readonly HostFile _input;
    private readonly HostFile _output;
    private readonly HostFile _error;
    private readonly Terminal _terminal;
    private readonly CancellationToken _cancel;
    private readonly bool _isModule;

    public LuaProgram(Terminal terminal, int bits, bool isModule, string folder, CancellationToken cancel)
    {
        _terminal = terminal;
        _input = new HostFile(terminal.OpenInput(), null) { IsStandard = true };
        _output = new HostFile(null, terminal.OpenOutput()) { IsStandard = true };
        _error = new HostFile(null, terminal.OpenError()) { IsStandard = true };
        _cancel = cancel;
        _isModule = isModule;
        _state = LuaEngine.Create(isModule
            ? new LuaOptions { Bits = bits }
            : new LuaOptions
            {
                Bits = bits,
                NumberStyle = NumberStyle.Standard,
                HeapLimit = null,
                ModuleLibraries = false,
            });
        _output.SetBuffering(terminal.IsOutputRedirected ? Buffering.Full : Buffering.Line, 4096);
        _error.SetBuffering(Buffering.None, 1);
        _state.Printer = Print;
        _state.ScriptReader = ReadScript;
        _state.UtcNowSeconds = () => DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        _state.CpuSeconds = () => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
        if (isModule) OpenModule(folder);
        else OpenPlain(folder);
    }

    private void OpenPlain(string folder)
    {
        _state.TimezoneOffsetSeconds = (int)TimeZoneInfo.Local.GetUtcOffset(DateTime.UtcNow).TotalSeconds;
        var seed = new Random();
        _state.RandomSource = () => (ulong)seed.NextInt64(long.MinValue, long.MaxValue);
        var loaded = _state.Registry["_LOADED"].AsTable!;
        loaded["io"] = _state.Globals["io"] = HostIoLibrary.Create(_state, _input, _output, _error);
        HostOsLibrary.Extend(_state.Globals["os"].AsTable!);
        HostPackageLibrary.Open(_state, $"{folder}/?.lua;{folder}/?/init.lua;./?.lua;./?/init.lua");
        var prompt = new DebugPrompt(_input, _terminal.Error);
        _state.Globals["debug"].AsTable!["debug"] = new NativeFunction("debug.debug", prompt.Enter);
    }

    private void OpenModule(string folder)
    {
        _state.Globals["require"] = new NativeFunction("require", new ModuleRequire(folder).Require);
        _state.OnAllocationFailed = (total, used, asked) => _terminal.Error.WriteLine(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"E/mem memory allocation failed total {total}, used {used}, alloc {asked}"));
    }

    public void SetArguments(string script, IReadOnlyList<string> arguments)
    {
        var table = _state.NewTable();
        table[-1] = Environment.ProcessPath ?? "lua";
        table[0] = script;
        for (var i = 0; i < arguments.Count; i++) table[i + 1] = arguments[i];
        _state.Globals["arg"] = table;
    }

    /// <summary>Runs a chunk to its end.</summary>
    /// <returns>An exit code: 0, or 1 where it failed; the message is on standard error then.</returns>
    /// <exception cref="ExitRequest">The script called os.exit.</exception>
    public int Run(ReadOnlySpan<byte> content, string chunkName, IReadOnlyList<string> arguments)
    {
        LuaFunction chunk;
        try
        {
            chunk = _state.LoadFile(content, LuaString.FromText(chunkName));
        }
        catch (LuaSyntaxException e)
        {
            return Fail(e.Message);
        }

        _state.Start(chunk, [.. arguments.Select(argument => (LuaValue)argument)]);
        if (RunOn() == RunStatus.Finished) return 0;
        var error = _state.Error!;
        return Fail(TextByMeta(error.Value) ?? error.Message + "\n" + error.LuaTraceback);
    }

    /// <summary>Calls the finalizers that are left.</summary>
    public void CloseState()
    {
        _state.StartClosing();
        RunOn();
    }

    public void Dispose()
    {
        _output.Flush();
        _error.Flush();
        _input.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private RunStatus RunOn()
    {
        while (true)
        {
            var status = _state.Run(Slice);
            if (status != RunStatus.Preempted) return status;
            _cancel.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The text that an error object's __tostring gives; null where it has none.</summary>
    private string? TextByMeta(LuaValue error)
    {
        if (error.AsString is not null) return null;
        if (_state.GetMetatable(error)?["__tostring"].AsFunction is not { } convert) return null;
        _state.Start(convert, error);
        return RunOn() == RunStatus.Finished && _state.Results is [var text, ..] ? text.AsString?.ToString() : null;
    }

    /// <summary>Writes an error as lua does.</summary>
    /// <returns>The exit code, 1.</returns>
    public int Fail(string message)
    {
        _output.Flush();
        _error.Write(Encoding.UTF8.GetBytes($"lua: {message}\n"));
        return 1;
    }

    private void Print(IReadOnlyList<LuaString> texts)
    {
        for (var i = 0; i < texts.Count; i++)
        {
            if (i > 0) _output.Write("\t"u8);
            _output.Write(texts[i].Span);
        }

        _output.Write("\n"u8);
        if (_isModule) _output.Flush();
    }

    private static ReadOnlyMemory<byte>? ReadScript(LuaString name)
    {
        try
        {
            return ScriptFile.Read(name.ToString());
        }
        catch (Exception e) when (HostError.IsOne(e))
        {
            return null;
        }
    }
}
