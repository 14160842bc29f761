using AirHil.Modem.Acts;
using AirHil.Modem.Buses;
using AirHil.Modem.Pins;
using AirHil.Rig.Devices;

namespace AirHil.Rig.Peers;

/// <summary>
/// A peer on a bus. The master waits for its answer, so the script runs in the middle of the transaction; what else it
/// does then is done when its turn comes.
/// </summary>
/// <param name="machine">The peer; null: a recording tells what it did, and nobody asks it.</param>
/// <param name="drives">What the module does with each pin now.</param>
/// <param name="now">Gives the run's time.</param>
/// <param name="goOn">Sees to it that what the script did is done.</param>
internal sealed class PeerDevice(
    PeerMachine? machine, IReadOnlyList<PinDrive> drives, Func<TimeSpan> now, Action goOn) : IBusDevice
{
    private bool _isSilent;

    public string? Tell(DeviceOrder order)
    {
        switch (order)
        {
            case DeviceOrder.Silent:
                _isSilent = true;
                return null;
            case DeviceOrder.Answers:
                _isSilent = false;
                return null;
            default:
                return $"a peer plays this device, and only its script says what it does; '{order}' is for a table";
        }
    }

    public BusAnswer.I2c Transfer(ReadOnlyMemory<byte>? written, int? count) => _isSilent
        ? new BusAnswer.I2c(-1, default)
        : Ask((bus, at) => bus.Transfer(written, count, at));

    public byte[] Registers(int register, int bytes) => throw new StepException(
        "a peer plays this device; its registers are its script's own, which can log them");

    public void Select(bool selected)
    {
        if (!_isSilent) Ask((bus, at) => { bus.Select(selected, at); return true; });
    }

    public ReadOnlyMemory<byte> Exchange(ReadOnlyMemory<byte> sent) =>
        _isSilent ? default : Ask((bus, at) => bus.Exchange(sent, at));

    private T Ask<T>(Func<PeerBus, TimeSpan, T> ask)
    {
        if (machine is null) throw new InvalidOperationException("the recording answers for this peer");
        var at = now();
        var answer = ask(machine.EnterBus(drives, at), at);
        goOn();
        return answer;
    }
}
