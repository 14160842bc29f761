using System.Net;
using System.Net.WebSockets;
using AirHil.Live.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AirHil.Live.Tests.Network;

/// <summary>A service as a user of ours would have it: ASP.NET Core's own WebSockets behind TLS, an echo.</summary>
internal sealed class UserService : IAsyncDisposable
{
    private readonly LabCertificates _lab = new();
    private readonly WebApplication _application;

    private UserService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, on => on.UseHttps(_lab.For("localhost"))));
        builder.WebHost.UseUrls();
        _application = builder.Build();
        _application.UseWebSockets();
        _application.Map("/ws/echo", Echo);
    }

    public int Port { get; private set; }

    public static async Task<UserService> Start()
    {
        var service = new UserService();
        await service._application.StartAsync();
        service.Port = new Uri(service._application.Urls.First()).Port;
        return service;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _lab.Dispose();
    }

    private static async Task Echo(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer.AsMemory(), context.RequestAborted);
                if (got.MessageType == WebSocketMessageType.Close) return;
                await socket.SendAsync(
                    buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, context.RequestAborted);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The module hangs up as it likes.
        }
    }
}
