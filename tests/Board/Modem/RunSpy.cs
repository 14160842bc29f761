using AirHil.Board.Modem;
using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.Rig.Tests.Time;

namespace AirHil.Board.Tests.Modem;

/// <summary>Drives a board modem as a run on the wall clock does, and keeps what it reports.</summary>
internal sealed class RunSpy : IAsyncDisposable
{
    private readonly PlayedRun _run = new();

    public RunSpy(BoardModem modem)
    {
        Modem = modem;
        modem.Attach(_run);
        Take();
    }

    public BoardModem Modem { get; }

    public List<ModemOutput> Outputs { get; } = [];

    public TimeSpan Now => _run.Now;

    public void Tell(ModemInput input)
    {
        _run.DoPosted();
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

            _run.Await(TimeSpan.FromMilliseconds(10));
            _run.DoPosted();
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
