using System.Text;
using AirHil.Cli;
using AirHil.Cli.Streams;
using AirHil.Cli.Usage;

if (OpenFileLimit.WhyNot() is { } reason)
{
    Console.Error.WriteLine($"airhil: {reason}");
    return ExitCode.Usage;
}

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var terminal = Terminal.OfProcess();
// What steps of the user's own print belongs to nothing that the command writes.
Console.SetOut(terminal.Error);
Console.SetError(terminal.Error);
using var end = new ProcessEnd(terminal.Error);
using var interruption = new Interruption(() => terminal.InterruptedCode);
using var stop = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token, end.Token);
end.Conclude(await AirhilCommand.InvokeAsync(args, terminal, stop.Token));
return ExitCode.InternalError;
