using AirHil.Modem.Air;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Registration;

/// <summary>
/// The search for cells, asked for once (mobile.reqCellInfo) or every so often (mobile.setAuto). Its result stays until
/// the next one (hardware reference §10.1).
/// </summary>
internal sealed class CellSearch
{
    private readonly Board _board;
    private readonly Func<CellConditions?> _serving;
    private readonly Alarm _end;
    private readonly Alarm _next;
    private TimeSpan _period;
    private TimeSpan _limit;

    /// <param name="board">Its clock and its messages.</param>
    /// <param name="serving">The serving cell as it is now; null: none.</param>
    public CellSearch(Board board, Func<CellConditions?> serving)
    {
        _board = board;
        _serving = serving;
        _end = board.NewAlarm(OnEnd);
        _next = board.NewAlarm(OnNext);
    }

    /// <summary>The serving cell as the last search found it; null: none did.</summary>
    public CellConditions? Found { get; private set; }

    /// <summary>Starts a search, if none is under way; it gives up after the limit.</summary>
    public void Start(TimeSpan limit)
    {
        if (_end.IsSet) return;
        _limit = limit;
        _end.Set(_board.Now + (limit < _board.Parameters.CellSearchTime ? limit : _board.Parameters.CellSearchTime));
    }

    /// <summary>Searches every so often; zero: never.</summary>
    public void SetPeriod(TimeSpan period)
    {
        _period = period;
        _next.Cancel();
        if (period > TimeSpan.Zero) _next.Set(_board.Now + period);
    }

    private void OnNext()
    {
        _next.Set(_board.Now + _period);
        Start(_board.Parameters.CellSearchTime);
    }

    /// <summary>A search that is too short, or without a network, tells nothing.</summary>
    private void OnEnd()
    {
        if (_serving() is not { } cell || _limit < _board.Parameters.CellSearchTime) return;
        Found = cell;
        _board.Post(new SystemTopicMessage(_board.Log, null, "CELL_INFO_UPDATE"));
    }
}
