using AirHil.Tests;
using Microsoft.Playwright;

namespace AirHil.Reports.Tests.Browser;

/// <summary>Debian's Chromium, driven by Playwright, without a network.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
        // All pages are ours: one process for them takes a sixth less of the processor.
        "--renderer-process-limit=1",
        "--disable-features=IsolateOrigins,site-per-process,SpareRendererForSitePerProcess",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _missing = "";

    public async ValueTask InitializeAsync()
    {
        var path = Executables.Find("AIRHIL_CHROMIUM", "chromium", "chromium-browser", "google-chrome");
        if (path is null)
        {
            _missing = "no Chromium on the PATH or in AIRHIL_CHROMIUM (Debian: apt-get install chromium)";
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = path, Headless = true, Args = Flags });
    }

    /// <summary>A page in a context of its own, whose every error and every request is kept.</summary>
    /// <param name="offline">Whether the network is off, as it is for a file that is opened.</param>
    public async Task<WatchedPage> OpenAsync(
        string url, bool dark = false, bool offline = true, int width = 1440, int height = 1000, bool isReport = true)
    {
        Assert.SkipWhen(_browser is null, _missing);
        var context = await _browser.NewContextAsync(new()
        {
            Offline = offline,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new() { Width = width, Height = height },
        });
        return await WatchedPage.OpenAsync(context, url, isReport);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
