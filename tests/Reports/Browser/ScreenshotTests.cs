using AirHil.Reports.Html;
using AirHil.Rig.Comparison;
using AirHil.Tests;
using Microsoft.Playwright;

namespace AirHil.Reports.Tests.Browser;

/// <summary>The pictures of docs/images, taken again when AIRHIL_SCREENSHOTS is 1.</summary>
public sealed class ScreenshotTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const int MostBytes = 300_000;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airhil-pictures-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_failure_in_light()
    {
        await using var opened = await Open(await DemoRun.Data());

        await Take(opened, "report-failure.png");
    }

    [Fact]
    public async Task A_moment_in_dark()
    {
        await using var opened = await Open(await DemoRun.Data(), dark: true);
        await Show(opened, "beat that falls");
        await opened.Page.FillAsync(".search", "conack");
        await opened.Page.GetByText(" found").WaitForAsync();
        await opened.Page.Keyboard.PressAsync("Enter");
        await opened.Page.Keyboard.PressAsync("Enter");
        await opened.Page.Locator(".stage").EvaluateAsync("stage => stage.scrollIntoView()");
        var box = (await opened.Page.Locator("canvas.timeline").BoundingBoxAsync())!;
        await opened.Page.Mouse.MoveAsync(box.X + (box.Width * 0.42f), box.Y + 112);

        await Take(opened, "report-timeline.png");
    }

    [Fact]
    public async Task Two_sessions_above_each_other()
    {
        var scenario = await DemoRun.Scenario("The connection is reset");
        var other = await DemoRun.Scenario("The service closes with a close frame");
        var left = scenario.Session!.Events.First(e => e.Kind == "fault.begin");
        var right = other.Session!.Events.First(e => e.Kind == "fault.begin");
        await using var opened = await Open(new ReportData
        {
            Title = "reconnect",
            Target = "virtual",
            Scenarios =
            [
                scenario with
                {
                    Session = scenario.Session with { Title = "board-2025-03-14.ndjson" },
                    Comparison = new ReportComparison(
                        other.Session with { Title = "virtual.ndjson" },
                        "the first difference:\n" +
                        ComparisonText.Sentence(new(DivergenceKind.Changed, 0, left, 0, right)))
                    {
                        DivergesAt = left.At,
                        OtherDivergesAt = right.At,
                    },
                },
            ],
        });
        await opened.Drawn();
        await opened.Page.Locator(".stage").EvaluateAsync("stage => stage.scrollIntoView()");

        await Take(opened, "report-compare.png");
    }

    [Fact]
    public async Task A_watchdog_that_bites()
    {
        await using var opened = await Open(await DemoRun.Data());
        await Show(opened, "busy loop");

        await Take(opened, "report-watchdog.png");
    }

    private static async Task Show(WatchedPage opened, string words)
    {
        await opened.Page.FillAsync("#filter", words);
        await opened.Page.Locator(".entry").First.ClickAsync();
        await opened.Drawn();
    }

    private static async Task Take(WatchedPage opened, string name)
    {
        await opened.Drawn();
        await Task.Delay(300, TestContext.Current.CancellationToken); // Smooth scrolling comes to rest.
        var folder = Path.Combine(RepositoryRoot.Path, "docs", "images");
        Directory.CreateDirectory(folder);
        var picture = await opened.Page.ScreenshotAsync(
            new() { Path = Path.Combine(folder, name), Animations = ScreenshotAnimations.Disabled });
        picture.Length.ShouldBeLessThan(MostBytes);
        opened.Problems.ShouldBeEmpty();
    }

    private async Task<WatchedPage> Open(ReportData data, bool dark = false)
    {
        Assert.SkipUnless(
            Environment.GetEnvironmentVariable("AIRHIL_SCREENSHOTS") == "1", "AIRHIL_SCREENSHOTS is not 1");
        var path = Path.Combine(_folder.FullName, "report.html");
        HtmlReport.Write(path, data);
        return await chromium.OpenAsync(new Uri(path).AbsoluteUri, dark);
    }
}
