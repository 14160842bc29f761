using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace AirHil.Reports.Tests.Browser;

/// <summary>A page, and what went wrong on it.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private WatchedPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Problems.Enqueue($"{message.Type}: {message.Text}");
        };
        page.PageError += (_, error) => Problems.Enqueue(error);
        page.Request += (_, request) => Requests.Enqueue(request.Url);
    }

    public IPage Page { get; }

    public ConcurrentQueue<string> Problems { get; } = new();

    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<WatchedPage> OpenAsync(IBrowserContext context, string url, bool isReport)
    {
        var watched = new WatchedPage(context, await context.NewPageAsync());
        await watched.Page.GotoAsync(url);
        if (isReport)
        {
            await watched.Page.WaitForSelectorAsync(
                "html[data-ready]", new() { State = WaitForSelectorState.Attached });
        }

        return watched;
    }

    /// <summary>Waits until the shown scenario's session is drawn.</summary>
    public Task Drawn() => Page.WaitForSelectorAsync("canvas.timeline[data-drawn]");

    /// <summary>The beginning and the end of what the timeline shows, in seconds.</summary>
    public async Task<(double From, double To)> Seen()
    {
        var seen = await Page.EvaluateAsync<double[]>(
            "() => { const v = document.querySelector('canvas.timeline').seen(); return [v.from, v.to]; }");
        return (seen[0], seen[1]);
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();
}
