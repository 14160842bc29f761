namespace AirHil.Cli.Tests.Commands.BenchCommands;

/// <summary>
/// `airhil bench emulate` in a process of its own: what a user has instead of a board, with its bench file. It is of
/// use on Linux alone; elsewhere it is not started.
/// </summary>
public sealed class EmulatedBench : IAsyncLifetime
{
    public const string WhyNot = "the emulator lives on the pseudo-terminals of Linux";

    /// <summary>The bench file as the emulator wrote it.</summary>
    public const string File = "bench.yaml";

    /// <summary>A script that beats, and answers on UART 1.</summary>
    public const string Answering =
        """
        PROJECT = "answering"
        VERSION = "1.0.0"
        _G.sys = require("sys")
        log.info("this is", "NAME")
        uart.setup(1, 115200, 8, 1)
        uart.on(1, "receive", function(id)
          local s = uart.read(id, 1024)
          if #s > 0 then uart.write(1, "<" .. s .. ">") end
        end)
        sys.timerLoopStart(function() log.info("beat") end, 500)
        sys.run()
        """;

    private readonly TempFolder _folder = new();
    private RunningCommand? _emulator;

    /// <summary>The folder that commands run in.</summary>
    internal TempFolder Folder => _folder;

    internal RunningCommand Emulator => _emulator!;

    public async ValueTask InitializeAsync()
    {
        if (!OperatingSystem.IsLinux()) return;
        _folder.Script(Named("first"), "first");
        _emulator = RunningCommand.In(
            _folder.Path, "bench", "emulate", "--script", "first", "--dir", "board", "--bench-file", File);
        await _emulator.Shows("Ctrl-C ends it");
    }

    public async ValueTask DisposeAsync()
    {
        if (_emulator is not null) await _emulator.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The script that answers, with a name of its own in its log.</summary>
    public static string Named(string name) => Answering.Replace("NAME", name, StringComparison.Ordinal);

    /// <summary>Runs `airhil` to its end, with the bench file.</summary>
    internal Task<Airhil.Outcome> Run(params string[] arguments) =>
        RunningCommand.ToItsEnd(_folder.Path, [.. arguments, "--bench", File]);
}
