using System.Net;
using System.Net.Sockets;
using System.Text;
using AirHil.Live.View;
using AirHil.Reports;
using AirHil.Reports.Tests.Browser;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Live.Tests.View;

public sealed class LiveViewTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Ticking =
        """
        _G.sys = require("sys")
        sys.timerLoopStart(function() log.info("tick", os.time()) end, 100)
        sys.run()
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_browser_shows_what_happens_while_it_happens()
    {
        await using var view = await LiveView.StartAsync(0, new() { Title = "watched", Target = "virtual", Seed = 1 });
        await using var opened = await chromium.OpenAsync(view.Address.AbsoluteUri, offline: false);
        var page = opened.Page;
        (await page.Locator("#scenario").TextContentAsync())!.ShouldContain("Waiting");

        await using var bench = Start();
        var entry = view.Add("ticks </script>", bench);
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(3));
        await opened.Drawn();
        (await page.Locator("h1").TextContentAsync())!.ShouldContain("ticks </script>");
        await page.FillAsync(".search", "user.tick");
        await Found(opened, bench);
        await bench.RunFor(TimeSpan.FromSeconds(60));
        await page.FillAsync(".search", "");
        await page.FillAsync(".search", "user.tick");
        await Found(opened, bench);
        entry.Finish();
        await page.WaitForSelectorAsync(".entry.session");

        opened.Problems.ShouldBeEmpty();
        opened.Requests.ShouldAllBe(url => url.StartsWith(view.Address.AbsoluteUri, StringComparison.Ordinal)
            || url.StartsWith("data:", StringComparison.Ordinal));
    }

    /// <summary>A page of the web can open connections to this machine, though it cannot read them.</summary>
    [Fact]
    public async Task Connections_that_ask_for_nothing_or_never_end_lock_nobody_out()
    {
        await using var view = await LiveView.StartAsync();
        List<TcpClient> all = [];
        try
        {
            for (var i = 0; i < 3 * LiveView.MostOthers; i++) all.Add(await Connect(view, ""));
            (await Page(view)).ShouldContain("<html");
            (await HasEnded(all[0])).ShouldBeTrue("the oldest makes room");
            var first = await Connect(view, "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
            all.Add(first);
            using var reader = new StreamReader(first.GetStream());
            (await reader.ReadLineAsync(Cancel)).ShouldBe("HTTP/1.1 200 OK");
            for (var i = 0; i < LiveView.MostViewers; i++)
            {
                all.Add(await Connect(view, "GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n"));
                (await all[^1].GetStream().ReadAsync(new byte[1], Cancel)).ShouldBe(1);
            }

            (await reader.ReadToEndAsync(Cancel).WaitAsync(Patience, Cancel)).ShouldEndWith("\r\n0\r\n\r\n");
            (await Page(view)).ShouldContain("<html");
        }
        finally
        {
            foreach (var one in all) one.Dispose();
        }
    }

    [Fact]
    public async Task Who_comes_late_gets_what_was_before()
    {
        await using var view = await LiveView.StartAsync();
        await using var bench = Start();
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(20)); // Before the view knows of it.
        view.Add("early", bench);
        await bench.RunFor(TimeSpan.FromSeconds(20));
        view.Add("ended", bench).Finish(new ReportScenario { Title = "ended" });

        await using var opened = await chromium.OpenAsync(view.Address.AbsoluteUri, offline: false);
        await opened.Drawn();
        (await opened.Page.Locator(".entry").CountAsync()).ShouldBe(2);
        await opened.Page.FillAsync(".search", "user.tick");
        await Found(opened, bench);
        opened.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_looks_back_is_left_there_and_is_told_of_the_end()
    {
        await using var bench = Start();
        await bench.ApplyPower();
        await using var view = await LiveView.StartAsync();
        view.Add("followed", bench);
        await bench.RunFor(TimeSpan.FromMinutes(1));
        await using var opened = await chromium.OpenAsync(view.Address.AbsoluteUri, offline: false);
        var page = opened.Page;
        await page.Locator("button[aria-pressed=true]", new() { HasText = "Follow" }).WaitForAsync();
        await page.WaitForFunctionAsync(
            "end => document.querySelector('canvas.timeline')?.seen().to > end * 0.99", bench.Now.TotalSeconds);

        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("+");
        await page.Keyboard.PressAsync("Home");
        var seen = await opened.Seen();
        await bench.RunFor(TimeSpan.FromSeconds(10));
        await page.Locator("button[aria-pressed=false]", new() { HasText = "Follow" }).WaitForAsync();
        (await opened.Seen()).ShouldBe(seen);

        await view.DisposeAsync();
        await page.GetByText("the run is over").First.WaitForAsync();
        opened.Problems.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_browser_it_is_a_stream_of_messages()
    {
        await using var view = await LiveView.StartAsync();
        await using var bench = Start();
        view.Add("one", bench);
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(2));
        using var http = new HttpClient { BaseAddress = view.Address, Timeout = Patience };
        using var stream = new StreamReader(await http.GetStreamAsync("/events", Cancel));

        List<string> names = [];
        while (names.Count < 2)
        {
            var line = await stream.ReadLineAsync(Cancel).AsTask().WaitAsync(Patience, Cancel);
            if (line!.StartsWith("event: ", StringComparison.Ordinal)) names.Add(line[7..]);
        }

        names.ShouldBe(["begin", "pack"]);
    }

    [Fact]
    public async Task It_is_on_loopback_and_answers_to_no_other_name()
    {
        await using var view = await LiveView.StartAsync();
        view.Address.Host.ShouldBe("127.0.0.1");
        using var http = new HttpClient { BaseAddress = view.Address };

        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "evil.example" } };
        (await http.SendAsync(request, Cancel)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await http.GetAsync("/other", Cancel)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await http.GetStringAsync("/", Cancel)).ShouldContain("Content-Security-Policy");
    }

    [Fact]
    public async Task A_port_in_use_is_told_with_what_to_do()
    {
        await using var view = await LiveView.StartAsync();

        var error = await Should.ThrowAsync<IOException>(() => LiveView.StartAsync(view.Address.Port));

        error.Message.ShouldContain($"127.0.0.1:{view.Address.Port}");
        error.Message.ShouldContain("0 for a free one");
    }

    [Fact]
    public async Task History_is_bounded_and_the_newest_of_it_stays()
    {
        await using var view = await LiveView.StartAsync(0, new() { MostHistory = 20_000 });
        await using var bench = Start();
        view.Add("long", bench);
        await bench.ApplyPower();
        for (var i = 0; i < 6; i++)
        {
            await bench.RunFor(TimeSpan.FromMinutes(5));
            await Task.Delay(300, Cancel);
        }

        await using var opened = await chromium.OpenAsync(view.Address.AbsoluteUri, offline: false);
        await opened.Drawn();
        await opened.Page.Keyboard.PressAsync("End");
        var end = bench.Now.TotalSeconds;
        await opened.Page.WaitForFunctionAsync(
            "end => document.querySelector('canvas.timeline').seen().to > end * 0.99", end);
        opened.Problems.ShouldBeEmpty();
    }

    private static Bench Start()
    {
        var bench = new Bench();
        bench.Firmware(FirmwareSource.FromText(Ticking));
        return bench;
    }

    private static Task Found(WatchedPage opened, Bench bench)
    {
        var ticks = bench.Events.Count(e => e.Text.Contains("user.tick", StringComparison.Ordinal));
        return opened.Page.WaitForFunctionAsync(
            """
            ticks => {
              const hits = document.querySelector('.hits');
              if (hits.textContent === ticks + ' found') return true;
              const search = document.querySelector('.search');
              search.dispatchEvent(new Event('input'));
              return false;
            }
            """,
            ticks.ToString("N0", System.Globalization.CultureInfo.InvariantCulture),
            new() { PollingInterval = 400 });
    }

    private static async Task<TcpClient> Connect(LiveView view, string request)
    {
        var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, view.Address.Port, Cancel);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), Cancel);
        return client;
    }

    private static async Task<bool> HasEnded(TcpClient client)
    {
        try
        {
            return await client.GetStream().ReadAsync(new byte[1], Cancel).AsTask().WaitAsync(Patience, Cancel) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static async Task<string> Page(LiveView view)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(view.Address, Cancel).WaitAsync(Patience, Cancel);
    }
}
