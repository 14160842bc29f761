using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using AirHil.Rig.Runs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AirHil.Live.Remote;

/// <summary>Offers the boards of this machine to others over WebSocket (docs/remote-protocol.md).</summary>
public sealed class BenchServer : IAsyncDisposable
{
    /// <summary>The most modems of one session at a time.</summary>
    public const int MostModems = RemoteProtocol.MaxModems;

    private const string StopReason = "the bench is being stopped";
    private static readonly TimeSpan TokenPause = TimeSpan.FromMilliseconds(500);
    private readonly object _gate = new();
    private readonly ServedBoard[] _boards;
    private readonly BenchServerOptions _options;
    private readonly byte[]? _tokenHash;
    private readonly List<ServerSession> _sessions = [];
    private readonly WebApplication _app;
    private int _clients;
    private bool _stopping;

    private BenchServer(ServedBoard[] boards, BenchServerOptions options)
    {
        _options = options;
        _boards = boards;
        if (_boards.Length == 0)
        {
            throw new ArgumentException("a bench without boards has nothing to offer", nameof(boards));
        }

        if (_boards.GroupBy(b => b.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"the board '{twice.Key}' is given twice", nameof(boards));
        }

        _tokenHash = options.Token is { } token ? Hash(token) : null;
        if (!IPAddress.IsLoopback(options.Listen.Address) && (options.Token is null || options.Certificate is null))
        {
            throw new ArgumentException(
                $"{options.Listen} can be reached by others, who would have the boards for the asking: a token and a " +
                $"certificate for TLS are needed, or a loopback address as 127.0.0.1",
                nameof(options));
        }

        _app = Build();
    }

    /// <summary>
    /// The address under which it can be reached from this machine or, if it listens there, from others.
    /// </summary>
    public Uri Url { get; private set; } = new("ws://127.0.0.1/");

    /// <summary>What it offers now, and who holds what.</summary>
    public IReadOnlyList<BoardOffer> Boards => [.. _boards.Select(b => b.Offer())];

    /// <summary>Its sessions now, with what waits for each client.</summary>
    internal IReadOnlyList<ServerSession> Sessions
    {
        get { lock (_gate) return [.. _sessions]; }
    }

    /// <summary>Starts to offer boards.</summary>
    /// <param name="boards">Their names and what is behind them.</param>
    /// <exception cref="ArgumentException">No board, a name twice, or an address open to others without a token and a
    /// certificate.</exception>
    /// <exception cref="IOException">The address is taken or not of this machine.</exception>
    public static async Task<BenchServer> StartAsync(
        IEnumerable<KeyValuePair<string, IModemTarget>> boards, BenchServerOptions options,
        CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(boards);
        ArgumentNullException.ThrowIfNull(options);
        var served = new List<ServedBoard>();
        foreach (var (name, target) in boards)
        {
            served.Add(await ServedBoard.OfAsync(name, target).ConfigureAwait(false));
        }

        var server = new BenchServer([.. served], options);
        try
        {
            await server._app.StartAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            await server._app.DisposeAsync().ConfigureAwait(false);
            throw new IOException($"the bench cannot listen on {options.Listen}: {e.Message}", e);
        }

        var bound = new Uri(server._app.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.First());
        server.Url = new UriBuilder(bound) { Scheme = options.Certificate is null ? "ws" : "wss" }.Uri;
        return server;
    }

