using AirHil.Rig.Peers;

namespace AirHil.Rig.Tests.Peers;

public sealed class ScriptModulesTests
{
    [Theory]
    [InlineData("log(require('a').x)", "local t = {x = 7} return t", "0 logs 7")]
    [InlineData("log(require('a'), require('a'))", "log('runs', ...)", "0 logs runs a|0 logs true true")]
    [InlineData("log(require('a') == require 'a')", "return {}", "0 logs true")]
    [InlineData("log(require('a')())", "return function() return place.uart end", "0 logs 1")]
    [InlineData("require('a')", "function on_data(d) log(d) end after(0, log)", "0 logs ")]
    [InlineData("log(pcall(require, 'b'))", "return 1",
        "0 logs false module 'b' not found: there is no rig/b.lua, or no script has the words require \"b\"")]
    [InlineData("pcall(require, 'a') log(pcall(require, 'a'))", "error('x')",
        "0 logs false loop or previous error loading module 'a'")]
    public void A_file_runs_once_and_gives_its_value(string lua, string module, string seen) =>
        World(lua, module).Run(1).Seen.ShouldBe(seen.Split('|'));

    [Theory]
    [InlineData("\nrequire('a')", "\n\nlocal t t.x = 1", "rig/a.lua:3: attempt to index a nil value (local 't')")]
    [InlineData("\nrequire('a')", "\nx = = 1", "rig/a.lua:2: unexpected symbol near '='")]
    [InlineData("\nrequire('a')", "require('b')", "rig/a.lua:1: module 'b' not found: there is no rig/b.lua")]
    [InlineData("\nrequire('a')", "require('a')", "rig/a.lua:1: loop or previous error loading module 'a'")]
    [InlineData("\nrequire('../a')", "", "rig/peer.lua:2: bad argument #1 to 'require' (a name of letters")]
    [InlineData("\nrequire('/etc/a')", "", "rig/peer.lua:2: bad argument #1 to 'require' (a name of letters")]
    [InlineData("\nrequire('b.a')", "", "rig/peer.lua:2: bad argument #1 to 'require' (a name of letters")]
    [InlineData("\nrequire()", "", "rig/peer.lua:2: bad argument #1 to 'require' (string expected, got no value)")]
    [InlineData("require('a')", "while true do end", "rig/a.lua:1: more than 5000000 instructions in one call")]
    [InlineData("after(5, require('a'))", "return function()\nlog(x.y) end", "rig/a.lua:2: attempt to index a nil")]
    public void An_error_names_the_file_and_the_line(string lua, string module, string why) =>
        World(lua, module).Run(10).Failed.ShouldNotBeNull().ShouldStartWith(why);

    private static PeerWorld World(string lua, string module) => new(
        new PeerScript("rig/peer.lua", lua, []) { Modules = [new("a", module)] });
}
