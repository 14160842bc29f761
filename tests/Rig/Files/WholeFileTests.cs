using AirHil.Rig.Files;
using AirHil.Rig.Tests.Sessions;

namespace AirHil.Rig.Tests.Files;

public sealed class WholeFileTests
{
    [Fact]
    public void A_file_is_replaced_as_a_whole_or_not_at_all()
    {
        using var file = new TempFile("kept/report.txt");
        WholeFile.Write(file.Path, stream => stream.Write("old"u8));
        Should.Throw<IOException>(() => WholeFile.Write(file.Path, stream =>
        {
            stream.Write(new byte[100_000]);
            File.ReadAllText(file.Path).ShouldBe("old");
            throw new IOException("No space left on device");
        }));
        File.ReadAllText(file.Path).ShouldBe("old");
        WholeFile.Write(file.Path, stream => stream.Write("new"u8));
        File.ReadAllText(file.Path).ShouldBe("new");
        Directory.GetFiles(Path.GetDirectoryName(file.Path)!).ShouldBe([file.Path]);
    }

    [Fact]
    public void A_link_is_followed_and_a_device_is_written_to()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links and devices as Linux has them");
        using var file = new TempFile("real.txt");
        WholeFile.Write(file.Path, stream => stream.Write("old"u8));
        File.CreateSymbolicLink(file.Beside("link.txt"), "real.txt");
        WholeFile.Write(file.Beside("link.txt"), stream => stream.Write("new"u8));
        File.ReadAllText(file.Path).ShouldBe("new");
        new FileInfo(file.Beside("link.txt")).LinkTarget.ShouldBe("real.txt");
        WholeFile.Write("/dev/null", stream => stream.Write("new"u8));
        FileStatus.Of("/dev/null").Kind.ShouldBe(FileKind.Special);
    }
}
