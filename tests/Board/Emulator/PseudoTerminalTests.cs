using AirHil.Board.Emulator;

namespace AirHil.Board.Tests.Emulator;

public sealed class PseudoTerminalTests : IDisposable
{
    private readonly string _folder;

    public PseudoTerminalTests()
    {
        Terminals.SkipWithout();
        _folder = Directory.CreateTempSubdirectory("airhil-test-").FullName;
    }

    private string Link => Path.Combine(_folder, "port");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Bytes_pass_unchanged_both_ways()
    {
        using var terminal = PseudoTerminal.Open();
        using var user = Open(terminal.SlavePath);
        var all = Enumerable.Range(0, 256).Select(b => (byte)b).ToArray();
        terminal.Write(all);
        var got = new byte[256];
        user.ReadExactly(got);
        got.ShouldBe(all);
        user.Write(all);
        var read = 0;
        while (read < 256) read += Some(terminal, got.AsSpan(read));
        got.ShouldBe(all);
    }

    [Fact]
    public void A_link_leads_to_it_until_it_is_unplugged()
    {
        var terminal = PseudoTerminal.Open(Link);
        new FileInfo(Link).LinkTarget.ShouldBe(terminal.SlavePath);
        new FileInfo(Link).LinkTarget.ShouldBe(terminal.SlavePath);
        var made = File.GetCreationTimeUtc(terminal.SlavePath);
        terminal.Unplug();
        File.Exists(Link).ShouldBeFalse();
        // Its number is free now, and any program of the machine may have taken it.
        (File.Exists(terminal.SlavePath) && File.GetCreationTimeUtc(terminal.SlavePath) == made).ShouldBeFalse();
        terminal.IsUnplugged().ShouldBeTrue();
    }

    [Fact]
    public void A_link_that_leads_to_a_newer_port_stays()
    {
        var old = PseudoTerminal.Open(Link);
        using var young = PseudoTerminal.Open(Link);
        old.Unplug();
        new FileInfo(Link).LinkTarget.ShouldBe(young.SlavePath);
    }

    [Fact]
    public void Its_user_meets_a_hang_up_when_it_is_unplugged()
    {
        var terminal = PseudoTerminal.Open();
        using var user = Open(terminal.SlavePath);
        terminal.HasUser.ShouldBeTrue();
        terminal.Unplug();
        user.Read(new byte[1]).ShouldBe(0);
        Should.Throw<IOException>(() => terminal.Write([1]));
        terminal.Read(new byte[1]).ShouldBe(0);
    }

    [Fact]
    public void It_knows_whether_it_has_a_user_and_without_one_a_read_brings_nothing()
    {
        using var terminal = PseudoTerminal.Open();
        terminal.HasUser.ShouldBeFalse();
        terminal.Read(new byte[1]).ShouldBe(0);
        using (Open(terminal.SlavePath)) terminal.HasUser.ShouldBeTrue();
        terminal.HasUser.ShouldBeFalse();
        terminal.Read(new byte[1]).ShouldBe(0);
    }

    [Fact]
    public void A_user_may_come_after_the_bytes_unless_they_were_discarded()
    {
        using var terminal = PseudoTerminal.Open();
        terminal.Write("stale"u8);
        terminal.DiscardUnread();
        terminal.Write("fresh"u8);
        using var user = Open(terminal.SlavePath);
        var got = new byte[5];
        user.ReadExactly(got);
        got.ShouldBe("fresh"u8.ToArray());
    }

    [Fact]
    public async Task A_full_port_holds_the_writer_back_and_loses_nothing()
    {
        using var terminal = PseudoTerminal.Open();
        using var user = Open(terminal.SlavePath);
        var bytes = new byte[200_000];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(i * 31);
        var writing = Task.Run(() => terminal.Write(bytes), TestContext.Current.CancellationToken);
        var got = new byte[bytes.Length];
        user.ReadExactly(got);
        await writing;
        got.ShouldBe(bytes);
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

    private static int Some(PseudoTerminal terminal, Span<byte> bytes)
    {
        var count = terminal.Read(bytes, TimeSpan.FromSeconds(10));
        count.ShouldBeGreaterThan(0);
        return count;
    }
}