    /// <summary>Tells the clients, gives the boards back and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate) _stopping = true;
        await Task.WhenAll(Sessions.Select(s => s.StopAsync(StopReason))).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(ServerSession.Farewell);
        await _app.StopAsync(limit.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Those that are known are limited by MostClients, the others by the newcomers' room.
            kestrel.Limits.MaxConcurrentConnections = null;
            kestrel.Limits.MaxConcurrentUpgradedConnections = null;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.RequestHeadersTimeout = _options.Hello;
            var newcomers = new Newcomers(_options.MostNewcomers, 2 * _options.Hello);
            kestrel.Listen(_options.Listen, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                listen.Use(next => connection => newcomers.Carry(connection, next));
                if (_options.Certificate is not { } file) return;
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = file.Certificate;
                    https.ServerCertificateChain = file.Chain;
                });
            });
        });
        var app = builder.Build();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = Timeout.InfiniteTimeSpan });
        app.Run(AnswerAsync);
        return app;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Headers.Origin.Count > 0)
        {
            // A browser: a page of anyone's could reach a bench on this machine's loopback address.
            await SayAsync(context, 403, "this is an AirHil bench, which talks to no browser\n").ConfigureAwait(false);
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            await SayAsync(context, 426,
                "this is an AirHil bench, which speaks WebSocket: airhil test --target remote:URL\n")
                .ConfigureAwait(false);
            return;
        }

        using var accepted = await ServerWebSocket.AcceptAsync(context).ConfigureAwait(false);
        using var socket = new MessageSocket(accepted);
        var isCounted = false;
        try
        {
            await GreetAsync(socket, () =>
            {
                context.Features.Get<Newcomers.Newcomer>()?.Leave();
                accepted.TakeLongMessages();
                isCounted = true;
                return Interlocked.Increment(ref _clients);
            }).ConfigureAwait(false);
        }
        catch (MalformedMessageException e)
        {
            await socket.RefuseAsync(e).ConfigureAwait(false);
        }
        catch (Exception e) when (MessageSocket.IsLoss(e))
        {
            // It left before it said what it wants.
        }
        finally
        {
            if (isCounted) Interlocked.Decrement(ref _clients);
        }
    }

    private static Task SayAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        if (status == 426)
        {
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers.SecWebSocketVersion = "13";
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }

    /// <param name="count">Counts the client, once it is known; gives the number of clients.</param>
    private async Task GreetAsync(MessageSocket socket, Func<int> count)
    {
        if (await socket.ReadAsync(_options.Hello, CancellationToken.None, RemoteProtocol.MaxHelloBytes)
            .ConfigureAwait(false) is not { } bytes)
        {
            return;
        }

        if (MessageCodec.Read(bytes) is not LinkMessage.Hello hello)
        {
            throw new MalformedMessageException("the first message of a client is its hello");
        }

        CheckVersion(hello);
        await CheckTokenAsync(hello).ConfigureAwait(false);
        if (count() > _options.MostClients)
        {
            throw new MalformedMessageException(
                $"the bench has {_options.MostClients} clients, which is its limit; try again later",
                RefusalReason.TooManyClients);
        }

        if (hello.Board is null && hello.Session is null)
        {
            await socket.SendAsync(MessageCodec.Write(Welcome(null)), CancellationToken.None).ConfigureAwait(false);
            await socket.CloseAsync(1000, "that is what there is").ConfigureAwait(false);
            return;
        }

        var session = hello.Session is { } id ? Find(id) : Open(hello);
        await session.TalkAsync(socket, Welcome(session), hello.Received).ConfigureAwait(false);
    }

    private static void CheckVersion(LinkMessage.Hello hello)
    {
        if (hello.Protocol == RemoteProtocol.Version) return;
        throw new MalformedMessageException(
            $"this bench speaks version {RemoteProtocol.Version} of the protocol (AirHil " +
            $"{RemoteProtocol.AirHilVersion}), " +
            $"the client version {hello.Protocol} (AirHil {Printable.Of(hello.AirHil, 40)}); update the " +
            (hello.Protocol < RemoteProtocol.Version ? "client" : "bench"),
            RefusalReason.ProtocolVersion);
    }

    private async Task CheckTokenAsync(LinkMessage.Hello hello)
    {
        if (_tokenHash is null
            || (hello.Token is not null && CryptographicOperations.FixedTimeEquals(_tokenHash, Hash(hello.Token))))
        {
            return;
        }

        _options.Tell($"{Printable.Of(hello.Client)} was sent away: {(hello.Token is null ? "no" : "a wrong")} token");
        await Task.Delay(TokenPause).ConfigureAwait(false);
        throw new MalformedMessageException(
            hello.Token is null
                ? "this bench asks for a token; give the one that it was started with"
                : "the token is not the one that this bench was started with",
            RefusalReason.WrongToken);
    }

    private LinkMessage.Welcome Welcome(ServerSession? session) => new(
        RemoteProtocol.Version, RemoteProtocol.AirHilVersion, Boards, session?.Id, session?.Board.Name,
        session?.Received ?? 0, _options.Resume, _options.Silence);

    private ServerSession Find(string id)
    {
        lock (_gate)
        {
            ThrowIfStopping();
            // Whoever knows the name of a session may have it, so it is compared as a secret.
            var wanted = Hash(id);
            return _sessions.Find(s => CryptographicOperations.FixedTimeEquals(wanted, Hash(s.Id)))
                ?? throw new MalformedMessageException(
                    "there is no such session: it ended meanwhile, or the bench was restarted",
                    RefusalReason.UnknownSession);
        }
    }

    private ServerSession Open(LinkMessage.Hello hello)
    {
        var names = string.Join(", ", _boards.Select(b => b.Name));
        var board = hello.Board!.Length == 0
            ? _boards.Length == 1
                ? _boards[0]
                : throw new MalformedMessageException(
                    $"this bench has several boards, name one behind its address: {names}", RefusalReason.UnknownBoard)
            : Array.Find(_boards, b => string.Equals(b.Name, hello.Board, StringComparison.Ordinal))
                ?? throw new MalformedMessageException(
                    $"this bench has no board '{Printable.Of(hello.Board, 80)}'; it has: {names}",
                    RefusalReason.UnknownBoard);
        lock (_gate)
        {
            ThrowIfStopping();
            var session = new ServerSession(board, Printable.Of(hello.Client), _options, Remove);
            if (board.TryTake(session) is { } holder)
            {
                throw new MalformedMessageException(
                    $"the board '{board.Name}' is held by {holder}; wait until it is free", RefusalReason.Busy);
            }

            _sessions.Add(session);
            _options.Tell($"{session.Client} takes {board.Name}");
            return session;
        }
    }

    private void ThrowIfStopping()
    {
        if (_stopping) throw new MalformedMessageException(StopReason, RefusalReason.Stopped);
    }

    private void Remove(ServerSession session)
    {
        lock (_gate) _sessions.Remove(session);
    }

    /// <summary>The process's signals are the command's business.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
