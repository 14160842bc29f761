using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using AirHil.Live.Remote;
using AirHil.Reports.Html;
using AirHil.Rig.Scenarios;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AirHil.Live.View;

/// <summary>
/// The report's page while a run lasts, served on loopback: benches are added as they begin, their events are pushed
/// as they happen (server-sent events), and who comes late gets what was before.
/// </summary>
public sealed class LiveView : IAsyncDisposable
{
    /// <summary>A browser that is behind by more messages is disconnected; it reconnects by itself.</summary>
    private const int MostPending = 4096;

    /// <summary>Pages at one time; for a further one the oldest is disconnected.</summary>
    internal const int MostViewers = 64;

    /// <summary>Connections at one time that are no stream of events; the oldest makes room.</summary>
    internal const int MostOthers = 64;

    /// <summary>How long such a connection may last.</summary>
    private static readonly TimeSpan LongestOther = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly List<LiveEntry> _entries = [];
    private readonly List<Channel<string>> _viewers = [];
    private readonly CancellationTokenSource _over = new();
    private readonly WebApplication _server;
    private readonly LiveViewOptions _options;
    private readonly Task _pump;
    private long _held;

    private LiveView(WebApplication server, LiveViewOptions options)
    {
        _server = server;
        _options = options;
        server.Run(ServeAsync);
        _pump = PumpAsync();
    }

    /// <summary>Where a browser finds it.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Begins to serve on 127.0.0.1.</summary>
    /// <param name="port">0 takes a free one, which <see cref="Address"/> tells.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<LiveView> StartAsync(int port = 0, LiveViewOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)port, 65535u, nameof(port));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var newcomers = new Newcomers(MostOthers, LongestOther);
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(
            IPAddress.Loopback, port,
            listen => listen.Use(next => connection => newcomers.Carry(connection, next))));
        var view = new LiveView(builder.Build(), options ?? new LiveViewOptions());
        try
        {
            await view._server.StartAsync().ConfigureAwait(false);
        }
        catch (IOException e)
        {
            await view.DisposeAsync().ConfigureAwait(false);
            throw new IOException(
                $"the live view cannot listen on 127.0.0.1:{port}: {e.Message} Give another port, or 0 for a free one.",
                e);
        }

        var addresses = view._server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        view.Address = new Uri(addresses!.Addresses.First());
        return view;
    }

    /// <summary>Shows a bench from now on, with what has happened on it already.</summary>
    /// <param name="title">What to call it: the scenario's name, the script's.</param>
    /// <returns>The callback that tells the view how it ended.</returns>
    public LiveEntry Add(string title, Bench bench)
    {
        ArgumentNullException.ThrowIfNull(bench);
        LiveEntry entry;
        lock (_gate)
        {
            entry = new LiveEntry(this, _entries.Count, title, bench.Options);
            _entries.Add(entry);
            Send(entry.Begin);
        }

        entry.Watch(bench.Session);
        return entry;
    }

    /// <summary>Ends the streams and the server; a second call does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_over.IsCancellationRequested) return;
        LiveEntry[] entries;
        lock (_gate) entries = [.. _entries];
        foreach (var entry in entries) entry.Flush();
        lock (_gate)
        {
            Send(Message("over", "{}"));
            foreach (var viewer in _viewers) viewer.Writer.TryComplete();
        }

        await _over.CancelAsync().ConfigureAwait(false);
        await _pump.ConfigureAwait(false);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await _server.StopAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // A browser that does not read holds nobody up.
        }

        await _server.DisposeAsync().ConfigureAwait(false);
        _over.Dispose();
    }

    /// <summary>One message of the stream.</summary>
    internal static string Message(string name, string json) => $"event: {name}\ndata: {json}\n\n";

    /// <summary>An entry has something new: it is kept for who comes late and sent to who is there.</summary>
    internal void Publish(LiveEntry entry, string message, bool isPack)
    {
        lock (_gate)
        {
            if (isPack)
            {
                entry.Packs.Enqueue(message);
                _held += message.Length;
                MakeRoom();
            }

            Send(message);
        }
    }

    /// <summary>The oldest goes first; a page that has it keeps it.</summary>
    private void MakeRoom()
    {
        foreach (var entry in _entries)
        {
            while (_held > _options.MostHistory && entry.Packs.Count > (entry == _entries[^1] ? 1 : 0))
            {
                _held -= entry.Packs.Dequeue().Length;
            }
        }
    }

    private void Send(string message)
    {
        for (var i = _viewers.Count - 1; i >= 0; i--)
        {
            if (_viewers[i].Writer.TryWrite(message)) continue;
            _viewers[i].Writer.TryComplete();
            _viewers.RemoveAt(i);
        }
    }

    private async Task PumpAsync()
    {
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(_over.Token).ConfigureAwait(false))
            {
                LiveEntry[] entries;
                lock (_gate) entries = [.. _entries];
                foreach (var entry in entries) entry.Flush();
            }
        }
        catch (OperationCanceledException)
        {
            // The view is over.
        }
    }

    private async Task ServeAsync(HttpContext context)
    {
        // A page of the web that points its name at this machine must not read a run.
        if (context.Request.Host.Host is not ("127.0.0.1" or "localhost" or "[::1]"))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        switch (context.Request.Path.Value)
        {
            case "/":
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.WriteAsync(Page(), context.RequestAborted).ConfigureAwait(false);
                break;
            case "/events":
                await StreamAsync(context).ConfigureAwait(false);
                break;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                break;
        }
    }

    private string Page()
    {
        using var page = new StringWriter(CultureInfo.InvariantCulture);
        PageAssets.WriteHead(page, _options.Title, connects: true);
        PageAssets.WriteTail(page, new JsonObject
        {
            ["live"] = true,
            ["title"] = _options.Title,
            ["target"] = _options.Target,
            ["seed"] = _options.Seed?.ToString(CultureInfo.InvariantCulture),
            ["scenarios"] = new JsonArray(),
        });
        return page.ToString();
    }

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        // A connection whose stream has ended is not held for a further request.
        context.Response.Headers.Connection = "close";
        var viewer = Channel.CreateBounded<string>(
            new BoundedChannelOptions(MostPending) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
        List<string> before = [];
        lock (_gate)
        {
            if (_over.IsCancellationRequested) return;
            foreach (var entry in _entries)
            {
                before.Add(entry.Begin);
                before.AddRange(entry.Packs);
                if (entry.End is { } end) before.Add(end);
            }

            if (_viewers.Count >= MostViewers)
            {
                _viewers[0].Writer.TryComplete();
                _viewers.RemoveAt(0);
            }

            _viewers.Add(viewer);
        }

        context.Features.Get<Newcomers.Newcomer>()?.Leave();
        try
        {
            foreach (var message in before) await WriteAsync(context, message).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            await foreach (var message in viewer.Reader.ReadAllAsync(context.RequestAborted).ConfigureAwait(false))
            {
                await WriteAsync(context, message).ConfigureAwait(false);
                if (!viewer.Reader.TryPeek(out _))
                {
                    await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The browser has gone.
        }
        finally
        {
            lock (_gate) _viewers.Remove(viewer);
        }
    }

    private static async Task WriteAsync(HttpContext context, string message)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(message), context.RequestAborted)
            .ConfigureAwait(false);
    }
}
