using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using AirHil.Rig.Files;

namespace AirHil.Live.Remote;

/// <summary>Connects to a bench and greets it.</summary>
internal sealed class BenchGreeting(RemoteAddress address, RemoteOptions options)
{
    private string? _distrust;

    /// <summary>Why something failed, in words.</summary>
    public string Why(Exception problem)
    {
        if (_distrust is { } distrust) return distrust;
        for (Exception? one = problem; one is not null; one = one.InnerException)
        {
            switch (one)
            {
                case OperationCanceledException or TimeoutException:
                    return "it did not answer in time";
                case AuthenticationException:
                    return $"it does not speak TLS as this machine does ({one.Message.TrimEnd('.')}); a bench " +
                        "without --certificate is at ws://";
                case HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded }:
                    return "it ended the connection without an answer; a bench with --certificate is at wss://";
            }
        }

        return Innermost(problem).Message;
    }

    /// <summary>A new connection, greeted.</summary>
    /// <param name="session">The session that it goes on with; null: a new one.</param>
    /// <param name="received">The last number received in it.</param>
    /// <param name="silence">How long the bench may say nothing.</param>
    /// <exception cref="RemoteException">The bench refuses, or what answers is none.</exception>
    public async Task<(BoundedWebSocket Bounded, MessageSocket Socket, LinkMessage.Welcome Welcome)> ConnectAsync(
        Uri url, string? session, long received, Func<TimeSpan> silence, CancellationToken cancel)
    {
        // What an earlier attempt met may be mended meanwhile.
        _distrust = null;
        var native = new ClientWebSocket();
        native.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        // The token is for the bench that the address names, so no answer leads elsewhere.
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            (_distrust = WhyNot(certificate, chain, errors)) is null;
        using var way = new HttpMessageInvoker(handler);
        var bounded = new BoundedWebSocket(native, silence);
        try
        {
            await native.ConnectAsync(url, way, cancel).ConfigureAwait(false);
            var socket = new MessageSocket(bounded);
            var hello = new LinkMessage.Hello(
                RemoteProtocol.Version, RemoteProtocol.AirHilVersion, options.Token, options.Client, address.Board,
                session, received);
            await socket.SendAsync(MessageCodec.Write(hello), cancel).ConfigureAwait(false);
            if (await socket.ReadAsync(options.ConnectLimit, cancel).ConfigureAwait(false) is not { } bytes)
            {
                throw Unreachable("it closed the connection before it greeted", null);
            }

            return (bounded, socket, Check(MessageCodec.Read(bytes)));
        }
        catch (MalformedMessageException malformed)
        {
            bounded.Dispose();
            throw NoBench(malformed);
        }
        catch
        {
            bounded.Dispose();
            throw;
        }
    }

    public RemoteException Unreachable(string why, Exception? inner) => new(
        RefusalReason.Unreachable,
        $"the bench at {address} cannot be reached: {why.TrimEnd('.')}; is 'airhil bench serve' running there, and " +
        $"is the address right?",
        inner);

    /// <summary>What answers does not keep to the protocol.</summary>
    public RemoteException NoBench(MalformedMessageException malformed) => new(
        malformed.Reason,
        $"what answers at {address} is no AirHil bench, or one of another version: {malformed.Message}",
        malformed);

    /// <summary>What an exception comes from.</summary>
    private static Exception Innermost(Exception problem)
    {
        while (problem.InnerException is { } inner) problem = inner;
        return problem;
    }

    /// <summary>Why a certificate is not that of the bench; null: it is.</summary>
    private string? WhyNot(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null) return "it shows no certificate";
        var hash = Convert.ToHexString(SHA256.HashData(certificate.GetRawCertData()));
        if (options.Fingerprint is { } wanted)
        {
            var plain = wanted.Replace(":", "", StringComparison.Ordinal);
            return string.Equals(hash, plain, StringComparison.OrdinalIgnoreCase)
                ? null
                : $"its certificate has the SHA-256 {hash} and not the one of --fingerprint";
        }

        if (errors == SslPolicyErrors.None) return null;
        var what = errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? $"its certificate is not for {address.Url.Host}"
            : chain?.ChainElements.FirstOrDefault()?.Certificate is { } own
                && chain.ChainStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid)
                && new CertificateFile(own, []).WhyOutOfDate(DateTimeOffset.UtcNow) is { } dates
                ? $"its certificate {dates}"
                : "this machine does not trust its certificate";
        return $"{what}; if 'airhil bench serve' there has printed the SHA-256 {hash}, give that as --fingerprint";
    }

    private LinkMessage.Welcome Check(LinkMessage answer)
    {
        switch (answer)
        {
            case LinkMessage.Refused refused:
                throw new RemoteException(refused.Reason, $"the bench at {address}: {Printable.Of(refused.Text)}");
            case LinkMessage.Welcome welcome when welcome.Protocol != RemoteProtocol.Version:
                throw new RemoteException(
                    RefusalReason.ProtocolVersion,
                    $"the bench at {address} speaks version {welcome.Protocol} of the protocol (AirHil " +
                    $"{Printable.Of(welcome.AirHil, 40)}), this client version {RemoteProtocol.Version} (AirHil " +
                    $"{RemoteProtocol.AirHilVersion}); update the " +
                    (welcome.Protocol < RemoteProtocol.Version ? "bench" : "client"));
            case LinkMessage.Welcome welcome:
                return welcome.Session is not null && welcome.Boards.Any(b => b.Name == welcome.Board)
                    ? welcome
                    : throw new MalformedMessageException("its greeting names no session or no board");
            default:
                throw new MalformedMessageException($"'{MessageJson.NameOf(answer)}' is no greeting");
        }
    }
}
