using System.Device.Gpio;

namespace AirHil.Board.Tests.Pins;

/// <summary>A GPIO chip of four lines, whose inputs a test sets.</summary>
internal sealed class FakeChip : GpioDriver
{
    private readonly Dictionary<int, PinMode> _open = [];
    private readonly Dictionary<int, PinChangeEventHandler> _callbacks = [];

    /// <summary>What was done with the lines, in order.</summary>
    public List<string> Calls { get; } = [];

    public Dictionary<int, PinValue> Inputs { get; } = [];

    /// <summary>A line that somebody else uses.</summary>
    public int? Taken { get; init; }

    /// <summary>Whether the chip was pulled out.</summary>
    public bool IsGone { get; set; }

    public bool IsDisposed { get; private set; }

    protected override int PinCount => 4;

    /// <summary>Somebody else drives a line.</summary>
    public void Drive(int line, PinValue value)
    {
        Inputs[line] = value;
        if (!_callbacks.TryGetValue(line, out var callback)) return;
        callback(this, new PinValueChangedEventArgs(
            value == PinValue.High ? PinEventTypes.Rising : PinEventTypes.Falling, line));
    }

    /// <summary>Somebody else drives a line, and the system's queue of changes is full.</summary>
    public void DriveUnheard(int line, PinValue value) => Inputs[line] = value;

    protected override void OpenPin(int pinNumber)
    {
        Refuse();
        if (pinNumber >= PinCount) throw new IOException("no such line");
        _open.Add(pinNumber, PinMode.Input);
    }

    protected override void ClosePin(int pinNumber)
    {
        _callbacks.ContainsKey(pinNumber).ShouldBeFalse("a line that is listened to is not closed");
        _open.Remove(pinNumber);
    }

    protected override void SetPinMode(int pinNumber, PinMode mode)
    {
        Refuse();
        if (pinNumber == Taken) throw new IOException("Device or resource busy");
        _open[pinNumber] = mode;
        Calls.Add($"{pinNumber} {mode}");
    }

    protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue)
    {
        _open[pinNumber] = mode;
        Calls.Add($"{pinNumber} {mode} {initialValue}");
    }

    protected override PinMode GetPinMode(int pinNumber) => _open[pinNumber];

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => mode is PinMode.Input or PinMode.Output;

    protected override PinValue Read(int pinNumber)
    {
        Refuse();
        return Inputs.GetValueOrDefault(pinNumber);
    }

    protected override void Write(int pinNumber, PinValue value) => Calls.Add($"{pinNumber} is {value}");

    protected override void AddCallbackForPinValueChangedEvent(
        int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        eventTypes.ShouldBe(PinEventTypes.Rising | PinEventTypes.Falling);
        _callbacks.Add(pinNumber, callback);
    }

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) =>
        _callbacks.Remove(pinNumber).ShouldBeTrue();

    protected override WaitForEventResult WaitForEvent(
        int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private void Refuse()
    {
        if (IsGone) throw new IOException("No such device");
    }
}
