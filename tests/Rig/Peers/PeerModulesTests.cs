using AirHil.Rig.Peers;

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
        File.Delete(Path.Combine(_root.FullName, "a.lua"));
        File.CreateSymbolicLink(Path.Combine(_root.FullName, "a.lua"), Write("other/secret.lua", "return 2"));
        Should.Throw<IOException>(() => PeerScript.Read(path, "peer.lua")).Message.ShouldContain(
            "a.lua' is a link to another folder");
    }

    [Fact]
    public void A_link_that_leads_out_by_way_of_a_linked_folder_is_refused()
    {
        Write("other/sub/x.lua", "");
        Write("other/secret.lua", "return 2");
        var path = Write("own/peer.lua", "require('secret')");
        var own = Path.GetDirectoryName(path)!;
        Directory.CreateSymbolicLink(Path.Combine(own, "way"), Path.Combine(_root.FullName, "other", "sub"));
        File.CreateSymbolicLink(Path.Combine(own, "secret.lua"), Path.Combine("way", "..", "secret.lua"));
        Should.Throw<IOException>(() => PeerScript.Read(path, "peer.lua")).Message.ShouldContain("another folder");
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
