using AirHil.Board.Modem;
using AirHil.Board.Tests.Ports;

namespace AirHil.Board.Tests.Modem;

public sealed class PortRoomTests : IDisposable
{
    private const int Piece = 10_000;
    private const int Pieces = 400;
    private readonly PortRoom _room = new();
    private int _brought;

    public void Dispose() => _room.Dispose();

    [Fact]
    public void A_port_that_brings_more_than_is_taken_has_to_wait_and_goes_on_as_there_is_room()
    {
        var port = Bring();
        Eventually.Holds(() => Volatile.Read(ref _brought) > 100, "a full room");
        Thread.Sleep(200);
        var most = (PortRoom.MostBytes / Piece) + 1;
        Volatile.Read(ref _brought).ShouldBe(most);
        for (var i = 1; i <= Pieces; i++)
        {
            _room.GiveBack(Piece);
            Eventually.Holds(() => Volatile.Read(ref _brought) == Math.Min(most + i, Pieces), "the next piece");
        }

        port.Join(Eventually.Limit).ShouldBeTrue();
    }

    [Fact]
    public void The_end_of_the_run_lets_a_waiting_port_go()
    {
        var port = Bring();
        Thread.Sleep(100);
        _room.Dispose();
        port.Join(Eventually.Limit).ShouldBeTrue();
    }

    private Thread Bring()
    {
        var port = new Thread(() =>
        {
            for (var i = 0; i < Pieces; i++)
            {
                _room.Take(Piece);
                Interlocked.Increment(ref _brought);
            }
        });
        port.Start();
        return port;
    }
}
