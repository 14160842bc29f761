using AirHil.Modem.Messages;

namespace AirHil.VirtualModem.Tests.Storage;

public sealed class WatchedStorageTests
{
    private const string Script = """
        sys = require("sys")
        sys.timerStart(function()
            kept = io.open("/a.txt", "w")
            kept:write("x")
        end, 1000)
        sys.timerStart(function() kept:close() end, 2000)
        sys.run()
        """;

    [Fact]
    public void Open_files_are_told_at_once_and_at_each_change()
    {
        var bench = new FakeBench(Script).PowerOn();
        bench.At(1.5, new ModemCommand.WatchStorage(StorageWatch.OpenFiles));
        bench.RunTo(5);
        bench.Reports.Select(seen => ((ModemReport.FilesOpen)seen.Report).Count).ShouldBe([1, 0]);
    }

    [Fact]
    public void A_reset_closes_what_is_open()
    {
        var bench = new FakeBench(Script).PowerOn();
        bench.At(1, new ModemCommand.WatchStorage(StorageWatch.OpenFiles));
        bench.At(1.5, new ModemCommand.PullReset());
        bench.RunTo(1.6);
        bench.Reports.Select(seen => ((ModemReport.FilesOpen)seen.Report).Count).ShouldBe([0, 1, 0]);
    }

    /// <summary>The file is made when it is opened, and its text is written when it is closed.</summary>
    [Fact]
    public void A_write_is_told_when_it_begins()
    {
        var bench = new FakeBench(Script).PowerOn();
        bench.At(0.5, new ModemCommand.WatchStorage(StorageWatch.Writes));
        bench.RunTo(5);
        var writes = bench.Reports.Select(seen => (seen.At, ((ModemReport.FlashWritten)seen.Report).Took)).ToArray();
        writes.Select(write => Math.Round(write.At.TotalSeconds, 1)).ShouldBe([1.3, 2.3]);
        writes.ShouldAllBe(write => write.Took == TimeSpan.FromMilliseconds(1));
    }
}
