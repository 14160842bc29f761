using System.Diagnostics;
using AirHil.Board.Ports;

namespace AirHil.Board.Tests.Ports;

/// <summary>What every serial port of this machine does, whoever reads it.</summary>
public abstract class DevicePortConformance : IDisposable
{
    private readonly LinkedTerminal _far = new();

    public void Dispose()
    {
        _far.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Every_byte_value_passes_both_ways()
    {
        var all = Enumerable.Range(0, 256).Select(b => (byte)b).ToArray();
        using var port = Open(_far.Link);
        port.Write(all);
        _far.Read(256).ShouldBe(all);
        _far.Terminal.Write(all);
        Read(port, 256).ShouldBe(all);
    }

    [Fact]
    public void A_read_without_bytes_ends_by_itself_with_none()
    {
        using var port = Open(_far.Link);
        port.Read(new byte[16]).ShouldBe(0);
        port.IsAlive.ShouldBeTrue();
    }

    [Fact]
    public void Pulled_out_it_is_gone_for_reading_and_for_writing_and_by_the_system()
    {
        using var port = Open(_far.Link);
        _far.Unplug();
        port.IsAlive.ShouldBeFalse();
        Should.Throw<PortGoneException>(() =>
        {
            for (var i = 0; i < 100; i++) port.Read(new byte[16]);
        }).Message.ShouldContain(_far.Link);
        Should.Throw<PortGoneException>(() => port.Write("too late"u8));
    }

    [Fact]
    public void Another_device_under_the_same_name_is_not_the_one_that_was_opened()
    {
        using var port = Open(_far.Link);
        var old = _far.Terminal;
        _far.Plug();
        port.IsAlive.ShouldBeFalse();
        old.Unplug();
    }

    [Fact]
    public void Disposing_of_a_dead_port_ends_soon()
    {
        var port = Open(_far.Link);
        port.Write("never read"u8);
        _far.Unplug();
        var since = Stopwatch.GetTimestamp();
        port.Dispose();
        port.Dispose();
        Stopwatch.GetElapsedTime(since).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_reader_that_takes_nothing_ends_a_write_by_time_out()
    {
        using var port = Open(_far.Link);
        Should.Throw<TimeoutException>(() => port.Write(new byte[1 << 20])).Message.ShouldContain("took nothing");
    }

    [Fact]
    public void An_absent_device_is_named_in_the_error()
    {
        _far.Unplug();
        var problem = Should.Throw<PortNotOpenException>(() => Open(_far.Link));
        problem.Absent.ShouldBeTrue();
        problem.Message.ShouldBe($"{_far.Link}: there is no such port now");
    }

    [Fact]
    public void A_file_that_is_no_port_is_refused_with_the_reason()
    {
        var file = Path.Combine(Path.GetDirectoryName(_far.Link)!, "file");
        File.WriteAllText(file, "");
        var problem = Should.Throw<PortNotOpenException>(() => Open(file));
        problem.Absent.ShouldBeFalse();
        problem.Message.ShouldStartWith(file + ": ");
    }

    /// <summary>Opens a port at 115,200 baud.</summary>
    private protected abstract IBytePort Open(string device, int baud = 115_200);

    private static byte[] Read(IBytePort port, int count)
    {
        var bytes = new byte[count];
        var have = 0;
        Eventually.Holds(() => (have += port.Read(bytes.AsSpan(have))) == count, $"{count} bytes");
        return bytes;
    }
}
