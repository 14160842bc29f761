using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Pins;

/// <summary>
/// The timers behind PWM (S:interface/src/luat_pwm_ec618.c). A channel is ten times its route plus its timer, and the
/// timers are 0, 1, 2 and 4.
/// </summary>
internal sealed class PwmTimers
{
    /// <summary>The duty of a line that is always high, in thousandths.</summary>
    public const int FullDuty = 1000;

    private const int MostHertz = 13_000_000;
    private const int Timers = 5;
    private const int MissingTimer = 3;

    /// <summary>The pins of each timer by route; −1: the route has none.</summary>
    private static readonly int[][] Routes =
    [
        [23, 1, 19, 14],
        [24, 2, 29, 15],
        [25, 16, 30, -1],
        [-1, -1, -1, -1],
        [27, 18, 18, -1],
    ];

    private readonly Timer[] _timers;

    public PwmTimers(Board board, PinBank pins) =>
        _timers = [.. Enumerable.Range(0, Timers).Select(_ => new Timer(board, pins))];

    /// <summary>Starts pulses, or changes those that run.</summary>
    /// <param name="channel">Ten times the route plus the timer.</param>
    /// <param name="hertz">1 to 13,000,000.</param>
    /// <param name="duty">Thousandths of the period that the line is high.</param>
    /// <param name="pulses">How many periods; 0: for ever.</param>
    /// <returns>Whether the channel and the frequency exist.</returns>
    public bool Setup(int channel, uint hertz, uint duty, uint pulses)
    {
        // The C code keeps both in bytes.
        var (timer, route) = (unchecked((byte)(channel % 10)), unchecked((byte)(channel / 10)));
        if (timer < Timers && _timers[timer] is { IsRunning: true } running && duty > 0 && pulses == 0
            && running.Pulses == 0)
        {
            // Neither the route nor the limits are looked at again.
            running.Change(hertz, duty);
            return true;
        }

        if (route > 3 || timer is >= Timers or MissingTimer || hertz > MostHertz) return false;
        _timers[timer].Start(Routes[timer][route], hertz, Math.Min(duty, FullDuty), pulses);
        return true;
    }

    public void Close(int channel)
    {
        var timer = unchecked((byte)(channel % 10));
        if (timer is < Timers and not MissingTimer) _timers[timer].Stop();
    }

    private sealed class Timer
    {
        private readonly PinBank _pins;
        private readonly Board _board;
        private readonly Alarm _ended;
        private int _pin = -1;
        private uint _hertz;
        private uint _duty;

        public Timer(Board board, PinBank pins)
        {
            (_board, _pins) = (board, pins);
            _ended = board.NewAlarm(Halt);
        }

        public bool IsRunning => _hertz != 0;
        public uint Pulses { get; private set; }

        public void Start(int pin, uint hertz, uint duty, uint pulses)
        {
            (_pin, _hertz, _duty, Pulses) = (pin, hertz, duty, pulses);
            _ended.Cancel();
            Show();
            if (pulses > 0) _ended.Set(_board.Now + TimeSpan.FromSeconds((double)pulses / hertz));
        }

        /// <summary>
        /// New numbers from the next period on; the pin stays. A duty above the whole is not cut here: the count of the
        /// low part becomes longer than the period, as for a duty of 0.
        /// </summary>
        public void Change(uint hertz, uint duty)
        {
            if (duty > FullDuty) duty = 0;
            if (hertz == _hertz && duty == _duty) return;
            (_hertz, _duty) = (hertz, duty);
            Show();
        }

        public void Stop()
        {
            _ended.Cancel();
            if (IsRunning) Halt();
            (_hertz, Pulses) = (0, 0);
        }

        /// <summary>The line stays as it is at the end of a period.</summary>
        private void Halt()
        {
            if (_pin >= 0) _pins.SetPulses(_pin, _hertz, 0, 0);
        }

        private void Show()
        {
            if (_pin >= 0) _pins.SetPulses(_pin, _hertz, _duty, Pulses);
        }
    }
}
