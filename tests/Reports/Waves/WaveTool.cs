using System.Diagnostics;
using AirHil.Tests;

namespace AirHil.Reports.Tests.Waves;

/// <summary>Programs of others that read a dump.</summary>
internal static class WaveTool
{
    /// <summary>What the program of Debian's package prints; the test is skipped where it is not installed.</summary>
    public static async Task<string> Run(string package, string name, params string[] arguments)
    {
        var program = Executables.Find("AIRHIL_" + name.ToUpperInvariant().Replace('-', '_'), name);
        Assert.SkipWhen(program is null, $"no {name} on the PATH (Debian: apt-get install {package})");
        var start = new ProcessStartInfo(program!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return output;
    }
}
