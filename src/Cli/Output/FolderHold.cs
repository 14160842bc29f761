using System.Diagnostics;
using System.Globalization;

namespace AirHil.Cli.Output;

/// <summary>
/// One run's hold on the names of its reports in a folder: an exclusive lock on a hidden file, which the system takes
/// back when the process ends. A run that meets another one there gets names of its own.
/// </summary>
internal sealed class FolderHold : IDisposable
{
    private const int Most = 1000;
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private readonly FileStream _lock;

    private FolderHold(FileStream held, string suffix) => (_lock, Suffix) = (held, suffix);

    /// <summary>What the names of the reports have at their end: "" for the first run, "-2" for the next, ….</summary>
    public string Suffix { get; }

    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public static FolderHold Take(string folder)
    {
        Directory.CreateDirectory(folder);
        for (var number = 1; ; number++)
        {
            var suffix = number == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{number}");
            try
            {
                var path = Path.Combine(folder, $".airhil{suffix}.lock");
                return new FolderHold(
                    new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1), suffix);
            }
            catch (IOException e) when (number < Most && IsHeld(e))
            {
                // Another run writes there.
            }
        }
    }

    /// <summary>
    /// Waits for its turn to read a file of a folder and write it again, so that two processes lose nothing of each
    /// other. The turn is over where the result is disposed of.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be written to, or no turn came in time.</exception>
    public static IDisposable TakeTurn(string folder)
    {
        Directory.CreateDirectory(folder);
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                return new FileStream(
                    Path.Combine(folder, ".airhil-turn.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite,
                    FileShare.None, 1);
            }
            catch (IOException e) when (clock.Elapsed < LongestTurn && IsHeld(e))
            {
                Thread.Sleep(Pause);
            }
        }
    }

    public void Dispose() => _lock.Dispose();

    // A sharing violation of Windows; EWOULDBLOCK as Linux and macOS number it.
    private static bool IsHeld(IOException e) => (e.HResult & 0xFFFF) is 32 or 33 or 11 or 35;
}
