namespace AirHil.Board.Tests;

/// <summary>The shell that bench files' commands are for in these tests.</summary>
internal static class PosixShell
{
    public static void SkipWithout() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands of this test are for /bin/sh");
}
