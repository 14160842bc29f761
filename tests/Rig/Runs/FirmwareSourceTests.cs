using System.Text;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Runs;

public sealed class FirmwareSourceTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airhil");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_folder_brings_its_scripts_and_what_its_layout_names_main_first()
    {
        Write("util.lua", "-- util");
        Write("a.txt", "a");
        Write("b.txt", "b");
        Write("main.lua", "-- main");
        Write("airhil.layout", "# resources\n\n a.txt  # a text\n");
        foreach (var secret in (string[])[".env", ".hidden.lua", "client.key", "notes.md"]) Write(secret, "secret");
        foreach (var ours in (string[])["a.feature", "airhil.bench.yaml"]) Write(ours, "of the rig");
        var source = FirmwareSource.FromPath(_folder.FullName);
        source.Files.Select(f => f.Key).ShouldBe(["main.lua", "a.txt", "util.lua"]);
        source.LeftOut.ShouldBe(["b.txt", "client.key", "notes.md"]);
        Encoding.UTF8.GetString(source.Files[0].Value.Span).ShouldBe("-- main");
        source.Name.ShouldBe(_folder.Name);
    }

    [Fact]
    public void One_file_becomes_the_main_script()
    {
        Write("beat.lua", "x");
        FirmwareSource.FromPath(Path.Combine(_folder.FullName, "beat.lua")).Files.ShouldHaveSingleItem().Key
            .ShouldBe("main.lua");
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Should.Throw<FirmwareNotFoundException>(() => FirmwareSource.FromPath("no/such.lua")).Message
            .ShouldContain("no/such.lua");
        Should.Throw<FirmwareNotFoundException>(() => FirmwareSource.FromPath(_folder.FullName)).Message
            .ShouldContain("found: nothing");
        Write("util.lua", "-- util");
        Should.Throw<FirmwareNotFoundException>(() => FirmwareSource.FromPath(_folder.FullName)).Message
            .ShouldContain("holds no main.lua; found: util.lua");
    }

    [Fact]
    public void Files_given_as_text_may_lack_a_main_script() =>
        FirmwareSource.FromFiles([new("util.lua", "-- util")]).Files.ShouldHaveSingleItem();

    [Theory]
    [InlineData("nothere.txt", "names nothere.txt, which the folder does not hold")]
    [InlineData(".env", "names '.env', but hidden files do not go into sessions")]
    [InlineData("client.PEM", "names 'client.PEM', but keys do not go into sessions")]
    [InlineData("../up.txt", "names '../up.txt', but the module's script area is flat")]
    public void A_layout_names_nothing_that_must_not_travel(string name, string why)
    {
        Write("main.lua", "-- main");
        if (!name.Contains('/')) Write(name == "nothere.txt" ? "else.txt" : name, "x");
        Write("airhil.layout", name);
        Should.Throw<FirmwareNotFoundException>(() => FirmwareSource.FromPath(_folder.FullName)).Message
            .ShouldContain(why);
    }

    [Theory]
    [InlineData("../outside.lua")]
    [InlineData("/etc/hostname")]
    [InlineData("out/outside.lua")]
    [InlineData("deep/../outside.lua")]
    [InlineData("inner.lua")]
    [InlineData("./inner.lua")]
    [InlineData(".//././inner.lua")]
    [InlineData("../firmware/inner.lua")]
    public void A_link_that_leaves_the_folder_is_refused_by_its_name(string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        var folder = _folder.CreateSubdirectory("firmware");
        _folder.CreateSubdirectory("elsewhere");
        Write("firmware/main.lua", "-- main");
        Write("outside.lua", "-- outside");
        Write("elsewhere/outside.lua", "-- outside");
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "out"), Path.Combine(_folder.FullName, "elsewhere"));
        var deep = _folder.CreateSubdirectory("elsewhere/deep").FullName;
        Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "deep"), deep);
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "inner.lua"), "main.lua");
        FirmwareSource.FromPath(folder.FullName).Files.Select(f => f.Key).ShouldBe(["main.lua", "inner.lua"]);

        File.CreateSymbolicLink(Path.Combine(folder.FullName, "linked.lua"), target);
        var read = () => FirmwareSource.FromPath(folder.FullName);
        if (target.EndsWith("inner.lua", StringComparison.Ordinal)) read().Files.Count.ShouldBe(3);
        else Should.Throw<FirmwareNotFoundException>(read).Message.ShouldContain("linked.lua' is a link to /");
    }

    /// <summary>Another name makes no hidden file and no key a part of the script.</summary>
    [Theory]
    [InlineData(".env", "but hidden files do not go into sessions")]
    [InlineData(".git/config", "but hidden files do not go into sessions")]
    [InlineData("keys/client.pem", "but keys do not go into sessions")]
    public void A_link_to_what_must_not_travel_is_refused(string target, string why)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        foreach (var folder in (string[])[".git", "keys"]) _folder.CreateSubdirectory(folder);
        Write(target, "TOKEN=secret");
        Write("main.lua", "f = io.open('/luadb/a.txt')");
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "a.txt"), target);
        var source = FirmwareSource.FromPath(_folder.FullName);
        source.Files.Select(f => f.Key).ShouldBe(["main.lua"]);
        source.Refused.ShouldHaveSingleItem().ShouldContain(why);
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "b.lua"), "./" + target);
        Should.Throw<FirmwareNotFoundException>(() => FirmwareSource.FromPath(_folder.FullName)).Message
            .ShouldContain(why);
    }

    [Fact]
    public void A_file_that_a_script_names_in_the_script_area_comes_too()
    {
        Write("main.lua", "require 'b' load(io.readFile(\"/luadb/person.pb\")) f = io.open('/luadb/none.txt')");
        Write("b.lua", "local path = [[/luadb/a b.txt]] local folder = \"/luadb/\" .. 'c.txt'");
        foreach (var name in (string[])["person.pb", "a b.txt", "c.txt", "d.txt"]) Write(name, name);
        var source = FirmwareSource.FromPath(_folder.FullName);
        source.Files.Select(f => f.Key).ShouldBe(["main.lua", "a b.txt", "b.lua", "person.pb"]);
        source.LeftOut.ShouldBe(["c.txt", "d.txt"]);
        source.Refused.ShouldBeEmpty();
    }

    [Fact]
    public void The_scripts_of_lib_name_files_beside_the_main_script()
    {
        _folder.CreateSubdirectory("user");
        _folder.CreateSubdirectory("lib");
        Write("user/main.lua", "-- main");
        Write("user/logo.jpg", "logo");
        Write("lib/picture.lua", "return '/luadb/logo.jpg'");
        FirmwareSource.FromPath(_folder.FullName).Files.Select(f => f.Key)
            .ShouldBe(["main.lua", "logo.jpg", "picture.lua"]);
    }

    [Theory]
    [InlineData(".env", "x", "but hidden files do not go into sessions")]
    [InlineData("client.pem", "x", "but keys do not go into sessions")]
    [InlineData("id_rsa.txt", "x", "but keys do not go into sessions")]
    [InlineData("ca.crt", "-----BEGIN RSA PRIVATE KEY-----\nMII", "but keys do not go into sessions")]
    [InlineData("large.bin", null, "but the script area of a module has no room for it")]
    public async Task A_file_that_must_not_travel_stays_and_a_notice_names_it(string name, string? content, string why)
    {
        Write("main.lua", $"log.info('x', io.exists('/luadb/{name}'))");
        Write(name, content ?? new string('x', (448 * 1024) + 1));
        var source = FirmwareSource.FromPath(_folder.FullName);
        source.Files.ShouldHaveSingleItem().Key.ShouldBe("main.lua");
        source.LeftOut.ShouldBeEmpty();
        source.Refused.ShouldHaveSingleItem().ShouldStartWith($"the script names '/luadb/{name}', {why}");
        await using var bench = new Bench(new BenchOptions());
        bench.Firmware(source);
        bench.Summary().Notices.ShouldBe(source.Refused);
    }

    [Fact]
    public void A_named_link_that_leaves_the_folder_stays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        var folder = _folder.CreateSubdirectory("firmware").FullName;
        Write("outside.txt", "x");
        Write("firmware/main.lua", "f = io.open('/luadb/a.txt') g = io.open('/luadb/b.txt')");
        Write("firmware/c.txt", "c");
        File.CreateSymbolicLink(Path.Combine(folder, "a.txt"), "../outside.txt");
        File.CreateSymbolicLink(Path.Combine(folder, "b.txt"), "c.txt");
        var source = FirmwareSource.FromPath(folder);
        source.Files.Select(f => f.Key).ShouldBe(["main.lua", "b.txt"]);
        source.Refused.ShouldHaveSingleItem().ShouldContain("'/luadb/a.txt', but it is a link to /");
    }

    [Fact]
    public void A_layout_does_not_name_a_key_of_another_name()
    {
        Write("main.lua", "-- main");
        Write("airhil.layout", "client.txt");
        Write("client.txt", "-----BEGIN PRIVATE KEY-----\nMII");
        Should.Throw<FirmwareNotFoundException>(() => FirmwareSource.FromPath(_folder.FullName)).Message
            .ShouldContain("client.txt' holds a key, but keys do not go into sessions");
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
