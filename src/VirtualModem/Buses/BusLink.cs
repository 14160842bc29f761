using AirHil.Lua.Run;
using AirHil.Modem.Buses;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Buses;

/// <summary>
/// Asks the rig what the devices of a bus do. Lua stands still meanwhile, as it does on the module, whose drivers poll.
/// </summary>
internal sealed class BusLink(Board board, IProcessor cpu)
{
    private BusAnswer? _answer;
    private bool _asks;

    public NativeStep Ask(BusRequest request)
    {
        (_answer, _asks) = (null, true);
        board.Emit(request);
        cpu.Stall();
        return NativeStep.Suspend;
    }

    /// <summary>The answer to what was asked.</summary>
    public T Answer<T>() where T : BusAnswer => _answer as T
        ?? throw new InvalidOperationException($"The rig answered {_answer?.GetType().Name ?? "nothing"}.");

    public void Receive(BusAnswer answer)
    {
        if (!_asks) return; // The module was reset in between.
        (_answer, _asks) = (answer, false);
        cpu.GoOn();
    }
}
