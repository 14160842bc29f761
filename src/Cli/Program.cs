using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using AirHil.Cli.Commands;
using AirHil.Cli.Commands.BenchCommands;
using AirHil.Cli.Output;
using AirHil.Cli.Usage;
using AirHil.Rig.Replay;
using AirHil.Rig.Scenarios;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var ready = Task.CompletedTask;
var run = RunCommand.Create(ready);
var root = new RootCommand(
    "Test the Lua firmware of your Air780E on a virtual module, in virtual time, with faults.\n\n" +
    "Exit codes: 0 passed, 1 a scenario failed (or --strict), 2 interrupted, 3 internal error, 4 usage or input,\n" +
    "5 nothing ran, 6 target not available, 7 not deterministic, 42 wall-clock limit.")
{
    TestCommand.Create(ready), run, StepsCommand.Create(), FidelityCommand.Create(), HashCommand.Create(),
    LuaCommand.Create(), ReplayCommand.Create(), CompareCommand.Create(),
    ExportCommand.Create(), BenchCommand.Create(),
};
run.Options.Add(new HelpOption { Action = new HelpWithPhrases(new HelpAction(), RunCommand.HelpText()) });

// "@uart" is a tag, not the name of a file with arguments.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Errors.Count > 0) return UsageErrors.Tell(Console.Error, parsed);

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // the commands end by themselves sooner, and with their own exit code
        ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
    });
}
catch (UsageException e)
{
    Console.Error.WriteLine($"airhil: {e.Message}");
    return e.ExitCode;
}
catch (FirmwareNotFoundException e)
{
    Console.Error.WriteLine($"airhil: {e.Message}");
    Console.Error.WriteLine("airhil: give a script file, or a folder that holds main.lua and what it requires");
    return ExitCode.Usage;
}
catch (RecordingDeviationException e)
{
    Console.Error.WriteLine($"airhil: {e.Message}");
    return ExitCode.Failed;
}
catch (OperationCanceledException)
{
    return ExitCode.Interrupted;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    // A file that is there and cannot be read; its name is in the message.
    Console.Error.WriteLine($"airhil: {e.Message}");
    return ExitCode.Usage;
}
catch (Exception e)
{
    Console.Error.WriteLine($"airhil: internal error, which is a fault of AirHil and not of your script:\n{e}");
    return ExitCode.InternalError;
}
