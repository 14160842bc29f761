using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using AirHil.Live.Edge;
using AirHil.Modem.Air;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using AirHil.Rig.Time;

namespace AirHil.Live.Network;

/// <summary>
/// The way between modems and the real world: real names, real sockets, real TLS. The run's own services listen on real
/// ports (the edge), where boards and any other client reach them; a virtual module's requests for their hosts lead
/// there, all others into the world. Faults act on the bytes between the two ends, once for each connection.
/// </summary>
/// <remarks>
/// All state belongs to the world's thread. What other threads have to say is posted to it; at most 256 kB of every
/// connection may be on that way.
/// </remarks>
public sealed class LiveNetwork : NetworkMachine, ILiveMachine
{
    /// <summary>
    /// Bytes of one connection that are sent and not yet taken by the operating system; more resets it, on the record.
    /// </summary>
    public const int QueueLimitBytes = SimulatedNetwork.QueueLimitBytes;

    private readonly LiveShared _shared;
    private readonly LiveNames _names;
    private readonly EdgeListeners _listeners;
    private readonly ModemSide _modems;
    private readonly EdgeSide _edge;
    private readonly LiveDatagrams _datagrams;

    /// <summary>A network whose own hosts come with <see cref="ServiceOutput.Listening"/>.</summary>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    public LiveNetwork(LiveNetworkOptions? options = null)
    {
        options ??= new LiveNetworkOptions();
        Limit(options.ConnectionsPerModem, 4096, nameof(LiveNetworkOptions.ConnectionsPerModem));
        Limit(options.Edge.ConnectionLimit, 65_535, nameof(EdgeOptions.ConnectionLimit));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.GiveUpAfter, TimeSpan.Zero, nameof(options));
        _shared = new LiveShared(options, State);
        var names = new LiveNames(_shared);
        _names = names;
        _listeners = new EdgeListeners(
            _shared, Certificate(options.Edge), (listener, socket) => _edge!.Accept(listener, socket));
        _modems = new ModemSide(_shared, names, _listeners);
        _edge = new EdgeSide(_shared, _listeners, _modems);
        _datagrams = new LiveDatagrams(_shared, names, _listeners);
    }

    protected override TimeSpan? NextDue => _shared.NextDue;

    /// <inheritdoc/>
    public void Attach(ILiveRun run)
    {
        _shared.Attach(run);
        foreach (var upstream in _shared.Options.Upstreams)
        {
            _listeners.Listen(upstream.Host, upstream.Port, ServiceTransport.Tcp, upstream);
        }
    }

    /// <inheritdoc/>
    protected override void Advance(TimeSpan now) => _shared.Advance(now);

    /// <summary>Releases every socket.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!await _shared.EndAsync()) return;
        _listeners.Dispose();
        _datagrams.Release();
        await _modems.ReleaseAsync();
        _edge.Release();
        await _shared.DisposeAsync();
    }

    protected override void Open(ModemAir air, AirRequest.OpenTcp open) => _modems.Open(air, open);

    protected override void Send(ModemAir air, AirRequest.SendTcp send) => _modems.Send(air, send);

    protected override void Probe(ModemAir air, AirRequest.ProbeTcp probe) => _modems.Probe(air, probe);

    protected override void StartTls(ModemAir air, AirRequest.StartTls start) => _modems.StartTls(air, start);

    protected override void Close(ModemAir air, AirRequest.CloseTcp close) => _modems.Close(air, close);

    protected override void Resolve(ModemAir air, AirRequest.ResolveHost query) => _names.Resolve(air, query);

    protected override void SendDatagram(ModemAir air, AirRequest.SendUdp datagram) => _datagrams.Send(air, datagram);

    protected override void Abandon(ModemAir air)
    {
        _modems.Abandon(air);
        _datagrams.Abandon(air);
    }

    protected override void Abandon(ModemAir air, int connection) => _modems.Abandon(air, connection);

    protected override void FromService(ServiceOutput output)
    {
        if (output is ServiceOutput.SendDatagram datagram) _datagrams.Answer(datagram);
        else _edge.FromService(output);
    }

    protected override void Listen(ServiceOutput.Listening place)
    {
        if (place.Transport == ServiceTransport.Udp) _datagrams.Listen(place.Host, place.Port);
        else _listeners.Listen(place.Host, place.Port, place.Transport, null);
    }

    protected override void ResetAll(string? host, string? modem)
    {
        _modems.ResetAll(host, modem);
        _edge.ResetAll(host, modem);
    }

    protected override void KillAll(string? host, string? modem)
    {
        _modems.KillAll(host, modem);
        _edge.KillAll(host, modem);
    }

    protected override void WaysChanged()
    {
        _modems.UpdatePaths();
        _edge.UpdatePaths();
    }

    protected override void FaultsChanged() => _listeners.Update();

    private static void Limit(int value, int most, string name)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most, name);
    }

    private static SslStreamCertificateContext? Certificate(EdgeOptions edge)
    {
        if (edge.Certificate is not { } certificate) return null;
        if (!certificate.HasPrivateKey)
        {
            throw new ArgumentException(
                "The certificate of the edge has no private key; give a PFX file, or PEM files of both", nameof(edge));
        }

        // Windows takes no key that lives in memory alone.
        if (OperatingSystem.IsWindows())
        {
            certificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
        }

        return SslStreamCertificateContext.Create(certificate, edge.Chain, offline: true);
    }
}
