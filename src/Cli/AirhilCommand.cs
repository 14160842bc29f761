using System.CommandLine;
using System.CommandLine.Help;
using AirHil.Cli.Commands;
using AirHil.Cli.Commands.BenchCommands;
using AirHil.Cli.Commands.HuntCommands;
using AirHil.Cli.Output;
using AirHil.Cli.Streams;
using AirHil.Cli.Usage;
using AirHil.Lua.Run;
using AirHil.Rig.Replay;
using AirHil.Rig.Runs;
using AirHil.Rig.Sessions;
using AirHil.Rig.World;

namespace AirHil.Cli;

/// <summary>The `airhil` command: a command line in, an exit code out.</summary>
internal static class AirhilCommand
{
    /// <param name="cancel">Asks the command to end.</param>
    /// <returns>The exit code, see <see cref="ExitCode"/>.</returns>
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> arguments, Terminal terminal, CancellationToken cancel)
    {
        // "@uart" is a tag, not the name of a file with arguments.
        var parsed = Create(terminal).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0 || UsageErrors.UnknownOptions(parsed).Any())
        {
            return UsageErrors.Tell(terminal.Error, parsed);
        }

        try
        {
            if (!HasFolder()) throw new UsageException("the current folder is gone; go to one that is there");
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = terminal.Out,
                Error = terminal.Error,
            };
            var code = await parsed.InvokeAsync(configuration, cancel);
            if (terminal.OutputFailure.Message is not { } problem) return code;
            terminal.Error.WriteLine($"airhil: standard output cannot be written: {problem}");
            return code == ExitCode.Passed ? ExitCode.Usage : code;
        }
        catch (Exception e)
        {
            return Tell(terminal.Error, e);
        }
    }

    private static bool HasFolder()
    {
        try
        {
            return Directory.GetCurrentDirectory().Length > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static RootCommand Create(Terminal terminal)
    {
        var ready = Task.CompletedTask;
        var run = RunCommand.Create(terminal, ready);
        run.Options.Add(new HelpOption { Action = new HelpWithPhrases(new HelpAction(), RunCommand.HelpText()) });
        return new RootCommand(
            "Test the Lua firmware of your Air780E on a virtual module, in virtual time, with faults.\n\n" +
            "Exit codes: 0 passed, 1 a scenario failed (or --strict), 2 interrupted, 3 internal error,\n" +
            "4 usage or input, 5 nothing ran, 6 target not available, 7 not deterministic, 42 wall-clock limit.")
        {
            TestCommand.Create(terminal, ready), run, HuntCommand.Create(terminal),
            StepsCommand.Create(terminal), FidelityCommand.Create(terminal),
            HashCommand.Create(terminal), LuaCommand.Create(terminal), ReplayCommand.Create(terminal),
            CompareCommand.Create(terminal), ExportCommand.Create(terminal), CorpusCommand.Create(terminal),
            BenchCommand.Create(terminal),
        };
    }

    /// <summary>Tells why a command ended before its time.</summary>
    internal static int Tell(TextWriter error, Exception exception)
    {
        switch (exception)
        {
            case UsageException e:
                error.WriteLine($"airhil: {e.Message}");
                return e.ExitCode;
            case FirmwareNotFoundException e:
                error.WriteLine($"airhil: {e.Message}");
                error.WriteLine("airhil: give a script file, or a folder that holds main.lua and what it requires");
                return ExitCode.Usage;
            case SessionFormatException e:
                error.WriteLine($"airhil: {e.Message}");
                return ExitCode.Usage;
            case RecordingDeviationException or ScriptFailedException:
                error.WriteLine($"airhil: {exception.Message}");
                return ExitCode.Failed;
            case RunFailedException { IsOfHost: true }:
                error.WriteLine($"airhil: {exception.Message}");
                return ExitCode.Usage;
            case RunFailedException { InnerException: not null } or NativeFaultException:
                error.WriteLine($"airhil: {exception.Message}");
                error.WriteLine(
                    "airhil: this is a fault of AirHil and not of your script; please report it with the script");
                return ExitCode.Failed;
            case OperationCanceledException:
                return ExitCode.Interrupted;
            case IOException or UnauthorizedAccessException:
                // A file that is there and cannot be read; its name is in the message.
                error.WriteLine($"airhil: {exception.Message}");
                return ExitCode.Usage;
            default:
                error.WriteLine(
                    $"airhil: internal error, which is a fault of AirHil and not of your script:\n{exception}");
                return ExitCode.InternalError;
        }
    }
}
