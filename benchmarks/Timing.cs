using System.Diagnostics;
using System.Globalization;

namespace AirHil.Benchmarks;

/// <summary>
/// Wall times of whole processes: the best of several runs, since everything else on the machine only adds.
/// </summary>
internal static class Timing
{
    public static TimeSpan Best(int runs, string file, params string[] arguments)
    {
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < runs; i++)
        {
            var start = new ProcessStartInfo(file, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            var clock = Stopwatch.StartNew();
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            clock.Stop();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException(
                    $"{file} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error.Result}");
            }

            if (clock.Elapsed < best) best = clock.Elapsed;
        }

        return best;
    }

    public static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";
}
