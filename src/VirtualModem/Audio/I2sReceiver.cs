using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Audio;

/// <summary>
/// The receiving side of an I2S port. The module makes the clocks itself, so data comes whether or not something is
/// connected: zeros, since nothing drives the line.
/// </summary>
internal sealed class I2sReceiver
{
    private const int SampleBytes = 2;

    private static readonly uint[] Rates = [8_000, 16_000, 22_050, 32_000, 44_100, 48_000, 96_000];

    private readonly Board _board;
    private readonly Alarm _full;
    private uint _hertz;
    private TimeSpan _period;

    public I2sReceiver(Board board)
    {
        _board = board;
        _full = board.NewAlarm(() =>
        {
            _full!.Set(_board.Now + _period);
            Received?.Invoke();
        });
    }

    /// <summary>i2s.on.</summary>
    public ScriptCallback Callback { get; } = new();

    /// <summary>A piece of the length that was asked for has come.</summary>
    public Action? Received { get; set; }

    /// <summary>Whether the clock can be divided so (S:PLAT/core/multimedia/include/audio_play.h).</summary>
    public static bool IsRate(uint hertz) => Array.IndexOf(Rates, hertz) >= 0;

    /// <summary>1 or 2. Both ports have what the last setup of any gave.</summary>
    public uint Channels { get; set; }

    public void Setup(uint hertz) => _hertz = hertz;

    /// <summary>Receives pieces of so many bytes from now on; false: the port has no usable rate.</summary>
    public bool Start(uint bytes)
    {
        if (!IsRate(_hertz)) return false;
        _full.Cancel();
        if (bytes == 0) return true;
        _period = TimeSpan.FromSeconds((double)bytes / (_hertz * Channels * SampleBytes));
        _full.Set(_board.Now + _period);
        return true;
    }

    public void Stop() => _full.Cancel();
}
