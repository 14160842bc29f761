using System.Diagnostics;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Reports.Html;
using Microsoft.Playwright;

namespace AirHil.Reports.Tests.Browser;

/// <summary>The report as people get it: a file, opened in a browser, with the network off.</summary>
public sealed class FilePageTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(3);
    private static readonly string[] Local = ["file:", "data:", "blob:"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("airhil-page-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_failure_is_found_and_clicked_through_to_its_moment()
    {
        await using var opened = await Open(await DemoRun.Data());
        var page = opened.Page;

        (await page.Locator(".entry").First.TextContentAsync())!.ShouldContain("failed: The link comes back");
        await page.FillAsync("#filter", "delivered");
        (await page.Locator(".entry").CountAsync()).ShouldBe(1);
        await page.Locator(".entry").ClickAsync();
        await opened.Drawn();
        (await page.Locator(".reason").TextContentAsync())!.ShouldContain("I/user.delivered");
        await page.Locator("button.step.failed").ClickAsync();
        await page.WaitForSelectorAsync(".step.shown");

        var (from, to) = await opened.Seen();
        var failure = (await DemoRun.Scenario("The link comes back")).StepTimes[^1].To.TotalSeconds;
        from.ShouldBeLessThan(failure);
        to.ShouldBeGreaterThan(failure);
        (to - from).ShouldBeLessThan(5);
        (await page.Locator(".details").TextContentAsync())!.ShouldContain("WebSocket connect succeed!");
        opened.Problems.ShouldBeEmpty();
        opened.Requests.ShouldAllBe(url => Local.Any(url.StartsWith));
    }

    [Fact]
    public async Task A_million_events_open_in_three_seconds()
    {
        var path = Write(new ReportData
        {
            Title = "a million",
            Scenarios = [new ReportScenario { Title = "busy", Session = new("virtual", Sessions.Busy(1_000_000)) }],
        });
        await using var opened = await chromium.OpenAsync("about:blank", isReport: false);
        var metrics = await opened.Page.Context.NewCDPSessionAsync(opened.Page);
        await metrics.SendAsync("Performance.enable", new() { ["timeDomain"] = "threadTicks" });
        TimeSpan wall, busy;
        var tries = 0;
        do
        {
            await opened.Page.GotoAsync("about:blank");
            var before = await BusyTime(metrics);
            var clock = Stopwatch.StartNew();
            await opened.Page.GotoAsync(path);
            await opened.Drawn();
            (wall, busy) = (clock.Elapsed, await BusyTime(metrics) - before);
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"opened in {wall.TotalSeconds:0.00} s, of them {busy.TotalSeconds:0.00} s of processor time");
        }
        while (wall > Allowed && ++tries < 3);

        // Where others have the processor the clock on the wall says nothing of the page; its own time does.
        (wall < Allowed ? wall : busy).ShouldBeLessThan(Allowed);
        busy.ShouldBeGreaterThan(TimeSpan.Zero);
        (await opened.Page.Locator(".meta").TextContentAsync())!.ShouldContain("1,000,000");
        await opened.Page.FillAsync(".search", "reading 999998 of");
        await opened.Page.GetByText("1 found").WaitForAsync();
        await opened.Page.Locator(".search").PressAsync("Enter");
        await opened.Page.WaitForSelectorAsync(".event.selected.hit");
        opened.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_that_a_script_says_becomes_markup()
    {
        await using var opened = await Open(await DemoRun.Data());
        var page = opened.Page;

        await page.FillAsync("#filter", "byte for byte");
        await page.Locator(".entry").ClickAsync();
        await opened.Drawn();
        await page.FillAsync(".search", "user.markup");
        await page.Locator(".search").PressAsync("Enter");
        await page.WaitForSelectorAsync(".event.selected");

        (await page.Locator(".details .text").TextContentAsync()).ShouldBe("I/user.markup  " + DemoRun.Hostile);
        (await page.EvaluateAsync<bool>("() => 'broken' in window")).ShouldBeFalse();
        (await page.Locator("#scenario img, #scenario script").CountAsync()).ShouldBe(0);
        opened.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task It_is_used_by_keys_alone()
    {
        await using var opened = await Open(await DemoRun.Data());
        var (page, keys) = (opened.Page, opened.Page.Keyboard);
        await opened.Drawn();

        await keys.PressAsync("?");
        (await page.Locator("dialog[open]").TextContentAsync())!.ShouldContain("to the moment of the failure");
        await keys.PressAsync("Escape");
        await keys.PressAsync("f");
        await page.WaitForSelectorAsync(".step.failed.shown");
        var (from, to) = await opened.Seen();
        await keys.PressAsync("g");
        (await page.EvaluateAsync<string>("() => document.activeElement.className")).ShouldBe("timeline");
        await keys.PressAsync("+");
        var zoomed = await opened.Seen();
        (zoomed.To - zoomed.From).ShouldBe((to - from) / 1.5, 1e-6);
        await keys.PressAsync("ArrowLeft");
        (await opened.Seen()).From.ShouldBeLessThan(zoomed.From);
        await keys.PressAsync("0");
        (await opened.Seen()).From.ShouldBeLessThan(0);
        for (var i = 0; i < 10; i++) await keys.PressAsync("ArrowDown");
        await keys.PressAsync(".");
        (await page.Locator(".event.selected").CountAsync()).ShouldBe(1);

        await keys.PressAsync("s");
        await keys.TypeAsync("conack");
        await page.GetByText(" found").WaitForAsync();
        await keys.PressAsync("Enter");
        await page.WaitForSelectorAsync(".event.selected.hit");
        await keys.PressAsync("Escape");
        await keys.PressAsync("j");
        (await page.Locator(".entry[aria-current]").TextContentAsync())!.ShouldContain("nobody has written");
        await keys.PressAsync("/");
        await keys.TypeAsync("watchdog");
        await keys.PressAsync("Enter");
        (await page.Locator("h1").TextContentAsync())!.ShouldContain("busy loop");
        opened.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_that_can_be_pressed_has_a_name_and_is_reached_by_tab()
    {
        await using var opened = await Open(await DemoRun.Data());
        await opened.Drawn();

        var nameless = await opened.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('button, input, select, canvas, [tabindex=\"0\"]')]" +
            ".filter(e => !(e.getAttribute('aria-label') || e.textContent.trim())).map(e => e.outerHTML)");
        nameless.ShouldBeEmpty();
        var reached = new HashSet<string>();
        for (var i = 0; i < 80; i++)
        {
            await opened.Page.Keyboard.PressAsync("Tab");
            reached.Add(await opened.Page.EvaluateAsync<string>(
                "() => document.activeElement.id || document.activeElement.className"));
        }

        string[] wanted = ["theme", "help", "filter", "chip", "timeline", "search", "events-scroll"];
        wanted.Except(reached).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_follows_the_system_to_light_and_dark_and_has_a_switch(bool dark)
    {
        await using var opened = await Open(await DemoRun.Data(), dark);
        await opened.Drawn();

        (await Lightness(opened) < 0.5).ShouldBe(dark);
        await opened.Page.Keyboard.PressAsync("t");
        (await Lightness(opened) < 0.5).ShouldBe(!dark);
        (await Contrast(opened)).ShouldBeGreaterThan(4.5);
        opened.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Wheel_and_drag_zoom_and_move_and_the_pointer_tells()
    {
        await using var opened = await Open(await DemoRun.Data());
        var page = opened.Page;
        await opened.Drawn();
        await page.Locator(".stage").EvaluateAsync("stage => stage.scrollIntoView()");
        var box = (await page.Locator("canvas.timeline").BoundingBoxAsync())!;
        var (x, y) = (box.X + (box.Width / 2), box.Y + 80);
        var all = await opened.Seen();

        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.WheelAsync(0, -500);
        await page.WaitForFunctionAsync(
            "w => { const v = document.querySelector('canvas.timeline').seen(); return v.to - v.from < w; }",
            (all.To - all.From) * 0.9);
        var zoomed = await opened.Seen();
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x - 200, y, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        (await opened.Seen()).From.ShouldBeGreaterThan(zoomed.From);

        await page.Keyboard.PressAsync("0");
        for (var dx = -300; dx < 300 && !await page.Locator("#hover").IsVisibleAsync(); dx += 4)
        {
            await page.Mouse.MoveAsync(x + dx, box.Y + box.Height - 62);
        }

        (await page.Locator("#hover").TextContentAsync())!.ShouldContain("log");
    }

    [Fact]
    public async Task Two_sessions_that_were_compared_stand_above_each_other()
    {
        var scenario = await DemoRun.Scenario("A name that nobody answers");
        var other = await DemoRun.Scenario("The connection is reset");
        await using var opened = await Open(new ReportData
        {
            Title = "compared",
            Scenarios =
            [
                scenario with
                {
                    Comparison = new ReportComparison(other.Session!, "log: 'a' against 'b'")
                    {
                        DivergesAt = TimeSpan.FromSeconds(7),
                        OtherDivergesAt = TimeSpan.FromSeconds(7.5),
                    },
                },
            ],
        });
        await opened.Drawn();

        (await opened.Page.Locator("canvas.timeline").CountAsync()).ShouldBe(2);
        (await opened.Page.Locator(".verdict").TextContentAsync())!.ShouldContain("'a' against 'b'");
        await opened.Page.Keyboard.PressAsync("d");
        var seen = await opened.Page.EvaluateAsync<double[]>(
            "() => [...document.querySelectorAll('canvas.timeline')].flatMap(c => [c.seen().from, c.seen().to])");
        seen[0].ShouldBe(seen[2]);
        seen[1].ShouldBe(seen[3]);
        seen[0].ShouldBeInRange(6, 7);
        opened.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_event_arrives_in_the_page_as_it_was()
    {
        var events = Sessions.Busy(5_000).Append(new UartIn(
            TimeSpan.FromHours(1), 1, new byte[] { 0, 255, 13, 10, 0x41 }, LineErrors: true)).ToArray();
        await using var opened = await Open(new ReportData
        {
            Title = "exact",
            Scenarios = [new ReportScenario { Title = "exact", Session = new("virtual", events) }],
        });
        await opened.Drawn();

        await opened.Page.FillAsync(".search", "0x00ff0d0a41");
        await opened.Page.Locator(".search").PressAsync("Enter");
        await opened.Page.WaitForSelectorAsync(".event.selected.hit");
        var details = (await opened.Page.Locator(".details").TextContentAsync())!;
        details.ShouldContain("1:00:00.000000");
        details.ShouldContain("uart1.rx.errors");
        details.ShouldContain("00 ff 0d 0a 41");
        details.ShouldContain("····A");
        details.ShouldContain("5001 of 5001");
    }

    [Fact]
    public async Task Sessions_of_nothing_of_one_event_and_of_awkward_bytes_are_shown()
    {
        SessionEvent[] awkward =
        [
            Sessions.Log(TimeSpan.FromSeconds(1), "I/user.long\t" + new string('x', 100_000)),
            Sessions.Log(TimeSpan.FromSeconds(2), DemoRun.Hostile + "<!--<script>\0\u001b[31m\u202e\ud800\r"),
            new UartIn(TimeSpan.FromSeconds(3), 1, Convert.FromHexString("FFFEC32800EDA080")),
        ];
        await using var opened = await Open(new ReportData
        {
            Title = "awkward",
            Scenarios =
            [
                .. new[] { awkward, [], awkward[..1] }.Select((events, i) =>
                    new ReportScenario { Title = $"scenario {i}", Session = new("virtual", events) }),
            ],
        });
        var page = opened.Page;
        (int Place, string Said)[] shown = [(1, "No events."), (2, "I/user.long"), (0, "uart1.rx")];
        foreach (var (place, said) in shown)
        {
            await page.Locator(".entry").Nth(place).ClickAsync();
            await opened.Drawn();
            await page.Locator(".events", new() { HasText = said }).WaitForAsync();
        }

        await page.Keyboard.PressAsync("e");
        await page.Keyboard.PressAsync("End");
        (await page.Locator(".details").TextContentAsync())!.ShouldContain("ff fe c3 28 00 ed a0 80");
        await page.Keyboard.PressAsync("ArrowUp");
        (await page.Locator(".details").TextContentAsync())!
            .ShouldContain(DemoRun.Hostile + "<!--<script>\\x00\\x1b[31m\\x202e\ufffd\\r");
        await page.Keyboard.PressAsync("ArrowUp");
        (await page.Locator(".details").TextContentAsync())!.ShouldEndWith("… 34476 characters more");
        (await page.EvaluateAsync<bool>("() => 'broken' in window")).ShouldBeFalse();
        opened.Problems.ShouldBeEmpty();
    }

    /// <summary>The numbers stand left of the lines, where else only rows of two directions have something.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Pins_have_their_numbers_and_a_dark_display_what_it_showed_before(bool hasPins)
    {
        SessionEvent[] power =
        [
            new PowerApplied(TimeSpan.Zero), new ModemStarted(TimeSpan.Zero, StartReason.Power, ""),
        ];
        SessionEvent[] pins =
        [
            new PinDriven(TimeSpan.FromSeconds(1), 27, PinDrive.High),
            new DisplayShown(TimeSpan.FromSeconds(2), "oled.lua", 8, 1, new byte[] { 0x81 }),
            new DisplayShown(TimeSpan.FromSeconds(3), "oled.lua", 8, 1, new byte[] { 0 }),
            new PinDriven(TimeSpan.FromSeconds(4), 27, PinDrive.Low),
        ];
        await using var opened = await Open(new ReportData
        {
            Title = "pins",
            Scenarios =
            [
                new ReportScenario { Title = "pins", Session = new("virtual", hasPins ? [.. power, .. pins] : power) },
            ],
        });
        await opened.Drawn();
        var dark = await opened.Page.EvaluateAsync<int>(
            """
            () => {
              const canvas = document.querySelector('canvas.timeline'), ratio = devicePixelRatio;
              const { data } = canvas.getContext('2d').getImageData(122 * ratio, 0, 22 * ratio, canvas.height);
              let dark = 0;
              for (let i = 0; i < data.length; i += 4) if (data[i] + data[i + 1] + data[i + 2] < 480) dark++;
              return dark;
            }
            """);
        (dark > 10).ShouldBe(hasPins, $"{dark} pixels");
        (await opened.Page.Locator("button.display").AllTextContentsAsync())
            .ShouldBe(hasPins ? ["oled.lua 8x1, since 2.000 s", "oled.lua 8x1, since 3.000 s"] : []);
    }

    /// <summary>What the page's main thread has used of a processor.</summary>
    private static async Task<TimeSpan> BusyTime(ICDPSession session)
    {
        var answer = await session.SendAsync("Performance.getMetrics");
        var metric = answer!.Value.GetProperty("metrics").EnumerateArray()
            .First(m => m.GetProperty("name").GetString() == "TaskDuration");
        return TimeSpan.FromSeconds(metric.GetProperty("value").GetDouble());
    }

    private static Task<double> Lightness(WatchedPage opened) => opened.Page.EvaluateAsync<double>(
        "() => { const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number);" +
        " return (r + g + b) / 765; }");

    /// <summary>Of the text on the page's ground, by the rule of WCAG 2.</summary>
    private static Task<double> Contrast(WatchedPage opened) => opened.Page.EvaluateAsync<double>(
        """
        () => {
          const style = getComputedStyle(document.body);
          const light = text => text.match(/\d+/g).slice(0, 3).map(Number).map(v => v / 255)
            .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const [a, b] = [light(style.color), light(style.backgroundColor)].sort((x, y) => y - x);
          return (a + 0.05) / (b + 0.05);
        }
        """);

    private async Task<WatchedPage> Open(ReportData data, bool dark = false) =>
        await chromium.OpenAsync(Write(data), dark);

    private string Write(ReportData data)
    {
        var path = Path.Combine(_folder.FullName, "report.html");
        HtmlReport.Write(path, data);
        return new Uri(path).AbsoluteUri;
    }
}
