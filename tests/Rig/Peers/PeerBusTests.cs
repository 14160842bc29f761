using AirHil.Modem.Buses;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Rig.Devices;
using AirHil.Rig.Peers;

namespace AirHil.Rig.Tests.Peers;

public sealed class PeerBusTests
{
    private static readonly PeerPlace I2c = new PeerPlace.I2c("0", 0x44);
    private static readonly PeerPlace Spi = new PeerPlace.Spi("0", 8);

    [Theory]
    [InlineData("", 3, "")] // It takes everything, and nothing waits to be read.
    [InlineData("function on_data(d) return #d - 1 end", 2, "")]
    [InlineData("function on_data(d) return false end", -1, "")]
    [InlineData("function on_data(d) return 99 end", 3, "")]
    [InlineData("function on_data(d) send(d:reverse()) end", 3, "0302")]
    [InlineData("function on_read(n) return string.char(n, 7) end", 3, "0207")]
    [InlineData("function on_read(n) return false end", -1, "")]
    [InlineData("task(function() send(receive(2) .. receive(1)) end)", 3, "0102")]
    public void A_transaction_of_I2C_gives(string lua, int taken, string read)
    {
        var answer = new Device(lua, I2c).Peer.Transfer(new byte[] { 1, 2, 3 }, 2);
        (answer.Taken, Convert.ToHexString(answer.Read.Span), answer.Held).ShouldBe((taken, read, TimeSpan.Zero));
    }

    [Fact]
    public void What_is_left_is_read_next_time()
    {
        var peer = new Device("send('abc')", I2c).Peer;
        peer.Transfer(null, 2).Read.ToArray().ShouldBe("ab"u8.ToArray());
        peer.Transfer(null, 2).Read.ToArray().ShouldBe("c"u8.ToArray());
    }

    [Fact]
    public void A_clock_is_held_in_its_transaction()
    {
        var peer = new Device("function on_read() stretch(2) stretch(0.5) end", I2c).Peer;
        peer.Transfer(null, 1).Held.ShouldBe(TimeSpan.FromMilliseconds(2.5));
        peer.Transfer(Array.Empty<byte>(), null).Held.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("stretch(1)", "the clock is held in on_data and on_read of a peer on I2C")]
    [InlineData("silence(1)", "silence is for a UART")]
    [InlineData("for i = 1, 2000 do send(('x'):rep(1000)) end", "more than 1048576 bytes wait to be read")]
    public void What_makes_no_sense_is_an_error(string lua, string message) =>
        new Device(lua, I2c).Failed.ShouldNotBeNull().ShouldContain(message);

    [Theory]
    [InlineData("function on_read(n) return {1, 2} end", "gave a table; bytes are a string, such as string.char(1, 2)")]
    [InlineData("function on_data(n) return {1, 2} end", "gave a table; bytes are a string")]
    [InlineData("function on_data(n) return print end", "gave a function; bytes are a string")]
    public void An_answer_that_is_no_bytes_is_refused(string lua, string message)
    {
        var device = new Device(lua, I2c);
        device.Peer.Transfer(new byte[] { 1 }, 2);
        device.Failed.ShouldNotBeNull().ShouldContain(message);
    }

    [Fact]
    public void A_peer_on_a_pin_sends_no_bytes() => new Device("send('a')", new PeerPlace.Pin(27)).Failed
        .ShouldNotBeNull().ShouldContain("a peer on a pin has no line to send bytes on");

    [Fact]
    public void A_frame_of_SPI_is_exchanged_and_the_pins_are_those_of_now()
    {
        var device = new Device(
            """
            function on_select(on) log("selected", on) end
            function on_data(d) log(level(9)) return d:reverse() end
            """, Spi);
        device.Peer.Select(true);
        device.Drives[9] = PinDrive.High;
        device.Peer.Exchange(new byte[] { 1, 2 }).ToArray().ShouldBe([2, 1]);
        device.Peer.Select(false);
        device.Lines.ShouldBe(["selected true", "1", "selected false"]);
    }

    [Fact]
    public void It_can_be_made_silent_and_nothing_else()
    {
        var peer = new Device("", I2c).Peer;
        peer.Tell(new DeviceOrder.Silent()).ShouldBeNull();
        peer.Transfer(Array.Empty<byte>(), null).Taken.ShouldBe(-1);
        peer.Tell(new DeviceOrder.Answers()).ShouldBeNull();
        peer.Transfer(Array.Empty<byte>(), null).Taken.ShouldBe(0);
        peer.Tell(new DeviceOrder.Refuses(1)).ShouldNotBeNull().ShouldContain("a peer plays this device");
        Should.Throw<InvalidOperationException>(() => peer.Registers(0, 1));
    }

    [Fact]
    public void The_script_knows_where_it_is()
    {
        new Device("log(place.i2c, place.address)", I2c).Lines.ShouldBe(["0 68"]);
        new Device("log(place.spi, place.select)", Spi).Lines.ShouldBe(["0 8"]);
        new Device("log(place.pin)", new PeerPlace.Pin(27)).Lines.ShouldBe(["27"]);
        new Device("log(place.uart)", new PeerPlace.Uart(1)).Lines.ShouldBe(["1"]);
    }

    private sealed class Device
    {
        private readonly PeerMachine _machine;

        public Device(string lua, PeerPlace place)
        {
            Drives = [.. Enumerable.Range(0, ModulePin.Count).Select(ModulePin.AfterReset)];
            _machine = new PeerMachine(
                new PeerScript("peer.lua", lua, []), place, 1, DateTimeOffset.UnixEpoch, [.. Drives], TimeSpan.Zero);
            Peer = new PeerDevice(_machine, Drives, () => TimeSpan.Zero, Take);
            Take();
        }

        public PinDrive[] Drives { get; }

        public IBusDevice Peer { get; }

        public List<string> Lines { get; } = [];

        public string? Failed { get; private set; }

        private void Take()
        {
            while (_machine.TryTake(out var output))
            {
                if (output is PeerOutput.Recorded { Event: ScriptLogged logged }) Lines.Add(logged.Line);
                if (output is PeerOutput.Recorded { Event: ScriptFailed failed }) Failed = failed.Why;
            }
        }
    }
}
