using AirHil.Board.Identity;
using AirHil.Modem.Messages;
using AirHil.Rig.Time;

namespace AirHil.Board.Modem;

/// <summary>Starts a board and reads what runs on it, outside of any run.</summary>
internal static class BoardProbe
{
    private const int MostNotices = 20;

    /// <summary>
    /// Starts the board: by its supply where that can be switched, else by a reset. It is left running, with its ports
    /// closed.
    /// </summary>
    /// <param name="modem">A board modem that no run has.</param>
    /// <param name="script">Whether to wait for the agent's line about the script too.</param>
    /// <param name="limit">How long to wait for the banner, in the module's time.</param>
    /// <param name="scriptLimit">How long to wait after it for the agent's line.</param>
    /// <param name="speed">Seconds of the module in one of the host's: 1 on everything real.</param>
    public static async Task<BoardReading> ReadAsync(
        BoardModem modem, bool script, TimeSpan limit, TimeSpan scriptLimit, double speed, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(modem);
        await using var owned = modem;
        using var run = new ProbeRun(speed);
        var identity = new BoardIdentity();
        var notices = new List<string>();
        string? lost = null;
        var lines = 0;
        TimeSpan? bannerAt = null;
        modem.Attach(run);
        modem.Handle(new ModemCommand.ApplyPower(), run.Now);
        while (lost is null && run.Now < limit)
        {
            while (modem.TryTake(out var output))
            {
                if (output is ModemReport.LogLine line)
                {
                    identity.Read(line.Text);
                    lines++;
                }
                else if (output is ModemReport.Noticed notice && notices.Count < MostNotices)
                {
                    notices.Add(notice.Text);
                }
                else if (output is ModemReport.ModemLost loss)
                {
                    lost = loss.Reason;
                }
            }

            if (identity.Banner is not null) bannerAt ??= run.Now;
            if (bannerAt is { } at && (!script || identity.Script is not null || run.Now > at + scriptLimit)) break;
            await run.WaitAsync(cancel);
            modem.HandleTimeout(run.Now);
        }

        return new BoardReading(identity, lines, notices, lost);
    }

    private sealed class ProbeRun(double speed) : ILiveRun, IDisposable
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

        private readonly WallClock _wall = new(speed);
        private readonly SemaphoreSlim _rung = new(0);

        public TimeSpan Now => _wall.Now;

        public double Speed => _wall.Speed;

        public void Ring()
        {
            try
            {
                if (_rung.CurrentCount == 0) _rung.Release();
            }
            catch (ObjectDisposedException)
            {
                // A port that speaks after the look has ended.
            }
        }

        /// <summary>Until it rings, or a deadline may have come.</summary>
        public Task WaitAsync(CancellationToken cancel) => _rung.WaitAsync(Pause, cancel);

        public void Dispose() => _rung.Dispose();
    }
}
