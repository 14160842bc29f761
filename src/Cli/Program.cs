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
using var interruption = new Interruption(() => terminal.InterruptedCode);
return await AirhilCommand.InvokeAsync(args, terminal, interruption.Token);
