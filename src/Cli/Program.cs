using System.Text;
using AirHil.Cli;
using AirHil.Cli.Streams;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
// The commands end by themselves sooner, and with their own exit code.
return await AirhilCommand.InvokeAsync(args, Terminal.OfProcess(), terminationTimeout: TimeSpan.FromSeconds(10));
