using AirHil.Lua.Values;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Registration;

/// <summary>
/// The counter of writes to the SIM. Each request is confirmed, and the driver takes the first four bytes of the
/// confirmation for the count, where its header has the mode that was asked for
/// (S:project/luatos/src/luat_main_ec618.c, cmisim.h). So a script that reads the counter always hears 2.
/// </summary>
internal sealed class SimWrites
{
    private const byte LastMode = 3;

    private readonly Board _board;
    private readonly Alarm _confirmation;
    private readonly Queue<(TimeSpan At, byte Mode)> _asked = new();

    public SimWrites(Board board)
    {
        _board = board;
        _confirmation = board.NewAlarm(OnConfirmed);
    }

    /// <summary>Sends a request to the modem.</summary>
    /// <param name="mode">0 stops counting, 1 starts, 2 reads, 3 clears; nothing is known of others.</param>
    public void Ask(byte mode)
    {
        if (mode > LastMode) return;
        _asked.Enqueue((_board.Now + _board.Parameters.SimWriteCounterTime, mode));
        if (!_confirmation.IsSet) _confirmation.Set(_asked.Peek().At);
    }

    private void OnConfirmed()
    {
        var (_, mode) = _asked.Dequeue();
        _board.Post(new SystemTopicMessage(_board.Log, null, "SIM_IND", "SIM_WC", LuaValue.Integer(mode)));
        if (_asked.TryPeek(out var next)) _confirmation.Set(next.At);
    }
}
