using System.Diagnostics;
using AirHil.Modem.Sessions;
using AirHil.Reports.Capture;
using AirHil.Tests;

namespace AirHil.Reports.Tests.Capture;

/// <summary>Wireshark's command, which reads what was written.</summary>
internal static class Tshark
{
    /// <summary>The fields of the packets that fit the filter, a line for each, with a tab between.</summary>
    public static async Task<string[][]> Read(
        IEnumerable<SessionEvent> events, DateTimeOffset? startDate, string filter, params string[] fields)
    {
        var program = Executables.Find("AIRHIL_TSHARK", "tshark");
        Assert.SkipWhen(program is null, "no tshark on the PATH or in AIRHIL_TSHARK (Debian: apt-get install tshark)");
        var path = Path.Combine(Path.GetTempPath(), $"airhil-{Guid.NewGuid():N}.pcapng");
        try
        {
            PcapngExport.Write(path, events, startDate);
            string[] arguments =
                ["-r", path, "-Y", filter, "-T", "fields", .. fields.SelectMany(f => (string[])["-e", f])];
            var start = new ProcessStartInfo(program!, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["TZ"] = "UTC", ["LC_ALL"] = "C" },
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(0, await errors);
            return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];
        }
        finally
        {
            File.Delete(path);
        }
    }
}
