using AirHil.Modem.Messages;

namespace AirHil.Board.Emulator;

/// <summary>
/// A USB adapter on a UART of the module. It takes no more than its line carries away, so that its user has to wait as
/// on a bench.
/// </summary>
/// <param name="port">The port that its user has.</param>
/// <param name="uart">The number of the module's UART.</param>
internal sealed class UartAdapter(
    EmulatedPort port, int uart, EmulatedBoardOptions options, BoardTime time, EmulatedModule module)
{
    private readonly byte[] _chunk = new byte[4096];
    private TimeSpan _lineFreeAt;
    private bool _isAwaited;

    /// <summary>Takes what the user has written, as far as there is room.</summary>
    public void Read(TimeSpan now)
    {
        var ahead = (_lineFreeAt - now).TotalSeconds * options.AdapterBaud / 10;
        var room = options.AdapterFifoBytes - (int)Math.Max(0, Math.Ceiling(ahead));
        if (room >= Math.Min(_chunk.Length, options.AdapterFifoBytes / 2))
        {
            var count = port.Read(_chunk.AsSpan(0, Math.Min(room, _chunk.Length)));
            if (count == 0) return;
            _lineFreeAt = (_lineFreeAt > now ? _lineFreeAt : now) + LineTime(count);
            var write = new ModemCommand.WriteUart(uart, _chunk.AsSpan(0, count).ToArray());
            time.AtOnce(then => module.Handle(write, then));
        }

        if (_isAwaited) return;
        _isAwaited = true;
        var due = _lineFreeAt - LineTime(options.AdapterFifoBytes / 2);
        time.At(due > now ? due : now, then =>
        {
            _isAwaited = false;
            Read(then);
        });
    }

    private TimeSpan LineTime(int bytes) => TimeSpan.FromSeconds(bytes * 10d / options.AdapterBaud);
}
