using AirHil.Board.Modem;
using AirHil.Board.Pins;
using AirHil.Board.Tests.Ports;
using AirHil.Modem.Pins;
using AirHil.Rig.Tests.Time;

namespace AirHil.Board.Tests.Modem;

public sealed class PinRowTests : IAsyncDisposable
{
    private readonly PlayedDriver _driver = new();
    private readonly PlayedRun _run = new();
    private readonly List<BoardInput> _seen = [];
    private readonly PinRow _row;

    public PinRowTests() => _row = new PinRow([_driver], _run, _seen.Add);

    public ValueTask DisposeAsync() => _row.DisposeAsync();

    [Fact]
    public void Errands_of_a_driver_are_done_in_order()
    {
        _row.Open();
        for (var i = 0; i < 50; i++) _row.Hold(8, i % 2 == 0 ? PinHold.Low : PinHold.High);
        Eventually.Holds(() => _driver.Done.Count == 51, "all errands");
        _driver.Done.ShouldBe(["open", .. Enumerable.Range(0, 50).Select(i => i % 2 == 0 ? "Low" : "High")]);
    }

    [Fact]
    public void The_first_fault_ends_the_run()
    {
        _row.Open();
        _driver.Problem = new PinException("stuck");
        _row.Hold(8, PinHold.Low);
        _row.Hold(8, PinHold.High);
        Should.Throw<PinException>(() => Eventually.Holds(
            () =>
            {
                _run.DoPosted();
                return false;
            },
            "the fault")).Message.ShouldBe("stuck");
        Thread.Sleep(50);
        _run.DoPosted();
        _driver.Done.ShouldBe(["open"]);
    }

    [Fact]
    public void Changes_are_taken_up_to_a_number_a_second_and_the_last_level_can_be_asked_for()
    {
        IPinSink sink = _row;
        _run.Held = TimeSpan.Zero;
        for (var i = 0; i < 3 * PinRow.MostChanges; i++) sink.Seen(8, i % 2 == 0);
        var taken = Taken();
        taken.OfType<BoardInput.PinSeen>().Count().ShouldBe(PinRow.MostChanges);
        taken[^1].ShouldBe(new BoardInput.PinRestless(8));
        _row.Ask(8);
        Taken().ShouldBe([new BoardInput.PinSeen(8, false, _run.Now)]);
        _run.Held += TimeSpan.FromSeconds(1);
        sink.Seen(8, true);
        Taken().ShouldBe([new BoardInput.PinSeen(8, true, _run.Now)]);
    }

    [Fact]
    public async Task At_the_end_the_driver_gives_its_wires_back_behind_its_last_errand()
    {
        _row.Open();
        _row.Hold(8, PinHold.Low);
        Eventually.Holds(() => _driver.Done.Count == 2, "both errands");
        await _row.DisposeAsync();
        _driver.Done[^1].ShouldBe("end");
    }

    private BoardInput[] Taken()
    {
        BoardInput[] taken = [.. _seen];
        _seen.Clear();
        return taken;
    }

    private sealed class PlayedDriver : IPinDriver
    {
        private readonly List<string> _done = [];

        public IReadOnlyList<string> Done
        {
            get
            {
                lock (_done) return [.. _done];
            }
        }

        public PinException? Problem { get; set; }

        public IReadOnlyList<PinWire> Wires { get; } = [new PinWire(8, true, true, true)];

        public Task OpenAsync(IPinSink sink, CancellationToken cancel) => Do("open");

        public Task HoldAsync(int pin, PinHold hold, CancellationToken cancel) => Do(hold.ToString());

        public ValueTask DisposeAsync() => new(Do("end"));

        private Task Do(string what)
        {
            if (what is not "open" && Problem is { } problem) throw problem;
            lock (_done) _done.Add(what);
            return Task.CompletedTask;
        }
    }
}
