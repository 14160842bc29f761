using AirHil.Board.Modem;
using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.Rig.Time;

namespace AirHil.Board.Tests.Modem;

/// <summary>Drives a board modem as a run on the wall clock does, and keeps what it reports.</summary>
internal sealed class RunSpy : ILiveRun, IAsyncDisposable
{
    private readonly WallClock _wall = new();
    private readonly SemaphoreSlim _rung = new(0);

    public RunSpy(BoardModem modem)
    {
        Modem = modem;
        modem.Attach(this);
        Take();
    }

    public BoardModem Modem { get; }

    public List<ModemOutput> Outputs { get; } = [];

    public TimeSpan Now => _wall.Now;

    public double Speed => 1;

    public void Ring() => _rung.Release();

    public void Tell(ModemInput input)
    {
        Modem.Handle(input, Now);
        Take();
    }

    /// <summary>Runs until the outputs are as wanted; fails after 20 s.</summary>
    public void Until(Func<List<ModemOutput>, bool> holds, string what)
    {
        var end = Now + TimeSpan.FromSeconds(20);
        while (!holds(Outputs))
        {
            if (Now > end)
            {
                Assert.Fail($"it did not come: {what}; there was:\n{string.Join('\n', Outputs.TakeLast(20))}");
            }

            _rung.Wait(TimeSpan.FromMilliseconds(10));
            Modem.HandleTimeout(Now);
            Take();
        }
    }

    public void For(TimeSpan time)
    {
        var end = Now + time;
        Until(_ => Now >= end, "time");
    }

    public void UntilLine(string text) =>
        Until(o => o.OfType<ModemReport.LogLine>().Any(l => l.Text == text), $"the line '{text}'");

    public int Count<T>()
        where T : ModemOutput => Outputs.OfType<T>().Count();

    public ValueTask DisposeAsync() => Modem.DisposeAsync();

    private void Take()
    {
        while (Modem.TryTake(out var output)) Outputs.Add(output);
    }
}
