using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Network;

/// <summary>
/// The keep-alive of one connection, as lwIP's published source has it (tcp_slowtmr). The source of the module's lwIP
/// is closed. A segment of the peer starts the time again. The connection ends after the idle time and an interval for
/// each probe.
/// </summary>
internal sealed class KeepAliveProbes
{
    private readonly Board _board;
    private readonly Action _probe;
    private readonly Action _giveUp;
    private readonly Alarm _due;
    private KeepAlive? _settings;
    private int _sent;

    /// <param name="probe">Sends a probe.</param>
    /// <param name="giveUp">The peer has answered none of them.</param>
    public KeepAliveProbes(Board board, Action probe, Action giveUp)
    {
        (_board, _probe, _giveUp) = (board, probe, giveUp);
        _due = board.NewAlarm(OnDue);
    }

    /// <summary>A connection is there. Null: it has no keep-alive.</summary>
    public void Begin(KeepAlive? settings)
    {
        _settings = settings;
        Heard();
    }

    /// <summary>A segment of the peer has come.</summary>
    public void Heard()
    {
        if (_settings is null) return;
        _sent = 0;
        _due.Set(_board.Now + _settings.Idle);
    }

    public void Stop()
    {
        _settings = null;
        _due.Cancel();
    }

    private void OnDue()
    {
        if (_settings!.SendsNone || _sent >= _settings.Count)
        {
            _giveUp();
            return;
        }

        _sent++;
        _due.Set(_board.Now + _settings.Interval);
        _probe();
    }
}
