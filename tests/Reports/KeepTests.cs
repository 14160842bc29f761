using AirHil.Reports.Html;
namespace AirHil.Reports.Tests;
public sealed class KeepTests
{
    [Fact]
    public async Task Keep()
    {
        HtmlReport.Write("/tmp/rep/report.html", await DemoRun.Data());
        var s = await DemoRun.Scenario("The link comes back");
        File.WriteAllLines("/tmp/rep/events.txt", s.Session!.Events.Select(e => $"{e.At.TotalSeconds:0.000000} {e.Lane} {e.Kind} [{e.Text}] {e.Bytes.Length}"));
    }
}
