using AirHil.Live.View;
using AirHil.Modem.Faults;
using AirHil.Reports.Tests.Browser;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Tests;
using Microsoft.Playwright;

namespace AirHil.Live.Tests.View;

/// <summary>The picture of the live view in docs/images, taken again when AIRHIL_SCREENSHOTS is 1.</summary>
public sealed class LiveScreenshotTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int MostBytes = 300_000;

    [Fact]
    public async Task A_run_that_is_watched()
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("AIRHIL_SCREENSHOTS") == "1", "AIRHIL_SCREENSHOTS is not 1");
        await using var view = await LiveView.StartAsync(
            0, new() { Title = "websocket-echo", Target = "virtual", Seed = 1 });
        await using var opened = await chromium.OpenAsync(view.Address.AbsoluteUri, dark: true, offline: false);
        await using var bench = new Bench(new() { Vitals = TimeSpan.FromMilliseconds(100) });
        bench.Firmware(FirmwareSource.FromPath(
            Path.Combine(RepositoryRoot.Path, "fixtures", "scripts", "websocket-echo")));
        view.Add("websocket-echo", bench);
        await bench.ApplyPower();
        await RunFor(bench, 20);
        await bench.Begin(new DropCoverage(), TimeSpan.FromSeconds(12));
        await RunFor(bench, 35);
        await bench.Begin(new ResetConnections());
        await RunFor(bench, 20);
        await bench.Begin(new FailDns(), TimeSpan.FromSeconds(15));
        await RunFor(bench, 12);

        await opened.Drawn();
        await opened.Page.Locator("button[aria-pressed=true]", new() { HasText = "Follow" }).WaitForAsync();
        var picture = await opened.Page.ScreenshotAsync(new()
        {
            Path = Path.Combine(RepositoryRoot.Path, "docs", "images", "live-view.png"),
            Animations = ScreenshotAnimations.Disabled,
        });
        picture.Length.ShouldBeLessThan(MostBytes);
        opened.Problems.ShouldBeEmpty();
    }

    /// <summary>Second by second of the run, so that the page sees it come.</summary>
    private static async Task RunFor(Bench bench, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            await bench.RunFor(TimeSpan.FromSeconds(1));
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await Task.Delay(500, TestContext.Current.CancellationToken); // The view's next beat.
    }
}
