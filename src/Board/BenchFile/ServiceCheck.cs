using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using AirHil.Rig.Files;

namespace AirHil.Board.BenchFile;

/// <summary>Proves that boards can reach the rig's services, as far as this machine can tell.</summary>
public static class ServiceCheck
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    /// <summary>Looks at name, ports and certificate.</summary>
    /// <param name="tell">Hears each part as it is done.</param>
    /// <returns>Whether nothing failed.</returns>
    public static async Task<bool> RunAsync(
        ServiceDescription service, Action<CheckLine> tell, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(tell);
        var well = true;
        void Tell(string part, CheckOutcome outcome, string text)
        {
            well &= outcome != CheckOutcome.Failed;
            tell(new CheckLine(part, outcome, text));
        }

        if (service.Certificate is not null) Certificate(service, Tell);
        if (service.Address is not { } address)
        {
            Tell("service", CheckOutcome.Skipped, "no public address (key service.address): boards reach no service "
                + "of the rig");
            return well;
        }

        if (await ResolveAsync(address, Tell, cancel) is null) return false;
        if (service.Ports.Count == 0)
        {
            Tell("service ports", CheckOutcome.Skipped, "none are named (key service.ports), so no router can lead to "
                + "them");
        }

        foreach (var port in service.Ports) await PortAsync(service, address, port, Tell, cancel);
        return well;
    }

    private static async Task<IPAddress[]?> ResolveAsync(
        string address, Action<string, CheckOutcome, string> tell, CancellationToken cancel)
    {
        try
        {
            var found = await Dns.GetHostAddressesAsync(address, cancel).WaitAsync(Limit, cancel);
            tell("service address", CheckOutcome.Ok, $"{address} is "
                + $"{string.Join(", ", found.Select(a => a.ToString()))}");
            return found;
        }
        catch (Exception e) when (e is SocketException or TimeoutException or ArgumentException)
        {
            tell(
                "service address", CheckOutcome.Failed,
                $"{address} does not resolve ({e.Message}); boards cannot find it either, unless their network knows "
                    + "more");
            return null;
        }
    }

    private static async Task PortAsync(
        ServiceDescription service, string address, ServicePort port, Action<string, CheckOutcome, string> tell,
        CancellationToken cancel)
    {
        var part = $"service {port.Host}:{port.Port}";
        TcpListener listener;
        try
        {
            listener = new TcpListener(IPAddress.Parse(service.Listen), port.ListenPort);
            listener.Start(1);
        }
        catch (SocketException e)
        {
            tell(
                part, CheckOutcome.Failed,
                $"cannot listen on {service.Listen}:{port.ListenPort}: {e.Message}; is another run up? Ports below "
                    + "1024 need "
                    + "rights on Linux (setcap cap_net_bind_service)");
            return;
        }

        try
        {
            using var client = new TcpClient();
            var greeting = RandomNumberGenerator.GetBytes(16);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Limit);
            await client.ConnectAsync(address, port.ListenPort, limit.Token);
            await client.GetStream().WriteAsync(greeting, limit.Token);
            using var arrived = await listener.AcceptTcpClientAsync(limit.Token);
            var bytes = new byte[greeting.Length];
            await arrived.GetStream().ReadExactlyAsync(bytes, limit.Token);
            if (bytes.AsSpan().SequenceEqual(greeting))
            {
                tell(part, CheckOutcome.Ok, $"{address}:{port.ListenPort} leads to this machine");
                return;
            }

            tell(part, CheckOutcome.Failed, $"somebody else connected to {service.Listen}:{port.ListenPort} "
                + "meanwhile; try again");
        }
        catch (Exception e) when (e is SocketException or IOException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            tell(
                part, CheckOutcome.Failed,
                $"{address}:{port.ListenPort} does not lead to {service.Listen}:{port.ListenPort} of this machine "
                    + $"({(e is OperationCanceledException ? "no answer" : e.Message)}); look at the router's "
                    + "forwarding and the "
                    + "firewall. Some routers do not lead back inside: then try from outside, as with a telephone");
        }
        finally
        {
            listener.Stop();
        }
    }

    private static void Certificate(ServiceDescription service, Action<string, CheckOutcome, string> tell)
    {
        try
        {
            var file = CertificateFile.Read(service.Certificate!, service.Key);
            using var certificate = file.Certificate;
            if (file.WhyOutOfDate(DateTimeOffset.Now) is { } reason)
            {
                tell("certificate", CheckOutcome.Failed, $"{service.Certificate} {reason}");
                return;
            }

            var strangers = service.Ports.Select(p => p.Host).Distinct()
                .Where(host => !certificate.MatchesHostname(host)).ToArray();
            tell(
                "certificate", strangers.Length == 0 ? CheckOutcome.Ok : CheckOutcome.Failed,
                strangers.Length == 0
                    ? $"{certificate.Subject}, until {certificate.NotAfter:yyyy-MM-dd}"
                    : $"{service.Certificate} is not for {string.Join(", ", strangers)}; a script that checks names "
                    + "will refuse it");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            tell("certificate", CheckOutcome.Failed, e.Message);
        }
    }
}
