using AirHil.Modem.Pins;
using AirHil.Rig.Peers;

namespace AirHil.Rig.Tests.Peers;

public sealed class PeerMachineTests
{
    [Fact]
    public void Bytes_reach_on_data_and_send_answers() =>
        new PeerWorld("function on_data(d) send(d:upper()) end").Give("abc").Seen.ShouldBe(["0 sends ABC"]);

    [Fact]
    public void Timers_fire_at_their_time_and_can_be_cancelled() => new PeerWorld(
        """
        local n = 0
        local t = every(10, function() n = n + 1; log(n, now()) end)
        after(35, function() log(cancel(t), cancel(t)) end)
        """).Run(100).Seen.ShouldBe(["10 logs 1 10", "20 logs 2 20", "30 logs 3 30", "35 logs true false"]);

    [Fact]
    public void Silence_gathers_what_comes_in_pieces()
    {
        var peer = new PeerWorld("silence(20) function on_data(d) log(d) end");
        peer.Give("ab").Run(10).Give("cd").Run(30).Give("e").Run(100);
        peer.Seen.ShouldBe(["30 logs abcd", "60 logs e"]);
    }

    [Fact]
    public void A_task_receives_by_count_by_text_and_by_time()
    {
        var peer = new PeerWorld(
            """
            task(function()
              log(receive(3), receive("\r\n"), receive(nil, 50))
              sleep(5)
              log(receive(2, 100), receive(2, 100))
            end)
            """);
        peer.Give("abcde\r").Run(10).Give("\nf").Run(1).Give("gh").Run(200);
        peer.Seen.ShouldBe(["10 logs abc de\r\n f", "115 logs gh nil"]);
    }

    [Fact]
    public void A_task_that_fails_names_its_line() => new PeerWorld("\ntask(function() sleep(1) error('no') end)")
        .Run(2).Failed.ShouldNotBeNull().ShouldStartWith("peer.lua:2: no");

    [Fact]
    public void Waiting_is_for_tasks() => new PeerWorld("function on_data() sleep(1) end").Give("a").Failed
        .ShouldNotBeNull().ShouldStartWith("peer.lua:1: sleep waits, so it must be called inside of task(");

    [Fact]
    public void What_nobody_receives_is_dropped_with_a_line() => new PeerWorld("log()")
        .Give(new string('x', 70_000))
        .Seen[1..].ShouldBe(["0 logs more than 65536 bytes came and were not received; the first ones are dropped"]);

    [Fact]
    public void A_pin_is_looked_at_and_held()
    {
        var peer = new PeerWorld(
            "log(level(27), level(0)) function on_level(p, l) log(p, l, level(p)) level(3, 0) level(3, nil) end");
        peer.Give(new PeerInput.PinChanged(27, PinDrive.High)).Give(new PeerInput.PinChanged(27, PinDrive.Pulses));
        peer.Seen.ShouldBe([
            "0 logs 0 0", "0 logs 27 1 1", "0 holds 3 Low", "0 holds 3 Released", "0 logs 27 nil nil",
            "0 holds 3 Low", "0 holds 3 Released",
        ]);
    }

    [Fact]
    public void Without_wires_to_pins_a_level_is_an_error() => new PeerWorld("level(1)", 1, hasPins: false).Failed
        .ShouldNotBeNull().ShouldStartWith("peer.lua:1: this target has no wires to the module's pins");

    [Theory]
    [InlineData("send")]
    [InlineData("log")]
    [InlineData("print")]
    public void It_does_not_do_without_end_what_takes_no_time(string function) =>
        new PeerWorld($"for i = 1, 20000 do {function}('x') end").Failed
            .ShouldNotBeNull().ShouldStartWith("peer.lua:1: more than 10000 things were done at one time");

    [Theory]
    [InlineData("send(('x'):rep(2097153))", "2097153 bytes are too many for one call, which takes 2097152")]
    [InlineData("local s = ('x'):rep(1048577) log(s, s)", "2097154 bytes are too many for one call")]
    [InlineData("local s = ('x'):rep(1048576) every(1, function() send(s) end)", "more than 33554432 bytes were sent")]
    [InlineData("local s = ('x'):rep(1048576) every(1, function() log(s) end)", "more than 33554432 bytes were sent")]
    [InlineData("local s = ('x'):rep(100000) for i = 1, 9000 do log(s) end", "more than 33554432 bytes were sent")]
    public void It_does_not_hold_bytes_without_end(string lua, string why) =>
        new PeerWorld(lua).Run(3000).Failed.ShouldNotBeNull().ShouldStartWith($"peer.lua:1: {why}");

    [Fact]
    public void Much_is_sent_where_time_passes() =>
        new PeerWorld("local s = ('x'):rep(1048576) every(100, function() send(s) end)").Run(10_000).Failed
            .ShouldBeNull();
}
