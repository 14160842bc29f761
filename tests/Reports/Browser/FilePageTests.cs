using AirHil.Reports.Html;

namespace AirHil.Reports.Tests.Browser;

/// <summary>The report as people get it: a file, opened in a browser, with the network off.</summary>
public sealed class FilePageTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airhil-page-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_failure_is_found_and_clicked_through_to_its_moment()
    {
        await using var opened = await Open();
        var page = opened.Page;

        var first = page.Locator(".entry").First;
        (await first.TextContentAsync())!.ShouldContain("failed: The link comes back");
        await page.FillAsync("#filter", "delivered");
        await page.Locator(".entry").ClickAsync();
        await opened.Drawn();
        await page.Locator("button.step.failed").ClickAsync();

        var (from, to) = await opened.Seen();
        var failure = (await DemoRun.Scenario("The link comes back")).StepTimes[^1].To.TotalSeconds;
        from.ShouldBeLessThan(failure);
        to.ShouldBeGreaterThan(failure);
        (to - from).ShouldBeLessThan(5);
        (await page.Locator(".details").TextContentAsync())!.ShouldContain("Kind");
        (await page.Locator(".step.shown").CountAsync()).ShouldBe(1);
        opened.Problems.ShouldBeEmpty();
        opened.Requests.ShouldAllBe(url => url.StartsWith("file:") || url.StartsWith("data:") || url.StartsWith("blob:"));
    }

    private async Task<WatchedPage> Open(bool dark = false)
    {
        var path = Path.Combine(_folder.FullName, "report.html");
        HtmlReport.Write(path, await DemoRun.Data());
        return await chromium.OpenAsync(new Uri(path).AbsoluteUri, dark);
    }
}
