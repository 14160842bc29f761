using System.Text;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Rtos;
using AirHil.VirtualModem.Storage.Fat;

namespace AirHil.VirtualModem.Tests.Storage.Fat;

/// <summary>The volume of FatFs without a file system on any medium.</summary>
public sealed class FatVolumeTests
{
    private readonly List<string> _lines = [];
    private readonly SystemHeap _heap = new();
    private readonly FatVolume _volume;

    public FatVolumeTests() =>
        _volume = new FatVolume(new FirmwareLog(record => _lines.Add(Encoding.UTF8.GetString(record.Span))), _heap);

    [Fact]
    public void The_first_medium_stays()
    {
        _volume.Enable();
        _volume.Access("").ShouldBe(FatError.NotReady);
        _volume.OpenMemory(1024);
        _volume.Access("").ShouldBe(FatError.NoFileSystem);
        var used = _heap.Used;
        _volume.OpenMemory(2048);
        _volume.Open(FatDisk.Card);
        (_volume.Disk, _heap.Used).ShouldBe((FatDisk.Memory, used));
    }

    [Fact]
    public void The_power_comes_before_each_start_of_a_medium_alone()
    {
        var starts = 0;
        _volume.PowerOn = () => starts++;
        _volume.Access("").ShouldBe(FatError.NotEnabled);
        _volume.Enable();
        _volume.Start();
        starts.ShouldBe(0);
        _volume.Open(FatDisk.Sdio);
        _volume.Access("0:a").ShouldBe(FatError.NoFileSystem);
        _volume.Access("1:a").ShouldBe(FatError.InvalidDrive);
        starts.ShouldBe(1);
        _lines.ShouldBe(["D/luat.fatfs NOTRDY >> 0"]);
    }
}
