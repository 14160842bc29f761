namespace AirHil.Rig.Tests.Peers;

public sealed class ScriptHostTests
{
    [Theory]
    [InlineData("x = = 1", "peer.lua:1: unexpected symbol near '='")]
    [InlineData("\nlocal t\nprint(t.x)", "peer.lua:3: attempt to index a nil value (local 't')")]
    [InlineData("while true do end", "peer.lua:1: more than 5000000 instructions in one call; likely an endless loop")]
    [InlineData(
        "local n = 0 while true do collectgarbage() n = n + 1 if n > 9999 then error('free') end end",
        "peer.lua:1: more than 5000000 instructions in one call; likely an endless loop")]
    [InlineData(
        "local t, n = {}, 0 while true do if not pcall(function() t[#t + 1] = ('x'):rep(1000000) end) then " +
        "n = n + 1 end if n > 999 then error('free') end end",
        "peer.lua:1: more than 5000000 instructions in one call; likely an endless loop")]
    [InlineData("local t = {} while true do t[#t + 1] = ('x'):rep(100000) .. #t end", "not enough memory")]
    [InlineData("after(-1, print)", "peer.lua:1: bad argument #1 to 'after' (0 to 86400000000 ms)")]
    [InlineData("every(0, print)", "peer.lua:1: bad argument #1 to 'every' (1 to 86400000000 ms)")]
    [InlineData("for i = 1, 10001 do after(1, print) end", "peer.lua:1: there are 10000 timers already; cancel some")]
    [InlineData("local function f() after(0, f) end f()",
        "peer.lua: its timers call each other without an end, and no time passes; after(0, …) needs a duration")]
    [InlineData("task(function()\nsleep('x') end)", "peer.lua:2: bad argument #1 to 'sleep' (0 to 86400000000 ms)")]
    [InlineData("task(function()\nsleep(-1) end)", "peer.lua:2: bad argument #1 to 'sleep' (0 to 86400000000 ms)")]
    [InlineData("task(function()\nreceive(nil, {}) end)", "peer.lua:2: bad argument #2 to 'receive' (0 to ")]
    [InlineData("task(function()\nreceive({}) end)", "peer.lua:2: bad argument #1 to 'receive' (a number of bytes, ")]
    [InlineData("task(function()\nreceive(-1) end)", "peer.lua:2: bad argument #1 to 'receive' (a number of bytes, ")]
    [InlineData("for i = 1, 10001 do task(function() sleep(1) end) end",
        "peer.lua:1: there are 10000 timers already; cancel some")]
    [InlineData("log = nil after = nil task(function() sleep(1)\nerror('awake') end)", "peer.lua:2: awake")]
    [InlineData("unhex('1')", "peer.lua:1: bad argument #1 to 'unhex' ('1' is not bytes")]
    [InlineData("error({})", "table: ")]
    [InlineData("function on_receive(d) end",
        "peer.lua: nobody calls 'on_receive'; what is called is on_data, on_read, on_select, on_level")]
    [InlineData("", "peer.lua: it does nothing: it has none of on_data, on_level, which are called on UART 1, and ")]
    [InlineData("function on_read() end function on_select() end", "peer.lua: it does nothing: it has none of ")]
    [InlineData("function receive(d) log(d) end task(function() end)", "peer.lua: it does nothing: ")]
    [InlineData("on_data = 5 cancel(after(1, print))", "peer.lua: it does nothing: ")]
    public void An_error_ends_it_with_its_line(string lua, string why) =>
        new PeerWorld(lua).Run(1).Failed.ShouldNotBeNull().ShouldStartWith(why);

    [Theory]
    [InlineData("function on_level() end")]
    [InlineData("level(3, 1)")]
    [InlineData("send('')")]
    [InlineData("log()")]
    [InlineData("after(1000, print)")]
    [InlineData("task(function() receive() end)")]
    [InlineData("on_something = 5 function on_read() end function on_level() end")]
    public void A_script_that_does_something_goes_on(string lua) =>
        new PeerWorld(lua).Run(1).Failed.ShouldBeNull();

    [Theory]
    [InlineData("os")]
    [InlineData("io")]
    [InlineData("debug")]
    [InlineData("dofile")]
    [InlineData("loadfile")]
    public void It_cannot_reach_the_host(string name) =>
        new PeerWorld($"log({name})").Seen.ShouldBe(["0 logs nil"]);

    [Theory]
    [InlineData("17", "17", "number")]
    [InlineData("-2.5", "-2.5", "number")]
    [InlineData("007", "007", "string")]
    [InlineData("123456789012", "123456789012", "number")]
    [InlineData("1e3", "1e3", "string")]
    [InlineData("NaN", "NaN", "string")]
    [InlineData("on", "on", "string")]
    public void A_parameter_is_a_number_where_its_text_is_one(string text, string shown, string type) =>
        new PeerWorld("log(parameters.p, type(parameters.p))", [new("p", text)]).Seen.ShouldBe(
            [$"0 logs {shown} {type}"]);

    [Fact]
    public void Random_numbers_are_the_scripts_own()
    {
        const string Lua = "log(random(1000000), math.random(1000000))";
        new PeerWorld(Lua, 1).Seen.ShouldBe(new PeerWorld(Lua, 1).Seen);
        new PeerWorld(Lua, 1).Seen.ShouldNotBe(new PeerWorld(Lua, 2).Seen);
        new PeerWorld(Lua, 1).Seen.ShouldNotBe(new PeerWorld(Lua, 1, "other.lua").Seen);
    }

    [Fact]
    public void Numbers_have_64_bits_and_the_date_is_the_worlds() => new PeerWorld(
        "after(1500, function() log(1 << 40, 10 / 4, date()) end)").Run(2000).Seen.ShouldBe(
        ["1500 logs 1099511627776 2.5 1728739788"]);

    [Fact]
    public void Bytes_are_shown_in_hexadecimal() => new PeerWorld("log(hex('\\1\\xAB'), #unhex('01 AB'))")
        .Seen.ShouldBe(["0 logs 01 AB 2"]);
}
