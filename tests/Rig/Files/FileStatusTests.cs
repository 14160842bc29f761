using System.Diagnostics;
using AirHil.Rig.Files;
using AirHil.Rig.Tests.Sessions;

namespace AirHil.Rig.Tests.Files;

public sealed class FileStatusTests
{
    [Fact]
    public async Task Files_of_the_user_and_of_root_are_trusted_and_no_others()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "owners as Linux has them");
        if (OperatingSystem.IsWindows()) return;
        using var file = new TempFile("bench.yaml");
        File.WriteAllText(file.Path, "");
        FileStatus.WhyNotTrusted(file.Path).ShouldBeNull();
        FileStatus.WhyNotTrusted("/etc/hostname").ShouldBeNull();
        FileStatus.WhyNotTrusted("/tmp").ShouldBeNull("it is root's, and nobody can put his own in another's place");
        File.SetUnixFileMode(file.Path, (UnixFileMode)0b110_110_110);
        FileStatus.WhyNotTrusted(file.Path).ShouldBe("everybody may write to it");
        File.SetUnixFileMode(file.Path, (UnixFileMode)0b110_100_100);
        File.CreateSymbolicLink(file.Beside("link"), file.Path);
        FileStatus.WhyNotTrusted(file.Beside("link")).ShouldBe("it is a link");

        using var chown = Process.Start("chown", ["12345", file.Path]);
        await chown.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.SkipUnless(chown.ExitCode == 0, "only root can give a file away");
        FileStatus.WhyNotTrusted(file.Path).ShouldBe("it belongs to the user 12345, who is neither you nor root");
    }
}
