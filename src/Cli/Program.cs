using System.CommandLine;
using System.CommandLine.Help;
using System.Text;
using AirHil.Cli;
using AirHil.Cli.Commands;
using AirHil.Cli.Output;
using AirHil.Rig.Scenarios;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var run = RunCommand.Create();
var root = new RootCommand(
    "Test the Lua firmware of your Air780E on a virtual module, in virtual time, with faults.\n\n" +
    "Exit codes: 0 passed, 1 a scenario failed (or --strict), 2 interrupted, 3 internal error, 4 usage or input,\n" +
    "5 nothing ran, 6 target not available, 7 not deterministic, 42 wall-clock limit.")
{
    TestCommand.Create(), run, StepsCommand.Create(), HashCommand.Create(),
};
run.Options.Add(new HelpOption { Action = new HelpWithPhrases(new HelpAction(), RunCommand.HelpText()) });

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine($"airhil: {error.Message}");
    Console.Error.WriteLine($"airhil: `airhil {parsed.CommandResult.Command.Name} --help` shows how it is meant");
    return ExitCode.Usage;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (UsageException e)
{
    Console.Error.WriteLine($"airhil: {e.Message}");
    return e.ExitCode;
}
catch (FirmwareNotFoundException e)
{
    Console.Error.WriteLine($"airhil: {e.Message}");
    return ExitCode.Usage;
}
catch (OperationCanceledException)
{
    return ExitCode.Interrupted;
}
catch (IOException e)
{
    // A reader that has seen enough (`airhil run … | head`) is no error of ours.
    Console.Error.WriteLine($"airhil: {e.Message}");
    return ExitCode.Usage;
}
catch (Exception e)
{
    Console.Error.WriteLine($"airhil: internal error, which is a fault of AirHil and not of your script:\n{e}");
    return ExitCode.InternalError;
}
