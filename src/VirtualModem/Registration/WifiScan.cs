using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Registration;

/// <summary>
/// The radio looks for the beacons of Wi-Fi (S:project/luatos/src/luat_wlan_ec618.c). There are none, so a search takes
/// all of its time. A request during a search begins no other one.
/// </summary>
internal sealed class WifiScan
{
    private readonly Board _board;
    private readonly Alarm _end;

    public WifiScan(Board board)
    {
        _board = board;
        _end = board.NewAlarm(OnEnd);
    }

    public void Start()
    {
        if (!_end.IsSet) _end.Set(_board.Now + _board.Parameters.WifiScanTime);
    }

    private void OnEnd() => _board.Post(new WifiScanDone(_board.Log));
}
