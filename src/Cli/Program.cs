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
using var interruption = new Interruption();
return await AirhilCommand.InvokeAsync(args, Terminal.OfProcess(), interruption.Token);
