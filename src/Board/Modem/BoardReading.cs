using AirHil.Board.Identity;

namespace AirHil.Board.Modem;

/// <summary>What a board showed of itself in a look at it.</summary>
/// <param name="Identity">What runs on it.</param>
/// <param name="Lines">How many log lines came.</param>
/// <param name="Notices">What the board modem had to say, in order; 20 at most.</param>
/// <param name="Lost">Why the board was lost; null: it was not.</param>
internal sealed record BoardReading(BoardIdentity Identity, int Lines, IReadOnlyList<string> Notices, string? Lost)
{
    /// <summary>Why nothing is known of the board; null where it has shown its banner.</summary>
    public string? Problem
    {
        get
        {
            if (Identity.Banner is not null) return null;
            if (Lost is not null) return Lost;
            var saw = Lines == 0 ? "no log line came" : $"{Lines} log lines came, and no banner of LuatOS";
            return Notices.Count == 0 ? saw : $"{saw}: {string.Join("; ", Notices)}";
        }
    }
}
