using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Registration;

/// <summary>
/// The radio looks for the beacons of Wi-Fi (S:project/luatos/src/luat_wlan_ec618.c). There are none, so a search takes
/// all of its time. A request during a search begins no other one.
/// </summary>
internal sealed class WifiScan
{
    /// <summary>sizeof(CmiDevSetWifiScanCnf), which stays from the first search on.</summary>
    private const int ResultBytes = 1_642;

    private readonly Board _board;
    private readonly SystemHeap _heap;
    private readonly Alarm _end;

    private bool _hasResult;

    public WifiScan(Board board, SystemHeap heap)
    {
        (_board, _heap) = (board, heap);
        _end = board.NewAlarm(OnEnd);
    }

    public void Start()
    {
        if (!_end.IsSet) _end.Set(_board.Now + _board.Parameters.WifiScanTime);
    }

    /// <summary>Without memory for the result there is no message.</summary>
    private void OnEnd()
    {
        _hasResult = _hasResult || _heap.TryAllocate(ResultBytes);
        if (_hasResult) _board.Post(new WifiScanDone(_board.Log));
    }
}
