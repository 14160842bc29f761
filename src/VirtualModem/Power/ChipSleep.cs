using AirHil.Modem.Messages;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Power;

/// <summary>
/// When the chip sleeps, and how deeply (hardware reference §8.5): the mode that the script has asked for, as soon as
/// every task waits and nothing votes against it. What happens wakes it.
/// </summary>
internal sealed class ChipSleep
{
    private readonly Board _board;
    private readonly UsbPower _usb;
    private readonly Alarm _entry;
    private TimeSpan _stayUntil;
    private TimeSpan _awakeAt;
    private WakeVote? _lastVote;
    private bool _isDeepNoticed;
    private int _requested = 1;

    /// <param name="board">The power cycle's.</param>
    /// <param name="usb">The plug.</param>
    public ChipSleep(Board board, UsbPower usb)
    {
        (_board, _usb) = (board, usb);
        _entry = board.NewAlarm(OnEntry);
    }

    /// <summary>The mode of pm.request, 0 to 4; the chip starts idle (1).</summary>
    public int Requested
    {
        get => _requested;
        set
        {
            _requested = value;
            Consider();
        }
    }

    /// <summary>Whether USB, although plugged in, lets the chip sleep (pm.force, pm.power(pm.USB, false)).</summary>
    public bool IgnoresUsb { get; set; }

    /// <summary>pm.power(pm.USB, …): whether its hardware works.</summary>
    public bool IsUsbOn { get; set; } = true;

    /// <summary>Whether the script waits for a message.</summary>
    public required Func<bool> IsIdle { get; init; }

    /// <summary>Until when the serial lines are busy.</summary>
    public required Func<TimeSpan> LinesBusyUntil { get; init; }

    /// <summary>Until when the radio is busy.</summary>
    public required Func<TimeSpan> RadioBusyUntil { get; init; }

    /// <summary>Whether the modem allows a sleep that ends the script: it is in flight mode or saves power.</summary>
    public required Func<bool> IsRadioQuiet { get; init; }

    /// <summary>Whether the power key is pressed.</summary>
    public required Func<bool> IsKeyPressed { get; init; }

    /// <summary>Called when a light sleep begins and ends, with whether it begins.</summary>
    public required Action<bool> LightChanged { get; init; }

    /// <summary>Called for a sleep that ends the script.</summary>
    public required Action<SleepMode> Deeper { get; init; }

    public bool IsAsleep { get; private set; }

    /// <summary>Whether a serial line other than the low-power one loses what arrives now.</summary>
    public bool IsDeaf => IsAsleep || _board.Now < _awakeAt;

    /// <summary>Something changed that decides about sleep, or the script begins to wait.</summary>
    public void Consider()
    {
        if (IsAsleep) return;
        if (_requested <= 1 || !IsIdle())
        {
            _entry.Cancel();
            return;
        }

        if (!_entry.IsSet) _entry.Set(_board.Now + _board.Parameters.SleepEntryDelay);
    }

    /// <summary>Something happens that the chip is awake for.</summary>
    /// <returns>When the processor works.</returns>
    public TimeSpan Wake()
    {
        var now = _board.Now;
        _entry.Cancel();
        if (!IsAsleep) return now < _awakeAt ? _awakeAt : now;
        IsAsleep = false;
        _lastVote = null;
        _awakeAt = now + _board.Parameters.LightWakeTime;
        _board.Emit(new ModemReport.SleepChanged(SleepMode.Awake));
        LightChanged(false);
        return _awakeAt;
    }

    /// <summary>The chip wakes and stays so for a while, since a serial line has lost bytes.</summary>
    public void StayAwake()
    {
        Wake();
        _stayUntil = _board.Now + _board.Parameters.UartWakeStay;
        Consider();
    }

    private void OnEntry()
    {
        if (_requested <= 1 || !IsIdle()) return;
        var (vote, until) = Vote();
        if (vote is { } against)
        {
            if (_lastVote != against) _board.Emit(new ModemReport.KeptAwake(against));
            _lastVote = against;
            if (until is { } later) _entry.Set(later + _board.Parameters.SleepEntryDelay);
            return;
        }

        _lastVote = null;
        var mode = _requested switch { 3 => SleepMode.Deep, 4 => SleepMode.Hibernate, _ => SleepMode.Light };
        if (mode != SleepMode.Light && IsRadioQuiet())
        {
            Deeper(mode);
            return;
        }

        if (mode != SleepMode.Light && !_isDeepNoticed)
        {
            _isDeepNoticed = true;
            _board.Notice(
                "The script asks for a deep sleep, but the radio is on: the module sleeps lightly, and the script " +
                "goes on. mobile.flymode(0, true) switches the radio off first.");
        }

        IsAsleep = true;
        _board.Emit(new ModemReport.SleepChanged(SleepMode.Light));
        LightChanged(true);
    }

    /// <summary>What is against sleep now, and until when; without a time it is asked again when it changes.</summary>
    private (WakeVote? Vote, TimeSpan? Until) Vote()
    {
        var now = _board.Now;
        if (_usb.IsPlugged && IsUsbOn && !IgnoresUsb) return (WakeVote.Usb, null);
        if (IsKeyPressed()) return (WakeVote.Key, null);
        var lines = LinesBusyUntil();
        if (lines < _stayUntil) lines = _stayUntil;
        if (lines > now) return (WakeVote.Uart, lines);
        var radio = RadioBusyUntil();
        return radio > now ? (WakeVote.Radio, radio) : (null, null);
    }
}
