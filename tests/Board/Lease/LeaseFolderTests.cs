using System.Diagnostics;
using AirHil.Board.BenchFile;
using AirHil.Board.Lease;

namespace AirHil.Board.Tests.Lease;

/// <summary>Leases and bench files of others, and behind links, are not used.</summary>
public sealed class LeaseFolderTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("airhil-trust-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task A_folder_of_somebody_else_and_a_link_are_not_used_for_leases()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "owners as Linux has them");
        var own = _root.CreateSubdirectory("own").FullName;
        LeaseFolder.Open(own).ShouldBe(own);
        var link = Path.Combine(_root.FullName, "link");
        Directory.CreateSymbolicLink(link, own);
        Should.Throw<IOException>(() => LeaseFolder.Open(link)).Message.ShouldContain("is not used: it is a link");
        await GiveAway(own);
        Should.Throw<IOException>(() => LeaseFolder.Open(own)).Message
            .ShouldContain("it belongs to the user 12345, who is neither you nor root");
    }

    [Fact]
    public async Task A_link_in_the_place_of_a_lease_or_of_its_holder_is_not_followed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        var board = LeaseHolderProcess.Board;
        var victim = Path.Combine(_root.FullName, "victim");
        File.WriteAllText(victim, "precious");
        string path;
        using (await BoardLease.AcquireAsync(board, TimeSpan.Zero, Cancel, _root.FullName))
        {
            path = Directory.GetFiles(_root.FullName, "*.lock").Single();
        }

        File.CreateSymbolicLink(Path.ChangeExtension(path, ".holder") + ".new", victim);
        using (await BoardLease.AcquireAsync(board, TimeSpan.Zero, Cancel, _root.FullName))
        {
            File.ReadAllText(victim).ShouldBe("precious");
        }

        File.Delete(path);
        File.CreateSymbolicLink(path, victim);
        (await Should.ThrowAsync<IOException>(
            () => BoardLease.AcquireAsync(board, TimeSpan.Zero, Cancel, _root.FullName))).Message
            .ShouldContain("is a link, which is not followed");
    }

    [Fact]
    public async Task A_bench_file_of_somebody_else_and_a_link_are_not_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "owners as Linux has them");
        var file = Path.Combine(_root.FullName, BenchFilePlace.FileName);
        File.WriteAllText(file, "boards:\n  left:\n    log: /dev/ttyACM2\n");
        BenchFileReader.Load(file).Boards.Count.ShouldBe(1);
        var link = Path.Combine(_root.FullName, "link.yaml");
        File.CreateSymbolicLink(link, file);
        Should.Throw<BenchFileException>(() => BenchFileReader.Load(link)).Message
            .ShouldContain("link.yaml: not used: it is a link");
        await GiveAway(file);
        Should.Throw<BenchFileException>(() => BenchFileReader.Load(file)).Message
            .ShouldContain("not used: it belongs to the user 12345");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static async Task GiveAway(string path)
    {
        using var chown = Process.Start("chown", ["12345", path]);
        await chown.WaitForExitAsync(Cancel);
        Assert.SkipUnless(chown.ExitCode == 0, "only root can give a file away");
    }
}
