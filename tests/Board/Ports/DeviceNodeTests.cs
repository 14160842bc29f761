using AirHil.Board.Ports;

namespace AirHil.Board.Tests.Ports;

/// <summary>Plain files stand in for device files: what tells two of them apart is the same.</summary>
public sealed class DeviceNodeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airhil-node-");

    public DeviceNodeTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux tells device files apart");

    public void Dispose() => _folder.Delete(true);

    [Fact]
    public void What_stays_is_the_same()
    {
        var node = DeviceNode.Of(Make("ttyACM0")).ShouldNotBeNull();
        File.AppendAllText(node.RealPath, "more");
        node.IsSame().ShouldBeTrue();
    }

    [Fact]
    public void What_is_gone_is_not_the_same()
    {
        var node = DeviceNode.Of(Make("ttyACM0")).ShouldNotBeNull();
        File.Delete(node.RealPath);
        node.IsSame().ShouldBeFalse();
        DeviceNode.Of(node.RealPath).ShouldBeNull();
    }

    [Fact]
    public void Another_device_of_the_same_name_is_not_the_same()
    {
        var node = DeviceNode.Of(Make("ttyACM0")).ShouldNotBeNull();
        File.Move(Make("next"), node.RealPath, overwrite: true);
        node.IsSame().ShouldBeFalse();
    }

    [Fact]
    public void A_link_that_leads_elsewhere_is_not_the_same()
    {
        var link = Path.Combine(_folder.FullName, "by-path");
        File.CreateSymbolicLink(link, Make("ttyACM0"));
        var node = DeviceNode.Of(link).ShouldNotBeNull();
        node.RealPath.ShouldEndWith("ttyACM0");
        node.IsSame().ShouldBeTrue();
        File.Delete(link);
        File.CreateSymbolicLink(link, Make("ttyACM1"));
        node.IsSame().ShouldBeFalse();
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_no_device()
    {
        var link = Path.Combine(_folder.FullName, "by-path");
        File.CreateSymbolicLink(link, Path.Combine(_folder.FullName, "nowhere"));
        DeviceNode.Of(link).ShouldBeNull();
    }

    private string Make(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, "");
        return path;
    }
}
