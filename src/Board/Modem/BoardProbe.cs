using AirHil.Board.Identity;
using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.Rig.Actors;
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
        var identity = new BoardIdentity();
        var notices = new List<string>();
        string? lost = null;
        var lines = 0;
        await using var host = new MachineHost<ModemInput, ModemOutput>(
            "the board", modem, new WallClock(speed), Take);
        // A board that is silent is looked at once more when the caller gives up.
        await using var giveUp = cancel.Register(() => host.Post(TimeSpan.Zero, (_, _) => { }));
        host.Post(new ModemCommand.ApplyPower());
        await host.RunUntil(() => End() || identity.Banner is not null, limit);
        if (script && lost is null && identity.Banner is not null)
        {
            await host.RunUntil(() => End() || identity.Script is not null, host.Now + scriptLimit);
        }

        cancel.ThrowIfCancellationRequested();
        return new BoardReading(identity, lines, notices, lost);

        bool End() => lost is not null || cancel.IsCancellationRequested;

        void Take(ModemOutput output, TimeSpan now)
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
    }
}
