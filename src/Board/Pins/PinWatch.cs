using System.Diagnostics;
using System.Globalization;
using System.Text;
using AirHil.Board.Power;

namespace AirHil.Board.Pins;

/// <summary>A command that runs as long as the run does and prints "PIN LEVEL" for each change.</summary>
/// <param name="pins">The pins of the module that it tells of.</param>
internal sealed class PinWatch(string command, string folder, IReadOnlyCollection<int> pins, IPinSink sink)
{
    private const int LongestLine = 200;
    private const int MostText = 2000;
    private const int MostLines = 20;
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until it shall end. The sink hears where it ends by itself or says something else.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        var start = ToolRun.Shell(command);
        start.WorkingDirectory = folder;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.UseShellExecute = false;
        try
        {
            using var process = Process.Start(start) ?? throw new PinException($"{command}: it could not be started");
            await WatchAsync(process, end);
        }
        catch (PinException problem)
        {
            sink.Failed(problem);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            sink.Failed(new PinException($"the command that should watch {Names} failed: {e.Message}\n  {command}", e));
        }
    }

    private async Task WatchAsync(Process process, CancellationToken end)
    {
        var said = new OutputTail(MostText);
        try
        {
            var reading = said.ReadAsync(process.StandardError, end);
            await ReadAsync(process.StandardOutput, end);
            await process.WaitForExitAsync(end);
            await Task.WhenAny(reading, Task.Delay(Grace, end));
            var lines = said.Lines(MostLines);
            throw new PinException(
                $"the command that should watch {Names} ended with exit code {process.ExitCode}, and it said "
                + $"{(lines.Count == 0 ? "nothing" : string.Join('\n', lines))}. It must run until it is ended. Try it "
                + $"by hand in the folder {folder}:\n  {command}");
        }
        catch (OperationCanceledException)
        {
            // The run has ended.
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private async Task ReadAsync(StreamReader output, CancellationToken end)
    {
        var line = new StringBuilder();
        var buffer = new char[256];
        while (await output.ReadAsync(buffer, end) is > 0 and var count)
        {
            foreach (var letter in buffer.AsMemory(0, count).ToArray())
            {
                if (letter == '\n') Take(line);
                else if (line.Length < LongestLine) line.Append(letter);
            }
        }
    }

    private void Take(StringBuilder letters)
    {
        var line = letters.ToString().Trim();
        letters.Clear();
        if (line.Length == 0) return;
        var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 2 && LevelWord.Parse(words[1]) is { } isHigh
            && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pin)
            && pins.Contains(pin))
        {
            sink.Seen(pin, isHigh);
            return;
        }

        throw new PinException(
            $"the command that should watch {Names} said '{line}'; expected: the number of one of these pins and low "
            + $"or high, as '{pins.First()} high'\n  {command}");
    }

    private string Names =>
        $"{(pins.Count == 1 ? "pin" : "the pins")} {string.Join(", ", pins.Order())}";
}
