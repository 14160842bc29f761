using AirHil.Rig.Peers;
using AirHil.Tests;

namespace AirHil.Rig.Tests.Peers;

public sealed class PeerModulesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("airhil-modules");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [InlineData("require 'a' require(\"b\") pcall(require, 'c')", "a b c")]
    [InlineData("require('d')", "a d")]
    [InlineData("require('missing') require('a.b') require('../a') require '/a'", "")]
    [InlineData("require(name) -- a", "")]
    public void Files_of_the_folder_that_are_named_are_read_with_those_that_they_name(string lua, string names)
    {
        foreach (var name in "abc") Write($"own/{name}.lua", "require 'a'");
        Write("own/d.lua", "local d = require('d') require('a')");
        var script = PeerScript.Read(Write("own/peer.lua", lua), "peer.lua");
        string.Join(' ', script.Modules.Select(m => m.Key)).ShouldBe(names);
    }

    [Fact]
    public void A_link_to_another_folder_is_refused_and_one_within_it_is_taken()
    {
        File.CreateSymbolicLink(Path.Combine(_root.FullName, "a.lua"), Write("b.lua", "return 1"));
        var path = Write("peer.lua", "require('a')");
        PeerScript.Read(path, "peer.lua").Modules.ShouldBe([new("a", "return 1")]);
        foreach (var same in (string[])["./b.lua", ".//./b.lua", $"../{_root.Name}/b.lua"])
        {
            File.Delete(Path.Combine(_root.FullName, "a.lua"));
            File.CreateSymbolicLink(Path.Combine(_root.FullName, "a.lua"), same);
            PeerScript.Read(path, "peer.lua").Modules.ShouldBe([new("a", "return 1")]);
        }

        File.Delete(Path.Combine(_root.FullName, "a.lua"));
        File.CreateSymbolicLink(Path.Combine(_root.FullName, "a.lua"), Write("other/secret.lua", "return 2"));
        Should.Throw<IOException>(() => PeerScript.Read(path, "peer.lua")).Message.ShouldContain(
            "a.lua' is a link to another folder");
    }

    [Fact]
    public void A_link_is_followed_as_the_system_does_it()
    {
        Write("other/secret.lua", "return 'secret'");
        Write("other/deep/x", "");
        Write("own/secret.lua", "return 1");
        Directory.CreateSymbolicLink(
            Path.Combine(_root.FullName, "own", "way"), Path.Combine(_root.FullName, "other", "deep"));
        File.CreateSymbolicLink(Path.Combine(_root.FullName, "own", "a.lua"), "way/../secret.lua");
        var path = Write("own/peer.lua", "require('a')");
        Should.Throw<IOException>(() => PeerScript.Read(path, "peer.lua")).Message.ShouldContain(
            "a.lua' is a link to another folder");
    }

    [Fact]
    public void Special_files_and_endless_links_are_not_waited_for()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "it needs /dev");
        Directory.CreateDirectory(Path.Combine(_root.FullName, "folder.lua"));
        PeerScript.Read(Write("a.lua", "require('folder')"), "a.lua").Modules.ShouldBeEmpty();
        File.CreateSymbolicLink(Path.Combine(_root.FullName, "round.lua"), "round.lua");
        var path = Write("b.lua", "require('round')");
        Should.Throw<IOException>(() => PeerScript.Read(path, "b.lua")).Message.ShouldContain("round.lua'");
        File.CreateSymbolicLink(Path.Combine(_root.FullName, "zero.lua"), "/dev/zero");
        path = Write("c.lua", "require('zero')");
        Should.Throw<IOException>(() => PeerScript.Read(path, "c.lua")).Message.ShouldContain("zero.lua' is a link");
        Should.Throw<IOException>(() => PeerScript.Read("/dev/zero", "zero")).Message.ShouldContain("a device");
    }

    [Fact]
    public void Long_gaps_in_a_script_cost_no_more_than_its_length()
    {
        var gap = new string(' ', 500_000);
        var lines = new string('\n', 500_000);
        var path = Write("peer.lua", "require" + gap + "x" + lines + "parameters.a");
        var before = LongRun.Worked;
        PeerScript.Read(path, "peer.lua", [new("a", "1")]).Modules.ShouldBeEmpty();
        (LongRun.Worked - before).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_chain_of_files_is_as_long_as_it_likes()
    {
        for (var i = 0; i < 2000; i++) Write($"m{i}.lua", $"require 'm{i + 1}'");
        PeerScript.Read(Write("peer.lua", "require 'm0'"), "peer.lua").Modules.Count.ShouldBe(2000);
    }

    [Theory]
    [InlineData(' ', 700_000)]
    [InlineData('度', 200_000)]
    public void They_are_no_larger_than_one_script(char letter, int letters)
    {
        Write("a.lua", "--" + new string(letter, letters));
        Write("b.lua", "--" + new string(letter, letters));
        var path = Write("peer.lua", "require('a') require('b')");
        Should.Throw<IOException>(() => PeerScript.Read(path, "peer.lua")).Message.ShouldContain(
            "b.lua': a script and the files that it requires have more than 1048576 bytes");
    }

    [Fact]
    public void A_parameter_may_be_read_by_any_of_them()
    {
        Write("a.lua", "return parameters.speed");
        var path = Write("peer.lua", "require('a')");
        PeerScript.Read(path, "peer.lua", [new("speed", "1")]).Parameters.Count.ShouldBe(1);
        Should.Throw<FormatException>(() => PeerScript.Read(path, "peer.lua", [new("sped", "1")])).Message.ShouldBe(
            "the script peer.lua: it never reads the parameter 'sped'; it reads 'speed'");
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_root.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
